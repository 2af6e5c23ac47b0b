import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeepAwake } from '../../../electron/keep-awake.ts';

const { powerSaveBlocker } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ powerSaveBlocker }));

beforeEach(() => {
  powerSaveBlocker.start.mockClear();
  powerSaveBlocker.stop.mockClear();
});

describe('keeping the screen on', () => {
  it('asks once, however often the page does', () => {
    const keepAwake = createKeepAwake();
    expect([keepAwake(true), keepAwake(true)]).toEqual([true, true]);
    expect(powerSaveBlocker.start.mock.calls).toEqual([['prevent-display-sleep']]);
  });

  it('lets go of what it held, once, and can hold it again', () => {
    const keepAwake = createKeepAwake();
    keepAwake(true);
    expect([keepAwake(false), keepAwake(false)]).toEqual([true, true]);
    expect(powerSaveBlocker.stop.mock.calls).toEqual([[7]]);
    keepAwake(true);
    expect(powerSaveBlocker.start).toHaveBeenCalledTimes(2);
  });

  it('says so when the machine does not agree', () => {
    powerSaveBlocker.isStarted.mockReturnValueOnce(false);
    expect(createKeepAwake()(true)).toBe(false);
  });
});
