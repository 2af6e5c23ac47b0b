import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBrowserMachine } from '../../../renderer/machine/browser-machine.ts';
import { machineAtHand } from '../../../renderer/machine/machine.ts';
import { readOpenedFile } from '../../../renderer/machine/open-file.ts';
import { saveFile } from '../../../renderer/machine/save-file.ts';
import { type Handover, MAX_FILE_BYTES } from '../../../src/core/protocol/machine.ts';

const kind = { description: 'Text', mediaType: 'text/plain', extension: '.txt' };

afterEach(() => {
  vi.restoreAllMocks();
  window.location.hash = '';
});

describe('what is handed over', () => {
  it('takes a ticket in the address out of it at once, and keeps it until somebody listens', () => {
    window.location.hash = '#join=secret';
    const machine = createBrowserMachine(window);
    expect(window.location.href).not.toContain('secret');
    const heard: Handover[] = [];
    machine.onHandover((handover) => heard.push(handover));
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ kind: 'link', link: expect.stringContaining('#join=secret') });
    machine.onHandover((handover) => heard.push(handover));
    expect(heard).toHaveLength(1);
  });

  it('takes files that are dropped, and does not let the window leave the app for them', async () => {
    const machine = machineAtHand(window);
    const heard: Handover[] = [];
    const stop = machine.onHandover((handover) => heard.push(handover));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['ticket'], 'group-2.caucus-ticket'));
    const drop = new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true });
    window.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({ kind: 'file', file: { name: 'group-2.caucus-ticket' } });
    stop();
  });
});

describe('files', () => {
  it('are not read where they are larger than the app takes', async () => {
    const huge = { name: 'film', size: MAX_FILE_BYTES + 1 } as File;
    expect(await readOpenedFile(huge)).toEqual({ ok: false, reason: 'too-large' });
  });

  /** A window with Chromium's way of saving, which no test can press. */
  const windowThat = (picker: () => Promise<FileSystemFileHandle>) => ({
    document,
    showSaveFilePicker: picker,
  });

  it.each([
    ['AbortError', 'cancelled'],
    ['QuotaExceededError', 'no-space'],
    ['NotAllowedError', 'not-allowed'],
    ['InvalidStateError', 'failed'],
  ])('that could not be saved (%s) say so: %s', async (name, reason) => {
    const picker = async (): Promise<never> => {
      throw new DOMException('no', name);
    };
    expect(await saveFile(windowThat(picker), 'a.txt', kind, new Uint8Array(3))).toEqual({
      ok: false,
      reason,
    });
  });

  it('are written whole', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('a.txt', { create: true });
    const whole = new TextEncoder().encode('xxabcxx').subarray(2, 5);
    expect(
      await saveFile(
        windowThat(async () => handle),
        'a.txt',
        kind,
        whole,
      ),
    ).toEqual({ ok: true });
    expect(await (await handle.getFile()).text()).toBe('abc');
  });
});

describe('a file that cannot be written to its end', () => {
  const old = 'what was there before';
  const bytes = new Uint8Array(3_000_000).fill(120);
  const fresh = async (name: string): Promise<FileSystemFileHandle> => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle(name, { create: true });
    const stream = await handle.createWritable();
    await stream.write(old);
    await stream.close();
    return handle;
  };
  const textOf = async (handle: FileSystemFileHandle): Promise<string> =>
    (await handle.getFile()).text();
  /** The real file, whose stream breaks as `breakIt` says. */
  const breaking = (
    handle: FileSystemFileHandle,
    breakIt: (stream: FileSystemWritableFileStream) => void,
  ): FileSystemFileHandle =>
    new Proxy(handle, {
      get: (target, name) =>
        name === 'createWritable'
          ? async () => {
              const stream = await target.createWritable();
              breakIt(stream);
              return stream;
            }
          : Reflect.get(target, name),
    });
  const save = (handle: FileSystemFileHandle) =>
    saveFile({ document, showSaveFilePicker: async () => handle }, 'a.caucus', kind, bytes);

  it.each([
    ['QuotaExceededError', 'no-space'],
    ['InvalidStateError', 'failed'],
  ])('leaves the old one as it was, half-way through (%s)', async (name, reason) => {
    const handle = await fresh('half-way.caucus');
    const aborted = vi.fn();
    const broken = breaking(handle, (stream) => {
      const write = stream.write.bind(stream);
      const abort = stream.abort.bind(stream);
      stream.write = async (content) => {
        if (content instanceof Blob) await write(content.slice(0, 1_000_000));
        throw new DOMException('The stick is full', name);
      };
      stream.abort = async (why) => {
        aborted();
        await abort(why);
      };
    });
    expect(await save(broken)).toEqual({ ok: false, reason });
    expect(aborted).toHaveBeenCalledOnce();
    expect(await textOf(handle)).toBe(old);
    // What was written aside is gone: the place can be written to again.
    expect(await save(handle)).toEqual({ ok: true });
    expect((await handle.getFile()).size).toBe(bytes.length);
  });

  it('leaves the old one as it was where only the last step fails', async () => {
    const handle = await fresh('last-step.caucus');
    const broken = breaking(handle, (stream) => {
      stream.close = async () => {
        throw new DOMException('The stick was pulled out', 'NotFoundError');
      };
    });
    expect(await save(broken)).toEqual({ ok: false, reason: 'failed' });
    expect(await textOf(handle)).toBe(old);
  });

  it('leaves the old one as it was until it is whole', async () => {
    const handle = await fresh('until-whole.caucus');
    let between = '';
    const watched = breaking(handle, (stream) => {
      const close = stream.close.bind(stream);
      stream.close = async () => {
        between = await textOf(handle);
        await close();
      };
    });
    expect(await save(watched)).toEqual({ ok: true });
    expect(between).toBe(old);
    expect((await handle.getFile()).size).toBe(bytes.length);
  });
});

describe('the process beside the page', () => {
  const answer = (body: string): void => {
    vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(body));
  };

  it('answers', async () => {
    const state = {
      localUrl: 'ws://localhost:4710',
      openToNetwork: true,
      addresses: ['ws://10.0.0.7:4711'],
      hubId: 'this',
      found: [],
    };
    answer(JSON.stringify({ ok: true, state }));
    expect(await createBrowserMachine(window).openToNetwork()).toEqual({ ok: true, state });
    expect(window.fetch).toHaveBeenCalledWith('/control/open', {
      method: 'POST',
      cache: 'no-store',
    });
  });

  it('is told which sessions are open', async () => {
    answer('{"ok":false,"reason":"no-network"}');
    const sessions = [{ tag: 'aaaaaaaaaaaa', plenary: true }];
    expect(await createBrowserMachine(window).announce(sessions)).toEqual({
      ok: false,
      reason: 'no-network',
    });
    expect(window.fetch).toHaveBeenCalledWith('/control/announce', {
      method: 'POST',
      cache: 'no-store',
      body: JSON.stringify(sessions),
    });
  });

  it('is told from a page that is not one, and from nobody', async () => {
    answer('<!doctype html>');
    expect(await createBrowserMachine(window).hubState()).toEqual({
      ok: false,
      reason: 'not-running',
    });
    vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await createBrowserMachine(window).hubState()).toEqual({
      ok: false,
      reason: 'not-running',
    });
  });
});
