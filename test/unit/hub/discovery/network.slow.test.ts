import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FoundHub, HubState } from '../../../../src/core/protocol/machine.ts';
import type { HubMessage } from '../../../../src/hub/process-messages.ts';
import { canUseNamespaces } from '../../../rehearse/venue/namespaces.ts';
import { eventually } from '../eventually.ts';

/** Real sockets: hubs in network namespaces on one or two bridges, with neither a gateway nor an internet. */

const ENTRY = resolve(import.meta.dirname, '../../../../src/hub/hub-process.ts');
const TAG = 'aaaaaaaaaaaa';
const run = promisify(execFile);
const PREFIX = `caucus-find-${process.pid}`;
const AIR = `${PREFIX}-air`;
const ip = (...words: string[]): Promise<unknown> => run('ip', words);
const inAir = (...words: string[]): Promise<unknown> => ip('netns', 'exec', AIR, ...words);

const spaces: string[] = [];
const children: ChildProcess[] = [];
/** Never used twice: a namespace and its interfaces go some time after they were deleted. */
let seats = 0;

interface Seat {
  readonly space: string;
  /** Gives the laptop's interface on `network` this address in place of what it has. */
  readonly address: (network: string, address: string) => Promise<void>;
}

/** A laptop with one interface on each of these networks ("wifi", "cable"), named after it. */
async function seat(addresses: Readonly<Record<string, string>>): Promise<Seat> {
  seats += 1;
  const number = seats;
  const space = `${PREFIX}-${number}`;
  spaces.push(space);
  await ip('netns', 'add', space);
  await ip('-n', space, 'link', 'set', 'lo', 'up');
  const address: Seat['address'] = async (network, to) => {
    await ip('-n', space, 'addr', 'flush', 'dev', network, 'scope', 'global');
    await ip('-n', space, 'addr', 'add', `${to}/24`, 'dev', network);
  };
  for (const [network, own] of Object.entries(addresses)) {
    const port = `${network}${number}`;
    await ip('-n', AIR, 'link', 'add', port, 'type', 'veth', 'peer', network, 'netns', space);
    await ip('-n', AIR, 'link', 'set', port, 'master', network);
    await ip('-n', AIR, 'link', 'set', port, 'up');
    await ip('-n', space, 'link', 'set', network, 'up');
    await address(network, own);
  }
  return { space, address };
}

interface Laptop extends Seat {
  readonly child: ChildProcess;
  readonly faults: () => number;
  readonly ask: (command: 'state' | 'open' | 'close') => Promise<HubState>;
  readonly announce: (plenary: boolean) => Promise<HubState>;
  /** The addresses of all that it sees. */
  readonly sees: () => Promise<readonly string[]>;
}

async function laptop(addresses: Readonly<Record<string, string>>): Promise<Laptop> {
  const own = await seat(addresses);
  const options = JSON.stringify({ localPort: 0, networkPort: 4711 });
  const words = ['netns', 'exec', own.space, process.execPath, ENTRY, options];
  const child = spawn('ip', words);
  children.push(child);
  const messages: HubMessage[] = [];
  createInterface({ input: child.stdout }).on('line', (line) =>
    messages.push(JSON.parse(line) as HubMessage),
  );
  let id = 0;
  async function say(command: object): Promise<HubState> {
    id += 1;
    const mine = id;
    child.stdin.write(`${JSON.stringify({ ...command, id: mine })}\n`);
    const result = await eventually(() => {
      const answer = messages.find((message) => message.type === 'answer' && message.id === mine);
      if (answer?.type !== 'answer') throw new Error('no answer');
      return answer.result;
    });
    if (!result.ok) throw new Error(result.reason);
    return result.state;
  }
  await eventually(() => expect(messages.some(({ type }) => type === 'ready')).toBe(true));
  return {
    ...own,
    child,
    faults: () =>
      messages.filter((message) => message.type === 'log' && message.event.event === 'fault')
        .length,
    ask: (command) => say({ command }),
    announce: (plenary) => say({ command: 'announce', sessions: [{ tag: TAG, plenary }] }),
    sees: async () => {
      const { found } = await say({ command: 'state' });
      return found.flatMap((hub: FoundHub) => hub.addresses);
    },
  };
}

/** The plenary laptop, open to the network, and a group's, which looks around. */
async function room(
  plenaryAt: Readonly<Record<string, string>>,
  groupAt: Readonly<Record<string, string>>,
): Promise<{ readonly plenary: Laptop; readonly group: Laptop }> {
  const [plenary, group] = await Promise.all([laptop(plenaryAt), laptop(groupAt)]);
  await plenary.ask('open');
  await plenary.announce(true);
  await group.announce(false);
  return { plenary, group };
}

const possible = await canUseNamespaces();

describe.skipIf(!possible)('on a real network (needs root on Linux)', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await ip('netns', 'add', AIR);
    for (const network of ['wifi', 'cable']) {
      await ip('-n', AIR, 'link', 'add', network, 'type', 'bridge');
      await ip('-n', AIR, 'link', 'set', network, 'up');
    }
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const space of spaces.splice(0)) await ip('netns', 'delete', space);
    await inAir('nft', 'flush', 'ruleset');
  });
  afterAll(() => ip('netns', 'delete', AIR));

  it('finds the plenary laptop, and sees it go', async () => {
    const { plenary, group } = await room({ wifi: '10.88.0.20' }, { wifi: '10.88.0.31' });
    await eventually(async () => expect(await group.sees()).toEqual(['ws://10.88.0.20:4711']));
    expect(await plenary.sees()).toEqual([]);
    await plenary.ask('close');
    await eventually(async () => expect(await group.sees()).toEqual([]));
    await plenary.ask('open');
    await eventually(async () => expect(await group.sees()).toEqual(['ws://10.88.0.20:4711']));
    const ended = new Promise((done) => {
      plenary.child.once('exit', done);
    });
    plenary.child.kill('SIGTERM');
    await ended;
    await eventually(async () => expect(await group.sees()).toEqual([]));
    expect(plenary.faults() + group.faults()).toBe(0);
  });

  it('follows the plenary laptop to another address within 5 s', async () => {
    const { plenary, group } = await room({ wifi: '10.88.0.20' }, { wifi: '10.88.0.31' });
    await eventually(async () => expect(await group.sees()).toEqual(['ws://10.88.0.20:4711']));
    await plenary.address('wifi', '10.88.0.37');
    const moved = performance.now();
    await eventually(async () => expect(await group.sees()).toEqual(['ws://10.88.0.37:4711']));
    expect(performance.now() - moved).toBeLessThan(5_000);
    expect((await plenary.ask('state')).addresses).toEqual(['ws://10.88.0.37:4711']);
  });

  it('finds it by every network that both are on, and not only by the first', async () => {
    const plenaryAt = { wifi: '10.88.0.20', cable: '10.99.0.20' };
    const { plenary, group } = await room(plenaryAt, { cable: '10.99.0.31' });
    const other = await laptop({ wifi: '10.88.0.32' });
    await other.announce(false);
    // First the address by which it was heard.
    await eventually(async () => {
      expect((await group.sees())[0]).toBe('ws://10.99.0.20:4711');
      expect((await other.sees())[0]).toBe('ws://10.88.0.20:4711');
    });
    expect((await plenary.ask('state')).addresses).toHaveLength(2);
  });

  it('finds nothing where multicast is filtered, and goes on as before', async () => {
    await inAir(
      'nft',
      'add table bridge f; add chain bridge f pass { type filter hook forward priority 0; policy accept; }; ' +
        'add rule bridge f pass ip daddr 224.0.0.0/4 drop; add rule bridge f pass ip6 daddr ff00::/8 drop',
    );
    const { plenary, group } = await room({ wifi: '10.88.0.20' }, { wifi: '10.88.0.31' });
    // A whole round of questions and announcements goes by.
    const until = performance.now() + 5_000;
    await eventually(async () => {
      expect(await group.sees()).toEqual([]);
      expect(performance.now()).toBeGreaterThan(until);
    });
    expect(plenary.faults() + group.faults()).toBe(0);
    await inAir('nft', 'flush', 'ruleset');
    await eventually(async () => expect(await group.sees()).toEqual(['ws://10.88.0.20:4711']));
  });

  it('goes on without any network, and finds the others once there is one', async () => {
    const { plenary, group } = await room({ wifi: '10.88.0.20' }, {});
    expect(await group.sees()).toEqual([]);
    const port = 'late';
    await ip('-n', AIR, 'link', 'add', port, 'type', 'veth', 'peer', 'wifi', 'netns', group.space);
    await ip('-n', AIR, 'link', 'set', port, 'master', 'wifi');
    await ip('-n', AIR, 'link', 'set', port, 'up');
    await ip('-n', group.space, 'link', 'set', 'wifi', 'up');
    await group.address('wifi', '10.88.0.31');
    await eventually(async () => expect(await group.sees()).toEqual(['ws://10.88.0.20:4711']));
    expect(plenary.faults() + group.faults()).toBe(0);
  });

  it('goes on where another program keeps the port to itself', async () => {
    const own = await seat({ wifi: '10.88.0.20' });
    const script =
      "const s = require('node:dgram').createSocket('udp4'); s.bind(5353, '0.0.0.0', () => console.log('bound'));";
    const holder = spawn('ip', ['netns', 'exec', own.space, process.execPath, '-e', script]);
    children.push(holder);
    await new Promise((done) => {
      holder.stdout.once('data', done);
    });
    const options = JSON.stringify({ localPort: 0 });
    const hub = spawn('ip', ['netns', 'exec', own.space, process.execPath, ENTRY, options]);
    children.push(hub);
    const lines: string[] = [];
    createInterface({ input: hub.stdout }).on('line', (line) => lines.push(line));
    const sessions = [{ tag: TAG, plenary: false }];
    hub.stdin.write(`${JSON.stringify({ command: 'announce', id: 1, sessions })}\n`);
    hub.stdin.write(`${JSON.stringify({ command: 'open', id: 2 })}\n`);
    await eventually(() => expect(lines.filter((line) => line.includes('answer'))).toHaveLength(2));
    expect(lines.some((line) => line.includes('"fault"'))).toBe(true);
    expect(hub.exitCode).toBeNull();
  });
});
