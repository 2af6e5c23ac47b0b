import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Access } from '../../../src/browser/transport/transport.ts';
import {
  type DocumentKey,
  documentKeyOf,
  readersSecretOf,
} from '../../../src/core/protocol/document-key.ts';
import {
  readRelayFrame,
  RELAY_PATH,
  type Revocation,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';
import {
  answerSecureChannel,
  beginSecureChannel,
  hubIdOf,
} from '../../../src/core/protocol/secure-channel.ts';
import {
  sessionKeyOf,
  type SigningSeed,
  signingSeedFrom,
} from '../../../src/core/protocol/session-key.ts';
import {
  issueTicket,
  passBytesOf,
  TICKET_LIFE_MS,
  type TicketInput,
} from '../../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import { systemKeyAgreement } from '../../../src/hub/relay/system-key-agreement.ts';
import { eventually } from './eventually.ts';
import { type Laptop, openLaptop, startTestHub, type TestHub, testKey } from './laptop.ts';

const seed = signingSeedFrom(new Uint8Array(32).fill(1));
const otherSeed = signingSeedFrom(new Uint8Array(32).fill(2));
const sessionKey = sessionKeyOf(seed);
const group = testKey(1);
const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

const input = (key: DocumentKey): TicketInput => ({
  ticketId: 'ticket-1',
  title: 'Security by design',
  role: 'facilitator',
  groupId: 'group-1' as GroupId,
  plan: testKey(9).secret,
  groups: new Map([['group-1' as GroupId, key.secret]]),
  addresses: [],
  hubId: null,
});
const revocation = (ticketIds: readonly string[]): Revocation => ({
  sessionKey,
  ticketIds,
  groups: [],
  setAside: [],
  boxes: new Uint8Array(),
});
const accessWith = (pass: Uint8Array): Access => ({ sessionKey, pass: () => pass });
function passOf(
  key = group,
  options: { by?: SigningSeed; at?: number; ticketId?: string } = {},
): Uint8Array {
  const { by = seed, at = Date.now(), ticketId = 'ticket-1' } = options;
  return passBytesOf(issueTicket({ ...input(key), ticketId }, by, at));
}

function laptop(base: string, key: DocumentKey, access?: Access): Laptop {
  const opened = openLaptop(base, key, access === undefined ? {} : { access });
  toClose.push(opened.leave);
  return opened;
}
/** A hub whose own laptop has the group's document open and asks for passes. */
async function venue(): Promise<{ started: TestHub; plenary: Laptop; address: string }> {
  const started = await startTestHub();
  toClose.push(() => started.hub.stop());
  const opened = await started.hub.openToNetwork();
  const address = (opened.ok && opened.state.addresses[0]) || '';
  const plenary = laptop(`ws://${started.local}`, group, accessWith(new Uint8Array()));
  await eventually(() => expect(plenary.transport.isOpen()).toBe(true));
  return { started, plenary, address };
}
const notes = ({ doc }: Laptop): string => doc.getText('notes').toString();

describe('a session that asks for passes', () => {
  it('lets in who shows one, to write and to read', async () => {
    const { plenary, address } = await venue();
    const facilitator = laptop(address, group, accessWith(passOf()));
    facilitator.doc.getText('notes').insert(0, 'said');
    await eventually(() => expect(notes(plenary)).toBe('said'));
  });

  it.each<[string, () => Uint8Array, string]>([
    ['none', () => new Uint8Array(), 'no-pass'],
    ['one of another session', () => passOf(group, { by: otherSeed }), 'no-pass'],
    ['one for another group', () => passOf(testKey(2)), 'no-pass'],
    [
      'one that was changed',
      () => passOf().map((byte, at) => (at === 90 ? byte ^ 1 : byte)),
      'no-pass',
    ],
    ['one cut off', () => passOf().subarray(0, 100), 'no-pass'],
    [
      'one that has run out',
      () => passOf(group, { at: Date.now() - TICKET_LIFE_MS - 1_000 }),
      'pass-expired',
    ],
    ['one from the future', () => passOf(group, { at: Date.now() + 1e9 }), 'pass-expired'],
  ])('A1: refuses who has the key and shows %s', async (_what, pass, reason) => {
    const { plenary, address } = await venue();
    plenary.doc.getText('notes').insert(0, 'secret');
    const stranger = laptop(address, group, accessWith(pass()));
    await eventually(() => expect(stranger.transport.refusal()).toBe(reason));
    stranger.doc.getText('notes').insert(0, 'forged');
    expect(stranger.transport.isOpen()).toBe(false);
    const honest = laptop(address, group, accessWith(passOf()));
    await eventually(() => expect(notes(honest)).toBe('secret'));
    expect(notes(stranger)).toBe('forged');
    expect(notes(plenary)).toBe('secret');
  });

  it('A2: takes no change where the pass only lets read, whatever the key', async () => {
    const { plenary, address } = await venue();
    plenary.doc.getText('notes').insert(0, 'said');
    const readers = documentKeyOf(readersSecretOf(group.secret));
    const cheat = laptop(address, group, accessWith(passOf(readers)));
    await eventually(() => expect(notes(cheat)).toBe('said'));
    cheat.doc.getText('notes').insert(0, 'never ');
    const honest = laptop(address, group, accessWith(passOf()));
    honest.doc.getText('notes').insert(0, 'well ');
    await eventually(() => expect(notes(plenary)).toContain('well'));
    expect(notes(plenary)).not.toContain('never');
  });

  it('A1: shuts out a laptop whose ticket is taken back, at once and for good', async () => {
    const { started, plenary, address } = await venue();
    const [lost, other] = ['lost', 'other'].map((ticketId) =>
      laptop(address, group, accessWith(passOf(group, { ticketId }))),
    ) as [Laptop, Laptop];
    await eventually(() => expect(lost.transport.isOpen() && other.transport.isOpen()).toBe(true));
    plenary.connection.revoke(revocation(['lost']));
    await eventually(() => expect(lost.transport.refusal()).toBe('taken-back'));
    expect(lost.transport.isOpen()).toBe(false);
    lost.doc.getText('notes').insert(0, 'too late');
    other.doc.getText('notes').insert(0, 'in time');
    await eventually(() => expect(notes(plenary)).toBe('in time'));
    const again = laptop(address, group, accessWith(passOf(group, { ticketId: 'lost' })));
    await eventually(() => expect(again.transport.refusal()).toBe('taken-back'));
    expect(notes(again)).toBe('');
    expect(started.events).toContainEqual({ event: 'document-refused', reason: 'taken-back' });
  });

  it('A2: takes nothing back on the word of a laptop on the network', async () => {
    const { plenary, address } = await venue();
    const facilitator = laptop(address, group, accessWith(passOf()));
    await eventually(() => expect(facilitator.transport.isOpen()).toBe(true));
    const cheat = laptop(address, group, accessWith(passOf(group, { ticketId: 'ticket-2' })));
    await eventually(() => expect(cheat.transport.isOpen()).toBe(true));
    cheat.connection.revoke(revocation(['ticket-1']));
    await eventually(() => expect(cheat.connection.hubId()).toBeNull());
    facilitator.doc.getText('notes').insert(0, 'still here');
    await eventually(() => expect(notes(plenary)).toBe('still here'));
  });
});

describe('somebody in the middle', () => {
  it('A1: reads nothing of what goes over the wire', async () => {
    const { plenary, address } = await venue();
    const seen: Buffer[] = [];
    const tap = createServer((from) => {
      const to = connect(Number(new URL(address).port), '127.0.0.1');
      const pass = (one: Socket, other: Socket): void => {
        one.on('data', (bytes) => {
          seen.push(Buffer.from(bytes));
          other.write(bytes);
        });
        one.on('close', () => other.destroy());
        one.on('error', () => other.destroy());
      };
      pass(from, to);
      pass(to, from);
    });
    await new Promise<void>((resolve) => {
      tap.listen(0, '127.0.0.1', resolve);
    });
    toClose.push(() => void tap.close());
    const where = tap.address();
    const port = typeof where === 'object' ? where?.port : 0;
    const facilitator = laptop(`ws://127.0.0.1:${port}`, group, accessWith(passOf()));
    facilitator.doc.getText('notes').insert(0, 'AfricanUnionObjects');
    await eventually(() => expect(notes(plenary)).toBe('AfricanUnionObjects'));
    plenary.doc.getText('notes').insert(0, 'MinisterAgrees');
    await eventually(() => expect(notes(facilitator)).toContain('MinisterAgrees'));
    // What a laptop sends is masked besides (RFC 6455), so what the hub sends is what tells.
    const wire = Buffer.concat(seen).toString('latin1');
    expect(wire).not.toContain('MinisterAgrees');
    expect(wire).not.toContain(group.documentId);
    expect(wire).not.toContain('facilitator');
    expect(wire.length).toBeGreaterThan(500);
  });

  it('A1: cannot pass proofs on, though it speaks with both ends', async () => {
    const { plenary, address } = await venue();
    plenary.doc.getText('notes').insert(0, 'secret');
    const own = systemKeyAgreement.makeKeyPair();
    const passedOn: string[] = [];
    const middle = new WebSocketServer({ port: 0, host: '127.0.0.1', path: RELAY_PATH });
    toClose.push(() => middle.close());
    await new Promise<void>((resolve) => {
      middle.once('listening', resolve);
    });
    middle.on('connection', (victim: WebSocket) => {
      victim.on('error', () => undefined);
      let toVictim: ReturnType<typeof answerSecureChannel> = null;
      const early: Uint8Array[] = [];
      const begun = beginSecureChannel(systemKeyAgreement, RELAY_PATH);
      let toHub: ReturnType<typeof begun.finish> = null;
      const real = new globalThis.WebSocket(`${address}${RELAY_PATH}`);
      real.binaryType = 'arraybuffer';
      real.addEventListener('open', () => real.send(new Uint8Array(begun.hello)));
      real.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        const bytes = new Uint8Array(data);
        if (toHub === null) {
          toHub = begun.finish(bytes);
          for (const frame of early.splice(0)) real.send(new Uint8Array(toHub?.seal(frame) ?? []));
          return;
        }
        const frame = toHub.open(bytes);
        if (frame === null || toVictim === null) return;
        passedOn.push('to the laptop');
        // Under the name that its own key makes, or the laptop would hang up at once.
        victim.send(toVictim.channel.seal(renamed(frame, own.publicKey)));
      });
      real.addEventListener('close', () => victim.terminate());
      victim.on('close', () => real.close());
      victim.on('message', (data: Buffer) => {
        if (toVictim === null) {
          toVictim = answerSecureChannel(systemKeyAgreement, RELAY_PATH, own, new Uint8Array(data));
          if (toVictim !== null) victim.send(toVictim.reply);
          return;
        }
        const frame = toVictim.channel.open(new Uint8Array(data));
        if (frame === null) return;
        passedOn.push('to the hub');
        if (toHub === null) early.push(frame);
        else real.send(new Uint8Array(toHub.seal(frame)));
      });
    });
    const where = middle.address();
    const port = typeof where === 'object' ? where?.port : 0;
    const victim = laptop(`ws://127.0.0.1:${port}`, group, accessWith(passOf()));
    victim.doc.getText('notes').insert(0, 'mine');
    await eventually(() => expect(victim.transport.refusal()).toBe('not-our-hub'));
    expect(new Set(passedOn)).toEqual(new Set(['to the laptop', 'to the hub']));
    expect(notes(victim)).toBe('mine');
    expect(notes(plenary)).toBe('secret');
  });
});

/** The hub's first word with the name of whoever passes it on. */
function renamed(frame: Uint8Array, key: Uint8Array): Uint8Array {
  const read = readRelayFrame(frame);
  return read?.kind === 'welcome' ? writeRelayFrame({ ...read, hubId: hubIdOf(key) }) : frame;
}
