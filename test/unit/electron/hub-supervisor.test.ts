import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubSupervisor } from '../../../electron/hub-supervisor.ts';
import type { HubCommand } from '../../../src/hub/process-messages.ts';
import type { HubResult, HubState } from '../../../src/core/protocol/machine.ts';
import type { FakeHub } from './fake-electron.ts';

const { hubs, utilityProcess } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  const fake = createFakeElectron();
  return { hubs: fake.hubs, utilityProcess: fake.module.utilityProcess };
});
vi.mock('electron', () => ({ utilityProcess }));

const STATE: HubState = {
  localUrl: 'ws://localhost:50123',
  openToNetwork: false,
  addresses: [],
  hubId: 'this',
  found: [],
};
const SESSIONS = [{ tag: 'aaaaaaaaaaaa', plenary: true }];
const OK: HubResult = { ok: true, state: STATE };
const NOT_RUNNING: HubResult = { ok: false, reason: 'not-running' };

const FILES = { vaultDirectory: '/data/vault', audiencePage: '/app/audience/index.html' };

let hub: HubSupervisor;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  hubs.length = 0;
  utilityProcess.fork.mockClear();
  hub = new HubSupervisor('/app/hub-process.js', FILES);
  hub.start();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The process that runs now. */
function child(): FakeHub {
  const last = hubs.at(-1);
  if (last === undefined) {
    throw new Error('No hub was started');
  }
  return last;
}
function becomeReady(): void {
  child().emit('message', { type: 'ready', state: STATE });
}
/** The commands that the process got, in their order. */
function commands(of = child()): HubCommand['command'][] {
  return of.postMessage.mock.calls.map(([message]) => message.command);
}
/** Answers the newest command of this name. */
function answer(command: HubCommand['command'], result: HubResult = OK): void {
  const message = child()
    .postMessage.mock.calls.map(([sent]) => sent)
    .findLast((sent) => sent.command === command);
  child().emit('message', { type: 'answer', id: message.id, result });
}

describe('starting the hub', () => {
  it('forks it with its settings', () => {
    expect(utilityProcess.fork.mock.calls).toEqual([
      [
        '/app/hub-process.js',
        [JSON.stringify({ localPort: 0, ...FILES })],
        { serviceName: 'Caucus hub' },
      ],
    ]);
  });

  it('keeps a question until the hub is ready, then passes it on in the form agreed', async () => {
    const state = hub.request('state');
    expect(commands()).toEqual([]);
    becomeReady();
    expect(child().postMessage.mock.calls).toEqual([
      [{ type: 'command', id: expect.any(Number), command: 'state' }, []],
    ]);
    answer('state');
    expect(await state).toEqual(OK);
  });

  it('gives up after 10 s, settles what waited, and tries again after 1 s', async () => {
    const [first] = hubs;
    const state = hub.request('state');
    await vi.advanceTimersByTimeAsync(9_999);
    expect(first?.kill).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await state).toEqual(NOT_RUNNING);
    expect(first?.kill).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hubs).toHaveLength(2);
    // The old process ends at last, and says something before: neither may touch the new one.
    first?.emit('message', { type: 'ready', state: STATE });
    first?.emit('exit', 0);
    becomeReady();
    const again = hub.request('state');
    answer('state');
    expect(await again).toEqual(OK);
  });

  it.each([
    ['port-taken', 'no-port'],
    ['not-allowed', 'no-port'],
    ['no-address', 'no-port'],
    ['bad-options', 'not-running'],
  ])('passes on why it could not: %s as %s', async (given, reason) => {
    const state = hub.request('state');
    child().emit('message', { type: 'failed', reason: given });
    const why = { ok: false, reason };
    expect(await state).toEqual(why);
    expect(await hub.request('open')).toEqual(why);
    await vi.advanceTimersByTimeAsync(1_000);
    becomeReady();
    child().emit('exit', 1);
    expect(await hub.request('state')).toEqual(NOT_RUNNING);
  });
});

describe('asking the hub', () => {
  it('keeps answers apart, whatever their order', async () => {
    becomeReady();
    const open = hub.request('open');
    const close = hub.request('close');
    answer('close', { ok: true, state: { ...STATE, addresses: ['ws://192.168.4.20:4711'] } });
    answer('open', { ok: false, reason: 'no-network' });
    expect(await open).toEqual({ ok: false, reason: 'no-network' });
    expect(await close).toMatchObject({ state: { addresses: ['ws://192.168.4.20:4711'] } });
  });

  it('settles after 10 s without an answer', async () => {
    becomeReady();
    const state = hub.request('state');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await state).toEqual(NOT_RUNNING);
    answer('state');
  });

  it.each([
    undefined,
    'result',
    { type: 'answer', id: 'x', result: OK },
    { type: 'answer', id: 1, result: { ok: true } },
    { type: 'answer', id: 1, result: { ok: false, reason: 'tired' } },
    { type: 'other' },
  ])('takes no notice of what is no answer: %j', async (message) => {
    becomeReady();
    const state = hub.request('state');
    child().emit('message', message);
    answer('state');
    expect(await state).toEqual(OK);
  });
});

describe('what the hub logs', () => {
  it('is kept where it is a fault', () => {
    child().emit('message', { type: 'log', event: { event: 'closed', door: 'network' } });
    expect(console.error).not.toHaveBeenCalled();
    child().emit('message', { type: 'log', event: { event: 'fault', name: 'TypeError', at: '' } });
    expect(console.error).toHaveBeenCalledOnce();
  });
});

describe('a hub that dies', () => {
  it('settles every question that is open, and those asked while it is away', async () => {
    becomeReady();
    const questions = [hub.request('state'), hub.request('open'), hub.request('close')];
    child().emit('exit', 139);
    expect(await Promise.all(questions)).toEqual([NOT_RUNNING, NOT_RUNNING, NOT_RUNNING]);
    expect(await hub.request('state')).toEqual(NOT_RUNNING);
  });

  it('is started again after 1, 2, 4, 8, 16, 30 and 30 s', async () => {
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const before = hubs.length;
      child().emit('exit', 1);
      await vi.advanceTimersByTimeAsync(seconds * 1_000 - 1);
      expect(hubs).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(hubs).toHaveLength(before + 1);
    }
  });

  it('is started again after 1 s once it was up for a minute', async () => {
    child().emit('exit', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    becomeReady();
    await vi.advanceTimersByTimeAsync(60_000);
    child().emit('exit', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hubs).toHaveLength(3);
  });

  it('is opened to the room again if it was open, before anything else is asked', async () => {
    becomeReady();
    const open = hub.request('open');
    answer('open');
    await open;
    child().emit('exit', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    const state = hub.request('state');
    becomeReady();
    expect(commands()).toEqual(['open', 'state']);
    answer('open');
    answer('state');
    expect(await state).toEqual(OK);
  });

  it.each([
    ['nobody opened it', []],
    ['opening it failed', [['open', { ok: false, reason: 'no-network' }]]],
    [
      'it was closed',
      [
        ['open', OK],
        ['close', OK],
      ],
    ],
  ] as const)('stays closed to the room if %s', async (_why, steps) => {
    becomeReady();
    for (const [command, result] of steps) {
      const asked = hub.request(command);
      answer(command, result);
      await asked;
    }
    child().emit('exit', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    becomeReady();
    expect(commands()).toEqual([]);
  });
});

describe('the sessions that are open', () => {
  it('are told to the hub, in the form agreed', async () => {
    becomeReady();
    const announced = hub.announce(SESSIONS);
    expect(child().postMessage.mock.calls).toEqual([
      [{ type: 'command', id: expect.any(Number), command: 'announce', sessions: SESSIONS }, []],
    ]);
    answer('announce');
    expect(await announced).toEqual(OK);
  });

  it('are told to every hub that is started later, until there are none', async () => {
    becomeReady();
    const announced = hub.announce(SESSIONS);
    answer('announce');
    await announced;
    child().emit('exit', 1);
    expect(await hub.announce(SESSIONS)).toEqual(NOT_RUNNING);
    await vi.advanceTimersByTimeAsync(1_000);
    becomeReady();
    expect(commands()).toEqual(['announce']);
    const none = hub.announce([]);
    answer('announce');
    await none;
    child().emit('exit', 1);
    await vi.advanceTimersByTimeAsync(2_000);
    becomeReady();
    expect(commands()).toEqual([]);
  });
});

describe('a hub that is closed while it is away', () => {
  it('stays closed when it is back', async () => {
    becomeReady();
    const open = hub.request('open');
    answer('open');
    await open;
    child().emit('exit', 1);
    expect(await hub.request('close')).toEqual(NOT_RUNNING);
    await vi.advanceTimersByTimeAsync(1_000);
    becomeReady();
    expect(commands()).toEqual([]);
  });
});

describe('stopping the hub', () => {
  it('lets it put its things away, ends it and does not start it again', async () => {
    becomeReady();
    const [first] = hubs;
    const stopped = hub.stop();
    expect(commands()).toEqual(['stop']);
    expect(first?.kill).not.toHaveBeenCalled();
    first?.emit('exit', 0);
    await stopped;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(hubs).toHaveLength(1);
    expect(await hub.request('state')).toEqual(NOT_RUNNING);
  });

  it('waits 2 s at most', async () => {
    becomeReady();
    const [first] = hubs;
    const stopped = hub.stop();
    await vi.advanceTimersByTimeAsync(2_000);
    await stopped;
    expect(first?.kill).toHaveBeenCalledOnce();
  });

  it('does not wait for one that is away, and does not start it again', async () => {
    child().emit('exit', 1);
    await hub.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(hubs).toHaveLength(1);
  });

  it('tells one that is still starting, too', async () => {
    const stopped = hub.stop();
    expect(commands()).toEqual(['stop']);
    await vi.advanceTimersByTimeAsync(2_000);
    await stopped;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(hubs).toHaveLength(1);
  });
});
