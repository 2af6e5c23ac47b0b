import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findInCommandLine, Handovers } from '../../../electron/handover.ts';
import { messages } from '../../../electron/messages.ts';
import { MAX_FILE_BYTES } from '../../../src/core/protocol/machine.ts';
import type { Handover } from '../../../src/core/protocol/machine.ts';

const { app, dialog } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ app, dialog }));

describe('a command line', () => {
  const found = (...words: string[]) =>
    findInCommandLine(['/opt/Caucus/caucus', ...words], '/stick');

  it('is searched for links and session files, in their order', () => {
    expect(found('caucus://join/1', 'a.caucus', '/x/B.CAUCUS', 'CAUCUS://join/2')).toEqual({
      links: ['caucus://join/1', 'CAUCUS://join/2'],
      files: [path.resolve('/stick', 'a.caucus'), path.resolve('/x/B.CAUCUS')],
    });
  });

  it('has nothing for us in switches, other files and other links', () => {
    const words = [
      '--allow-file-access-from-files',
      '--original-process-start-time=1',
      '--x.caucus',
      '-caucus://join/1',
      '.',
      'notes.txt',
      'caucus',
      'https://example.org/x',
      'caucus.example://join/1',
      `caucus://${'x'.repeat(80_000)}`,
    ];
    expect(found(...words)).toEqual({ links: [], files: [] });
    expect(findInCommandLine(['x.caucus'], '/')).toEqual({ links: [], files: [] });
  });
});

describe('handovers', () => {
  const send = vi.fn<(handover: Handover) => void>();
  let handovers: Handovers;
  let folder: string;
  let file: string;

  beforeEach(async () => {
    vi.clearAllMocks();
    handovers = new Handovers(send);
    folder = await mkdtemp(path.join(tmpdir(), 'caucus-handover-'));
    file = path.join(folder, 'Group 2.caucus');
    await writeFile(file, 'PK');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const link = (text: string): Handover => ({ kind: 'link', link: text });
  const bytes = new TextEncoder().encode('PK');

  it('wait until the page listens, and come in their order', async () => {
    handovers.addLink('caucus://join/1');
    await handovers.addFile(file);
    expect(send).not.toHaveBeenCalled();
    handovers.listen();
    expect(send.mock.calls.map(([handover]) => handover)).toEqual([
      link('caucus://join/1'),
      { kind: 'file', file: { name: 'Group 2.caucus', bytes } },
    ]);
  });

  it('come at once while the page listens, and only once', () => {
    handovers.listen();
    handovers.addLink('caucus://join/1');
    handovers.listen();
    expect(send.mock.calls).toEqual([[link('caucus://join/1')]]);
  });

  it('wait again while the page is loaded anew', () => {
    handovers.listen();
    handovers.pause();
    handovers.addLink('caucus://join/1');
    expect(send).not.toHaveBeenCalled();
    handovers.listen();
    expect(send.mock.calls).toEqual([[link('caucus://join/1')]]);
  });

  it('come from a command line, files and links', async () => {
    handovers.listen();
    await handovers.addFound({ links: ['caucus://join/1'], files: [file] });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('are no links and files of others', async () => {
    handovers.listen();
    handovers.addLink('https://example.org/');
    handovers.addLink('');
    await handovers.addFile('/etc/passwd');
    expect(send).not.toHaveBeenCalled();
    expect(dialog.showErrorBox).not.toHaveBeenCalled();
  });

  it('that fail are told to the person', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await handovers.addFile(path.join(folder, 'gone.caucus'));
    expect(dialog.showErrorBox.mock.calls).toEqual([
      [messages.fileFailedTitle, messages.fileFailedDetail],
    ]);
    const handle = await open(file, 'w');
    await handle.truncate(MAX_FILE_BYTES + 1);
    await handle.close();
    await handovers.addFile(file);
    expect(dialog.showErrorBox).toHaveBeenLastCalledWith(
      messages.fileTooLargeTitle,
      messages.fileTooLargeDetail,
    );
    log.mockRestore();
  });
});
