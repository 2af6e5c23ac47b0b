import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFile, readCapped, saveFile } from '../../../electron/files.ts';
import { MAX_FILE_BYTES } from '../../../src/core/protocol/machine.ts';
import { FakeWindow } from './fake-electron.ts';

const { app, dialog } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ app, dialog }));

const window = new FakeWindow({}) as unknown as BrowserWindow;
const WORD = { description: 'Word document', mediaType: 'application/x', extension: '.docx' };
const SESSION = { description: 'Caucus session', mediaType: 'application/y', extension: '.caucus' };
const BYTES = new Uint8Array([1, 2, 3]);

let folder: string;
let file: string;

beforeEach(async () => {
  vi.clearAllMocks();
  folder = await mkdtemp(path.join(tmpdir(), 'caucus-files-'));
  file = path.join(folder, 'Group 2.caucus');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('saving a file', () => {
  it('asks where, beginning in the documents, and writes there', async () => {
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: file });
    expect(await saveFile(window, 'Report.docx', WORD, BYTES)).toEqual({ ok: true });
    expect(dialog.showSaveDialog.mock.calls).toEqual([
      [
        window,
        {
          defaultPath: path.join('/home/somebody/documents', 'Report.docx'),
          filters: [{ name: 'Word document', extensions: ['docx'] }],
        },
      ],
    ]);
    expect(new Uint8Array(await readFile(file))).toEqual(BYTES);
  });

  it('writes nothing when the person thinks better of it', async () => {
    const result = await saveFile(window, 'Report.docx', WORD, BYTES);
    expect(result).toEqual({ ok: false, reason: 'cancelled' });
  });

  it('passes on why it could not be written', async () => {
    const filePath = path.join(folder, 'gone', 'Report.docx');
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath });
    expect(await saveFile(window, 'Report.docx', WORD, BYTES)).toEqual({
      ok: false,
      reason: 'failed',
    });
  });

  it.each([
    ['Value / elements: which?.docx', 'Value - elements- which-.docx'],
    ['../../.bashrc', '-..-.bashrc'],
    ['..\\..\\start.bat', '-..-start.bat'],
    ['a\u0000b\nc.docx', 'a-b-c.docx'],
    ['.hidden.docx', 'hidden.docx'],
    ['الجلسة 会议 🌍.docx', 'الجلسة 会议 🌍.docx'],
    ['...', 'Caucus'],
    ['  ', 'Caucus'],
  ])('proposes a name that every system takes: %j as %j', async (name, proposed) => {
    await saveFile(window, name, WORD, BYTES);
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      window,
      expect.objectContaining({ defaultPath: path.join('/home/somebody/documents', proposed) }),
    );
  });
});

describe('opening a file', () => {
  it('asks which and reads it', async () => {
    await writeFile(file, BYTES);
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [file] });
    expect(await openFile(window, SESSION)).toEqual({
      ok: true,
      file: { name: 'Group 2.caucus', bytes: BYTES },
    });
    expect(dialog.showOpenDialog.mock.calls).toEqual([
      [
        window,
        {
          properties: ['openFile'],
          filters: [{ name: 'Caucus session', extensions: ['caucus'] }],
        },
      ],
    ]);
  });

  it('reads nothing when the person thinks better of it', async () => {
    expect(await openFile(window, SESSION)).toEqual({ ok: false, reason: 'cancelled' });
    dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [] });
    expect(await openFile(window, SESSION)).toEqual({ ok: false, reason: 'cancelled' });
  });

  it('refuses a file that is too large without reading it', async () => {
    const handle = await open(file, 'w');
    await handle.truncate(MAX_FILE_BYTES + 1);
    await handle.close();
    expect(await readCapped(file)).toEqual({ ok: false, reason: 'too-large' });
  });

  it.each(['gone.caucus', '.'])('says so when it cannot be read: %s', async (name) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await readCapped(path.join(folder, name))).toEqual({ ok: false, reason: 'failed' });
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});
