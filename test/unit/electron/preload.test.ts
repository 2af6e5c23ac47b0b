import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Handover, Machine } from '../../../src/core/protocol/machine.ts';
import { createFakeElectron } from './fake-electron.ts';

let fake: ReturnType<typeof createFakeElectron>['module'];
let machine: Machine;

beforeEach(async () => {
  fake = createFakeElectron().module;
  vi.resetModules();
  vi.doMock('electron', () => fake);
  await import('../../../electron/preload.ts');
  machine = fake.contextBridge.exposeInMainWorld.mock.lastCall?.[1] as Machine;
});

const KIND = { description: 'Word document', mediaType: 'application/x', extension: '.docx' };
const SESSION = { tag: 'aaaaaaaaaaaa', plenary: true };
const LINK: Handover = { kind: 'link', link: 'caucus://join/1' };
const OTHER: Handover = { kind: 'link', link: 'caucus://join/2' };

function handOver(handover: Handover): void {
  fake.ipcRenderer.emit('caucus:handover', {}, handover);
}

describe('what a page gets of the machine', () => {
  it('is one object with exactly the methods of Machine', () => {
    expect(fake.contextBridge.exposeInMainWorld.mock.calls).toEqual([
      [
        'caucusMachine',
        {
          shell: 'electron',
          keychain: { load: expect.any(Function), store: expect.any(Function) },
          saveFile: expect.any(Function),
          openFile: expect.any(Function),
          keepAwake: expect.any(Function),
          hubState: expect.any(Function),
          openToNetwork: expect.any(Function),
          closeToNetwork: expect.any(Function),
          announce: expect.any(Function),
          onHandover: expect.any(Function),
        },
      ],
    ]);
  });

  it('asks on one fixed channel for each method', async () => {
    const bytes = new Uint8Array([1]);
    const answers = [
      await machine.saveFile('a.docx', KIND, bytes),
      await machine.openFile(KIND),
      await machine.keepAwake(true),
      await machine.hubState(),
      await machine.openToNetwork(),
      await machine.closeToNetwork(),
      await machine.announce([SESSION]),
      await machine.keychain?.load(),
      await machine.keychain?.store('a key'),
    ];
    expect(answers).toEqual(answers.map(() => 'answered'));
    expect(fake.ipcRenderer.invoke.mock.calls).toEqual([
      ['caucus:save-file', 'a.docx', KIND, bytes],
      ['caucus:open-file', KIND],
      ['caucus:keep-awake', true],
      ['caucus:hub-state'],
      ['caucus:open-to-network'],
      ['caucus:close-to-network'],
      ['caucus:announce', [SESSION]],
      ['caucus:load-key'],
      ['caucus:store-key', 'a key'],
    ]);
  });

  it('passes nothing on that a page adds to a call', async () => {
    await Reflect.apply(Reflect.get(machine, 'hubState'), machine, ['caucus:save-file', 'more']);
    expect(fake.ipcRenderer.invoke.mock.calls).toEqual([['caucus:hub-state']]);
  });
});

describe('handovers', () => {
  it('are asked for when somebody listens, and not before', () => {
    expect(fake.ipcRenderer.send).not.toHaveBeenCalled();
    machine.onHandover(() => undefined);
    expect(fake.ipcRenderer.send.mock.calls).toEqual([['caucus:listen']]);
  });

  it('reach every listener, without Electron’s event', () => {
    const [first, second] = [vi.fn(), vi.fn()];
    machine.onHandover(first);
    machine.onHandover(second);
    handOver(LINK);
    expect(first.mock.calls).toEqual([[LINK]]);
    expect(second.mock.calls).toEqual([[LINK]]);
  });

  it('wait while nobody listens, and reach the next who does, once', () => {
    const [first, second] = [vi.fn(), vi.fn()];
    const stop = machine.onHandover(first);
    stop();
    handOver(LINK);
    handOver(OTHER);
    machine.onHandover(second);
    expect(first).not.toHaveBeenCalled();
    expect(second.mock.calls).toEqual([[LINK], [OTHER]]);
    machine.onHandover(first);
    expect(first).not.toHaveBeenCalled();
  });
});
