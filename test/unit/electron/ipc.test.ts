import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openFile, saveFile } from '../../../electron/files.ts';
import { answerRequests } from '../../../electron/ipc.ts';
import { MAX_FILE_BYTES, MAX_KEYCHAIN_TEXT } from '../../../src/core/protocol/machine.ts';
import type { HubResult } from '../../../src/core/protocol/machine.ts';
import { FakeWindow, ipcEvent } from './fake-electron.ts';

const { ipcMain } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ ipcMain }));
vi.mock('../../../electron/files.ts', () => ({
  saveFile: vi.fn(() => Promise.resolve({ ok: true })),
  openFile: vi.fn(() => Promise.resolve({ ok: false, reason: 'cancelled' })),
}));

const APP = ipcEvent({ origin: 'app://caucus' });
const KIND = { description: 'Word document', mediaType: 'application/x', extension: '.docx' };
const SESSION = { tag: 'aaaaaaaaaaaa', plenary: true };
const BYTES = new Uint8Array([1, 2, 3]);
const STATE: HubResult = {
  ok: true,
  state: {
    localUrl: 'ws://localhost:4710',
    openToNetwork: false,
    addresses: [],
    hubId: 'this',
    found: [],
  },
};

const window = new FakeWindow({}) as unknown as BrowserWindow;
const request = vi.fn(() => Promise.resolve(STATE));
const announce = vi.fn(() => Promise.resolve(STATE));
const keychain = {
  load: vi.fn(() => Promise.resolve({ ok: true, kind: 'system', text: 'a key' } as const)),
  store: vi.fn(() => Promise.resolve(true)),
};
const keepAwake = vi.fn(() => true);
const handoversWanted = vi.fn();

/** Valid arguments for every channel that answers. */
const CALLS: readonly { readonly channel: string; readonly args: readonly unknown[] }[] = [
  { channel: 'caucus:save-file', args: ['Report.docx', KIND, BYTES] },
  { channel: 'caucus:open-file', args: [KIND] },
  { channel: 'caucus:keep-awake', args: [true] },
  { channel: 'caucus:hub-state', args: [] },
  { channel: 'caucus:open-to-network', args: [] },
  { channel: 'caucus:close-to-network', args: [] },
  { channel: 'caucus:announce', args: [[SESSION]] },
  { channel: 'caucus:load-key', args: [] },
  { channel: 'caucus:store-key', args: ['a key'] },
];

beforeEach(() => {
  vi.clearAllMocks();
  ipcMain.handlers.clear();
  ipcMain.removeAllListeners();
  answerRequests({ window, hub: { request, announce }, keychain, keepAwake, handoversWanted });
});

function invoke(channel: string, ...args: unknown[]): unknown {
  return invokeAs(APP, channel, ...args);
}
function invokeAs(event: typeof APP, channel: string, ...args: unknown[]): unknown {
  const handler = ipcMain.handlers.get(channel);
  if (handler === undefined) {
    throw new Error(`Nobody answers ${channel}`);
  }
  return handler(event, ...args);
}
function expectNothingDone(): void {
  const { load, store } = keychain;
  const others = [request, announce, load, store, keepAwake, handoversWanted];
  for (const service of [saveFile, openFile, ...others]) {
    expect(service).not.toHaveBeenCalled();
  }
}

describe('the channels', () => {
  it('are these, one for each thing that can be asked for', () => {
    expect([...ipcMain.handlers.keys()]).toEqual(CALLS.map(({ channel }) => channel));
    expect(ipcMain.eventNames()).toEqual(['caucus:listen']);
  });

  it('pass on what was asked for, and the answer back', async () => {
    expect(await invoke('caucus:save-file', 'Report.docx', KIND, BYTES)).toEqual({ ok: true });
    expect(saveFile).toHaveBeenCalledWith(window, 'Report.docx', KIND, BYTES);
    expect(await invoke('caucus:open-file', KIND)).toEqual({ ok: false, reason: 'cancelled' });
    expect(openFile).toHaveBeenCalledWith(window, KIND);
    expect(invoke('caucus:keep-awake', false)).toBe(true);
    expect(keepAwake).toHaveBeenCalledWith(false);
  });

  it.each([
    ['caucus:hub-state', 'state'],
    ['caucus:open-to-network', 'open'],
    ['caucus:close-to-network', 'close'],
  ])('%s asks the hub for %s', async (channel, command) => {
    expect(await invoke(channel)).toBe(STATE);
    expect(request.mock.calls).toEqual([[command]]);
  });

  it('pass on which sessions are open', async () => {
    expect(await invoke('caucus:announce', [SESSION])).toBe(STATE);
    expect(announce.mock.calls).toEqual([[[SESSION]]]);
  });

  it('pass on the laptop key, both ways', async () => {
    expect(await invoke('caucus:load-key')).toEqual({ ok: true, kind: 'system', text: 'a key' });
    expect(await invoke('caucus:store-key', 'another')).toBe(true);
    expect(keychain.store.mock.calls).toEqual([['another']]);
  });

  it('pass on that the page listens for handovers', () => {
    ipcMain.emit('caucus:listen', APP);
    expect(handoversWanted).toHaveBeenCalledOnce();
  });
});

describe('who may ask', () => {
  it.each([
    ['a frame that has gone', null],
    ['a page from elsewhere', { origin: 'https://example.org' }],
    ['a page of no origin', { origin: 'null' }],
    ['a page whose origin begins like ours', { origin: 'app://caucus.example' }],
    ['a frame inside our page', { origin: 'app://caucus', parent: {} }],
  ])('is not %s, on any channel', (_who, frame) => {
    for (const { channel, args } of CALLS) {
      expect(() => invokeAs(ipcEvent(frame), channel, ...args)).toThrow('not ours');
    }
    ipcMain.emit('caucus:listen', ipcEvent(frame));
    expectNothingDone();
  });
});

describe('arguments', () => {
  it.each(CALLS)('of $channel are no more than expected', ({ channel, args }) => {
    expect(() => invoke(channel, ...args, 'more')).toThrow(channel);
    expectNothingDone();
  });

  const tooLarge = new Uint8Array(0);
  Object.defineProperty(tooLarge, 'byteLength', { value: MAX_FILE_BYTES + 1 });

  it.each([
    ['no name', '', KIND, BYTES],
    ['a name of a thousand letters', 'a'.repeat(1000), KIND, BYTES],
    ['a name that is no text', 7, KIND, BYTES],
    ['no bytes', 'Report.docx', KIND, undefined],
    ['text for bytes', 'Report.docx', KIND, 'bytes'],
    ['an array for bytes', 'Report.docx', KIND, [1, 2]],
    ['more bytes than a file may have', 'Report.docx', KIND, tooLarge],
    ['no kind', 'Report.docx', undefined, BYTES],
    ['an ending without a dot', 'Report.docx', { ...KIND, extension: 'docx' }, BYTES],
    ['a path for an ending', 'Report.docx', { ...KIND, extension: './../x' }, BYTES],
    ['a kind with more to it', 'Report.docx', { ...KIND, path: '/etc' }, BYTES],
    ['a kind without a description', 'Report.docx', { ...KIND, description: 1 }, BYTES],
  ])('of a file to save are not %s', (_what, ...args) => {
    expect(() => invoke('caucus:save-file', ...args)).toThrow('caucus:save-file');
    expectNothingDone();
  });

  it.each([
    ['no list', undefined],
    ['one that is in no list', SESSION],
    ['a tag that is none', [{ ...SESSION, tag: '../etc/passwd' }]],
    ['no word on which laptop it is', [{ tag: SESSION.tag }]],
    ['one with more to it', [{ ...SESSION, title: 'x' }]],
    ['more than there can be', Array.from({ length: 17 }, () => SESSION)],
  ])('of sessions are not %s', (_what, sessions) => {
    expect(() => invoke('caucus:announce', sessions)).toThrow('caucus:announce');
    expectNothingDone();
  });

  it('of a file to open and of keeping awake are checked too', () => {
    expect(() => invoke('caucus:open-file')).toThrow('caucus:open-file');
    expect(() => invoke('caucus:open-file', '/etc/passwd')).toThrow('caucus:open-file');
    expect(() => invoke('caucus:keep-awake', 'yes')).toThrow('caucus:keep-awake');
    ipcMain.emit('caucus:listen', APP, 'more');
    expectNothingDone();
  });

  it.each([[7], ['a'.repeat(MAX_KEYCHAIN_TEXT + 1)], [null], [{}]])(
    'of a key to keep are text, and not much',
    (text) => {
      expect(() => invoke('caucus:store-key', text)).toThrow('caucus:store-key');
      expectNothingDone();
    },
  );
});
