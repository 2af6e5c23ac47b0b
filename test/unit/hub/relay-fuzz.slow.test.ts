import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
  accessKeyOf,
  type DocumentKey,
  documentKeyOf,
  readersSecretOf,
  writeKeyOf,
} from '../../../src/core/protocol/document-key.ts';
import {
  type RelayFrame,
  readRelayFrame,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';
import { appProof, NONCE_BYTES } from '../../../src/core/protocol/relay-proof.ts';
import { sealSocket, type SealedSocket } from '../../tools/seal-socket.ts';
import { firstSeed, randomFrom } from '../../tools/seeded-random.ts';
import { eventually } from './eventually.ts';
import { everyFrame, forgedFrame, mutate } from './forged-frames.ts';
import type { HubReport } from './fuzzed-hub.ts';
import { type Laptop, openLaptop, testKey } from './laptop.ts';

/** `CAUCUS_FRAMES=100000` for all that the issue asks for; takes minutes. */
const FRAMES = Number(process.env['CAUCUS_FRAMES'] ?? 2_000);
const ATTACKERS = 8;
const TINY = Math.min(10_000, FRAMES);
const MB = 1024 * 1024;

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

async function startFuzzedHub(): Promise<{ child: ChildProcess; ask: () => Promise<HubReport> }> {
  const child = fork(join(import.meta.dirname, 'fuzzed-hub.ts'));
  toClose.push(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return {
    child,
    async ask() {
      child.send('report');
      const [report] = (await once(child, 'message')) as [HubReport];
      return report;
    },
  };
}

/** Opens the document on channel 1, as a laptop with this key does; resolves once that worked. */
function enter(
  socket: WebSocket,
  sealed: SealedSocket,
  { documentId, secret }: DocumentKey,
): Promise<void> {
  const appNonce = new Uint8Array(NONCE_BYTES).fill(5);
  const send = (frame: RelayFrame): void => sealed.send(writeRelayFrame(frame));
  send({ kind: 'open', channel: 1, documentId, nonce: appNonce });
  return new Promise((resolve) => {
    socket.on('close', () => resolve());
    sealed.onFrame((bytes) => {
      const frame = readRelayFrame(bytes);
      if (frame?.kind === 'opened') resolve();
      if (frame?.kind !== 'challenge') return;
      const { binding } = sealed;
      const challenge = { documentId, appNonce, hubNonce: frame.nonce, binding };
      const proof = appProof(writeKeyOf(secret) ?? accessKeyOf(secret), challenge);
      send({ kind: 'prove', channel: 1, proof, pass: new Uint8Array() });
    });
  });
}

/** The last number of the address that attackers come from; another one once the door is shut to it. */
let attackersAddress = 1;

/** Sends frames one after the other, over a new socket whenever the hub has ended the last one. */
async function storm(
  address: string,
  key: DocumentKey | null,
  next: () => Uint8Array | null,
): Promise<number> {
  let sockets = 0;
  for (let frame = next(); frame !== null;) {
    sockets += 1;
    const localAddress = `127.0.${attackersAddress >> 8}.${attackersAddress & 255}`;
    const socket = new WebSocket(`${address}/relay`, { localAddress });
    socket.on('error', () => undefined);
    const closed = new Promise<'closed'>((resolve) => {
      socket.once('close', () => resolve('closed'));
    });
    const opened = new Promise<'open'>((resolve) => {
      socket.once('open', () => resolve('open'));
    });
    if ((await Promise.race([opened, closed])) === 'closed') {
      attackersAddress += 1;
      continue;
    }
    // Now and then somebody who has never heard of encryption.
    const sealed = sockets % 10 === 0 ? null : await sealSocket(socket);
    if (key !== null && sealed !== null) await enter(socket, sealed, key);
    while (frame !== null && socket.readyState === WebSocket.OPEN) {
      if (sealed === null) socket.send(frame);
      else sealed.send(frame);
      socket.ping();
      frame = next();
      // The ping's answer says that the hub has read what was sent before it.
      await Promise.race([once(socket, 'pong'), closed]);
    }
    socket.close();
    await closed;
  }
  return sockets;
}

const text = ({ doc }: Laptop): string => doc.getText('honest').toString();

it.for([
  { who: 'strangers', attacked: null, readers: false },
  { who: 'laptops with a document of their own', attacked: testKey(9), readers: false },
  { who: 'readers of the same document', attacked: testKey(1), readers: true },
  { who: 'writers of the same document', attacked: testKey(1), readers: false },
])(
  `S2: ${FRAMES / 4} mutated and forged frames of $who stop nobody (CAUCUS_SEED=${firstSeed})`,
  { timeout: 60_000 + FRAMES * 20 },
  async ({ who, attacked, readers }) => {
    const { child, ask } = await startFuzzedHub();
    const { address, local } = await ask();
    const base = `ws://localhost:${local}`;
    // The attacked document is known to the hub, and what is measured has been warm once.
    const owner = openLaptop(base, attacked ?? testKey(9));
    await eventually(() => expect(owner.transport.isOpen()).toBe(true));
    const random = randomFrom(firstSeed);
    const frames = everyFrame(attacked ?? testKey(9));
    const secret = readers && attacked !== null ? readersSecretOf(attacked.secret) : null;
    const key = secret === null ? attacked : documentKeyOf(secret);
    await storm(
      address,
      key,
      feed(200, () => mutate(frames, random)),
    );
    await owner.leave();
    await eventually(async () => expect((await ask()).documents).toBe(0));
    const before = await ask();

    const honest = [openLaptop(base, testKey(1)), openLaptop(address, testKey(1))] as const;
    const [one, two] = honest;
    toClose.push(one.leave, two.leave);
    const keeper = openLaptop(base, attacked ?? testKey(9));
    toClose.push(keeper.leave);
    let typed = '';
    let slowest = 0;
    /** An honest laptop types a letter, and the other one sees it. */
    async function type(): Promise<void> {
      typed += 'x';
      one.doc.getText('honest').insert(typed.length - 1, 'x');
      const at = performance.now();
      await eventually(() => expect(text(two)).toBe(typed));
      slowest = Math.max(slowest, performance.now() - at);
    }
    for (let i = 0; i < 30; i += 1) await type();
    const quiet = await ask();
    const quietSlowest = slowest;
    slowest = 0;

    let storming = true;
    const storms = Array.from({ length: ATTACKERS }, () =>
      storm(
        address,
        key,
        feed(FRAMES / 4 / ATTACKERS, () =>
          random.chance(0.5)
            ? mutate(frames, random)
            : forgedFrame(random, attacked ?? testKey(9), one.doc.clientID),
        ),
      ),
    );
    const done = Promise.all(storms).finally(() => {
      storming = false;
    });
    while (storming) await type();
    const sockets = (await done).reduce((sum, count) => sum + count, 0);
    const tiny = writeRelayFrame({
      kind: 'part',
      channel: 1,
      last: false,
      bytes: Uint8Array.of(0),
    });
    await storm(
      address,
      key,
      feed(TINY / 4, () => tiny),
    );
    await type();
    const after = await ask();

    // Both ways still work, and a laptop that comes only now gets the same.
    two.doc.getText('honest').insert(0, '> ');
    await eventually(() => expect(text(one)).toBe(`> ${typed}`));
    const late = openLaptop(address, testKey(1));
    toClose.push(late.leave);
    await eventually(() => expect(text(late)).toBe(`> ${typed}`));
    await eventually(() =>
      expect(Y.encodeStateVector(two.doc)).toEqual(Y.encodeStateVector(one.doc)),
    );
    for (const { leave } of [late, keeper, ...honest]) await leave();
    await eventually(async () => expect((await ask()).documents).toBe(0));
    const left = await ask();

    console.log(
      `${who}: ${FRAMES / 4} frames (and ${TINY / 4} tiny ones) over ${sockets} sockets; ` +
        `the hub's longest stall ${after.stallMs.toFixed(0)} ms (quiet: ${quiet.stallMs.toFixed(0)}), ` +
        `of its own processor time ${after.busyMs.toFixed(0)} ms (quiet: ${quiet.busyMs.toFixed(0)}); ` +
        `an honest letter took at most ${slowest.toFixed(0)} ms (quiet: ${quietSlowest.toFixed(0)}); ` +
        `memory ${(before.memory / MB).toFixed(1)} → ${(left.memory / MB).toFixed(1)} MB; ` +
        `dropped ${JSON.stringify(left.drops)}`,
    );
    expect(left.faults).toEqual([]);
    expect(child.exitCode).toBeNull();
    expect(left.memory - before.memory).toBeLessThan(16 * MB);
    // Slow machines are slower; a stall that grows with what is sent is far longer.
    expect(after.busyMs).toBeLessThan(Math.max(1_000, 20 * quiet.busyMs));
  },
);

function feed(count: number, make: () => Uint8Array): () => Uint8Array | null {
  let left = Math.ceil(count);
  return () => {
    left -= 1;
    return left < 0 ? null : make();
  };
}
