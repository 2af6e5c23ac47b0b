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

describe('the process beside the page', () => {
  const answer = (body: string): void => {
    vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(body));
  };

  it('answers', async () => {
    const state = {
      localUrl: 'ws://localhost:4710',
      openToNetwork: true,
      addresses: ['ws://10.0.0.7:4711'],
    };
    answer(JSON.stringify({ ok: true, state }));
    expect(await createBrowserMachine(window).openToNetwork()).toEqual({ ok: true, state });
    expect(window.fetch).toHaveBeenCalledWith('/control/open', {
      method: 'POST',
      cache: 'no-store',
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
