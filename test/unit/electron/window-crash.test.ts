import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messages } from '../../../electron/messages.ts';
import { recoverFromCrash } from '../../../electron/window-crash.ts';
import { FakeWindow } from './fake-electron.ts';

const { dialog } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ dialog }));

let window: FakeWindow;
let time: number;
const quit = vi.fn();

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  dialog.showMessageBox.mockClear();
  quit.mockClear();
  time = 0;
  window = new FakeWindow({});
  recoverFromCrash(window as unknown as BrowserWindow, () => time, quit);
});

afterEach(() => {
  vi.restoreAllMocks();
});

function crash(reason = 'crashed'): void {
  window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
}

describe('a page whose process died', () => {
  it('is opened again, with a plain message', () => {
    crash();
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    expect(dialog.showMessageBox).toHaveBeenCalledWith(
      window,
      expect.objectContaining({ message: messages.reloadedTitle, buttons: [messages.ok] }),
    );
  });

  it('is not opened a second time within a minute without asking', async () => {
    crash();
    time = 59_000;
    crash('oom');
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    expect(dialog.showMessageBox).toHaveBeenLastCalledWith(
      window,
      expect.objectContaining({
        message: messages.stoppedTitle,
        buttons: [messages.openAgain, messages.closeCaucus],
      }),
    );
    await vi.waitFor(() => expect(window.webContents.reload).toHaveBeenCalledTimes(2));
    expect(quit).not.toHaveBeenCalled();
  });

  it('lets the person close Caucus instead', async () => {
    crash();
    dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
    crash();
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
    expect(window.webContents.reload).toHaveBeenCalledOnce();
  });

  it('is opened again at once when the crash before is long ago', () => {
    crash();
    time = 61_000;
    crash();
    expect(window.webContents.reload).toHaveBeenCalledTimes(2);
  });

  it('is left alone when it ended as it should', () => {
    crash('clean-exit');
    expect(window.webContents.reload).not.toHaveBeenCalled();
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
  });
});
