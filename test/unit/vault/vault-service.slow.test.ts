import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HubMessage } from '../../../src/hub/process-messages.ts';
import type { HubOptions } from '../../../src/hub/start-hub.ts';
import { cutIntoFrames } from '../../../src/core/protocol/vault-parts.ts';
import { encodeVaultRequest } from '../../../src/core/protocol/vault.ts';
import { knock } from '../hub/ask.ts';
import { eventually } from '../hub/eventually.ts';
import { startTestHub, testKey, type TestHub } from '../hub/laptop.ts';
import { openVaultSocket } from './vault-socket.ts';

const { documentId } = testKey(1);
const toClose: (() => unknown)[] = [];
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-vault-'));
});
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: HubOptions = {}): Promise<TestHub & { port: number }> {
  const started = await startTestHub({ vaultDirectory: () => join(folder, 'vault'), ...options });
  toClose.push(() => started.hub.stop());
  return { ...started, port: started.hub.localPort };
}

describe('who reaches the vault', () => {
  it('A1: this laptop and nobody on the network', async () => {
    const { hub, port } = await start();
    expect(await knock(port, '/vault')).toBe(101);
    const opened = await hub.openToNetwork();
    const network = Number(new URL((opened.ok && opened.state.addresses[0]) || 'ws://x').port);
    expect(await knock(network, '/vault', { host: `192.168.4.20:${network}` })).toBe(404);
    expect(await knock(network, '/relay', { host: `192.168.4.20:${network}` })).toBe(101);
  });

  it('not another site’s page, and not under another name', async () => {
    const { port } = await start();
    expect(await knock(port, '/vault', { headers: { origin: 'https://evil.example' } })).toBe(403);
    expect(await knock(port, '/vault', { host: 'evil.example' })).toBe(421);
  });

  const canChangeUser = process.platform === 'linux' && process.getuid?.() === 0;
  it.skipIf(!canChangeUser)('A1: not another person who is logged in to this machine', async () => {
    const { port } = await start();
    // Node's own WebSocket as another user: it has nothing of ours but the port.
    const script = `
      const socket = new WebSocket('ws://localhost:${port}/vault');
      socket.onopen = () => console.log('let in');
      socket.onerror = () => console.log('turned away');
    `;
    // The hub runs as root here, and a root's program may come in; 65534 is nobody.
    const nobody = spawn(process.execPath, ['-e', script], { uid: 65_534, cwd: '/' });
    let said = '';
    nobody.stdout.on('data', (text) => (said += String(text)));
    await once(nobody, 'exit');
    expect(said.trim()).toBe('turned away');
    expect(await knock(port, '/vault')).toBe(101);
  });
});

describe('a frame that no Caucus sends', () => {
  const append = cutIntoFrames(
    encodeVaultRequest({ type: 'append', request: 1, documentId, update: Uint8Array.of(1, 2, 3) }),
  )[0];
  it.for([
    ['a text', 'hello'],
    ['nothing', new Uint8Array()],
    ['an unknown mark', Uint8Array.of(9, 1, 2)],
    ['no message', Uint8Array.of(1, 255, 255, 255)],
    ['a message that goes on', Uint8Array.from([...(append ?? []), 0])],
    ['a frame beyond measure', new Uint8Array(300 * 1024)],
  ] as const)('ends its socket and nothing else: %s', async ([, frame]) => {
    const { port, events } = await start();
    const honest = await openVaultSocket(port);
    const other = await openVaultSocket(port);
    other.socket.send(frame);
    expect([1002, 1009]).toContain(await other.closed);
    const reply = await honest.ask({
      type: 'append',
      documentId,
      update: Uint8Array.of(1),
    });
    expect(reply.type).toBe('done');
    expect(events).toContainEqual({
      event: 'dropped',
      service: 'vault',
      reason: 'malformed-frame',
    });
    expect(events.filter(({ event }) => event === 'fault')).toEqual([]);
    honest.socket.close();
  });
});

describe('S2: a hub that is killed', () => {
  const ENTRY = resolve(import.meta.dirname, '../../../src/hub/hub-process.ts');
  interface Child {
    readonly process: ChildProcess;
    readonly port: number;
    readonly complaints: () => string;
  }
  async function startChild(): Promise<Child> {
    const options = { localPort: 0, vaultDirectory: join(folder, 'vault') };
    const child = spawn(process.execPath, [ENTRY, JSON.stringify(options)]);
    toClose.push(() => child.kill('SIGKILL'));
    let complaints = '';
    child.stderr.on('data', (text) => (complaints += String(text)));
    const messages: HubMessage[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      messages.push(JSON.parse(line) as HubMessage);
    });
    const port = await eventually(() => {
      const ready = messages.find(({ type }) => type === 'ready');
      if (ready?.type !== 'ready') throw new Error('not ready');
      return Number(new URL(ready.state.localUrl).port);
    });
    return { process: child, port, complaints: () => complaints };
  }

  it('has every update that it had acknowledged, and says nothing on the terminal', async () => {
    const acknowledged: number[] = [];
    let number = 0;
    for (let round = 0; round < 3; round += 1) {
      const child = await startChild();
      const { ask, closed } = await openVaultSocket(child.port);
      const before = acknowledged.length;
      const isDead = closed.then(() => true);
      // Many at once, as typing in several windows is, until it dies in the middle of it.
      while (acknowledged.length < before + 300) {
        await Promise.all(
          Array.from({ length: 10 }, async () => {
            number += 1;
            const mine = number;
            const update = new Uint8Array(new Uint32Array([mine, 0, 0, 0]).buffer);
            const reply = await ask({ type: 'append', documentId, update });
            if (reply.type === 'done') acknowledged.push(mine);
          }),
        );
      }
      for (let more = 0; more < 200; more += 1) {
        number += 1;
        const mine = number;
        const update = new Uint8Array(new Uint32Array([mine, 0, 0, 0]).buffer);
        void ask({ type: 'append', documentId, update }).then((reply) => {
          if (reply.type === 'done') acknowledged.push(mine);
          if (more === 20) child.process.kill('SIGKILL');
        });
      }
      expect(await isDead).toBe(true);
      expect(child.complaints()).toBe('');
    }
    const child = await startChild();
    const { ask, socket } = await openVaultSocket(child.port);
    const reply = await ask({ type: 'read', documentId });
    if (reply.type !== 'updates') throw new Error(reply.type);
    const kept = new Set(
      reply.updates.map((update) => new DataView(update.slice().buffer).getUint32(0, true)),
    );
    expect(acknowledged.length).toBeGreaterThan(900);
    expect(acknowledged.filter((each) => !kept.has(each))).toEqual([]);
    socket.close();
    child.process.kill('SIGTERM');
    await once(child.process, 'exit');
    expect(child.complaints()).toBe('');
  });
});
