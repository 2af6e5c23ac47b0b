import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { HubMessage } from '../../../src/hub/process-messages.ts';
import { ask } from './ask.ts';
import { eventually } from './eventually.ts';

const ENTRY = resolve(import.meta.dirname, '../../../src/hub/hub-process.ts');
/** What Electron's utility process has, as far as the hub uses it, over Node's own channel. */
const PARENT_PORT = `data:text/javascript,
process.parentPort = {
  postMessage: (message) => process.send(message),
  on: (event, listener) => process.on('message', (data) => listener({ data })),
};`;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface HubChild {
  readonly child: ChildProcess;
  readonly messages: HubMessage[];
  readonly say: (command: unknown) => void;
  readonly ended: Promise<unknown[]>;
}

function overLines(options: unknown): HubChild {
  const child = spawn(process.execPath, [ENTRY, JSON.stringify(options)]);
  children.push(child);
  const messages: HubMessage[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    messages.push(JSON.parse(line) as HubMessage);
  });
  return {
    child,
    messages,
    say: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    ended: once(child, 'exit'),
  };
}

function overParentPort(options: unknown): HubChild {
  const child = fork(ENTRY, [JSON.stringify(options)], { execArgv: ['--import', PARENT_PORT] });
  children.push(child);
  const messages: HubMessage[] = [];
  child.on('message', (message) => messages.push(message as HubMessage));
  return {
    child,
    messages,
    say: (command) => void child.send(command as object),
    ended: once(child, 'exit'),
  };
}

const ready = ({ messages }: HubChild): Promise<string> =>
  eventually(() => {
    const message = messages.find(({ type }) => type === 'ready');
    if (message?.type !== 'ready') throw new Error('not ready');
    return message.state.localUrl;
  });

const OPTIONS = { localPort: 0, networkPort: 0, addresses: ['127.0.0.1'] };

describe.for([
  { way: 'lines on standard input and output', start: overLines },
  { way: "Electron's parentPort", start: overParentPort },
])('the hub as a process, over $way', { timeout: 15_000 }, ({ start }) => {
  it('says where it is, opens, closes and stops', async () => {
    const hub = start(OPTIONS);
    const url = await ready(hub);
    const port = Number(new URL(url).port);
    expect((await ask(port, '/hub')).status).toBe(200);
    hub.say({ nonsense: true });
    hub.say({ command: 'open', id: 1 });
    hub.say({ command: 'state', id: 2 });
    hub.say({ command: 'close', id: 3 });
    await eventually(() =>
      expect(hub.messages.filter(({ type }) => type === 'answer')).toHaveLength(3),
    );
    expect(hub.messages).toContainEqual({
      type: 'answer',
      id: 1,
      result: {
        ok: true,
        state: {
          localUrl: url,
          openToNetwork: true,
          addresses: [expect.any(String)],
          hubId: expect.stringMatching(/^[\w-]{22}$/u),
          found: [],
        },
      },
    });
    hub.say({ command: 'stop' });
    expect(await hub.ended).toEqual([0, null]);
  });

  it.skipIf(process.platform === 'win32')('ends cleanly on SIGTERM', async () => {
    const hub = start(OPTIONS);
    await ready(hub);
    hub.child.kill('SIGTERM');
    expect(await hub.ended).toEqual([0, null]);
  });
});

describe('the hub as a process', { timeout: 15_000 }, () => {
  it('ends when the process that started it has gone', async () => {
    const hub = overLines(OPTIONS);
    await ready(hub);
    hub.child.stdin?.end();
    expect(await hub.ended).toEqual([0, null]);
  });

  it('says that its port is taken, and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((done) => {
      other.listen(0, '127.0.0.1', done);
    });
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const hub = overLines({ localPort: port });
    expect(await hub.ended).toEqual([1, null]);
    other.close();
    await eventually(() =>
      expect(hub.messages).toEqual([{ type: 'failed', reason: 'port-taken' }]),
    );
  });

  it('refuses options that it does not know', async () => {
    const hub = overLines({ localPort: 'any' });
    expect(await hub.ended).toEqual([1, null]);
    await eventually(() =>
      expect(hub.messages).toEqual([{ type: 'failed', reason: 'bad-options' }]),
    );
  });
});
