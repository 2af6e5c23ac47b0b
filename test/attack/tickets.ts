import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import type { Access } from '../../src/browser/transport/transport.ts';
import {
  accessKeyOf,
  documentKeyFrom,
  documentKeyOf,
  readersSecretOf,
  writeKeyOf,
} from '../../src/core/protocol/document-key.ts';
import type { DocumentKey } from '../../src/core/protocol/document-key.ts';
import { signPass, writePass } from '../../src/core/protocol/pass.ts';
import type { Pass } from '../../src/core/protocol/pass.ts';
import { RELAY_PATH, writeRelayFrame } from '../../src/core/protocol/relay-frame.ts';
import type { RelayFrame } from '../../src/core/protocol/relay-frame.ts';
import { PROOF_BYTES } from '../../src/core/protocol/relay-proof.ts';
import { sessionKeyOf, signingSeedFrom } from '../../src/core/protocol/session-key.ts';
import { openLaptop } from '../unit/hub/laptop.ts';
import { tallyOf } from './tally.ts';
import type { Tally } from './tally.ts';
import { untilOpen } from './until-open.ts';
import { openVisitor } from './visitor.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const reading = ({ secret }: DocumentKey): DocumentKey => documentKeyOf(readersSecretOf(secret));
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** A session of a plan and two groups that asks for passes, on the plenary laptop. */
function makeSession(): {
  readonly plan: DocumentKey;
  readonly group: DocumentKey;
  readonly otherGroup: DocumentKey;
  readonly pass: (changes?: Partial<Pass>, seed?: ReturnType<typeof signingSeedFrom>) => Access;
} {
  const [plan, group, otherGroup] = [1, 2, 3].map(() => documentKeyFrom(bytes(32)));
  if (plan === undefined || group === undefined || otherGroup === undefined) throw new Error();
  const own = signingSeedFrom(bytes(32));
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  return {
    plan,
    group,
    otherGroup,
    pass(changes = {}, seed = own) {
      const pass: Pass = {
        sessionKey: sessionKeyOf(seed),
        ticketId: 'facilitator',
        role: 'facilitator',
        groupId: null,
        documents: new Map([
          [plan.documentId, false],
          [group.documentId, true],
        ]),
        issuedAt: now - HOUR_MS,
        expiresAt: now + HOUR_MS,
        title: 'A session',
        hubId: null,
        ...changes,
      };
      const written = writePass(pass, signPass(pass, seed));
      return { sessionKey: sessionKeyOf(own), pass: () => written };
    },
  };
}

function tampered(access: Access): Access {
  const pass = access.pass();
  // In the statement, behind the signature: the group's document may be written becomes another.
  pass[pass.length - 40] = (pass[pass.length - 40] ?? 0) ^ 1;
  return { ...access, pass: () => pass };
}

const proveWith =
  (proof: Uint8Array) =>
  (frame: RelayFrame): RelayFrame =>
    frame.kind === 'prove' ? { ...frame, proof } : frame;

/** What a socket does that says this without encryption: whether the hub goes on with it. */
async function isHeardInTheOpen(port: number, frame: RelayFrame): Promise<boolean> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${RELAY_PATH}`);
  await once(socket, 'open');
  let heard = false;
  socket.on('message', () => {
    heard = true;
  });
  socket.send(writeRelayFrame(frame));
  await once(socket, 'close');
  return heard;
}

/**
 * Who may open which document at the relay, and write it: with each proof and pass that is none, and
 * with those that are. What is written without leave must not be found at the plenary laptop.
 */
export async function tryTickets(localPort: number, networkPort: number): Promise<Tally[]> {
  const { plan, group, otherGroup, pass } = makeSession();
  const moderator = pass({
    role: 'moderator',
    ticketId: 'moderator',
    documents: new Map([plan, group, otherGroup].map(({ documentId }) => [documentId, true])),
  });
  const own = `ws://localhost:${localPort}`;
  const plenary = [plan, group, otherGroup].map((key) =>
    openLaptop(own, key, { access: moderator }),
  );
  /** The document with its write key, and as the plenary laptop has it. */
  function atPlenary({ documentId }: DocumentKey): { key: DocumentKey; doc: Y.Doc } {
    const keys = [plan, group, otherGroup];
    const at = keys.findIndex((key) => key.documentId === documentId);
    const [key, laptop] = [keys[at], plenary[at]];
    if (key === undefined || laptop === undefined) throw new Error('Not of the session');
    return { key, doc: laptop.doc };
  }
  const tallies: Tally[] = [];

  async function visit(options: VisitorOptions): Promise<boolean> {
    const visitor = openVisitor(networkPort, options);
    const isOpen = await visitor.isOpen();
    await visitor.leave();
    return isOpen;
  }
  async function note(
    what: string,
    expected: Tally['expected'],
    isAdmitted: Promise<boolean>,
  ): Promise<void> {
    tallies.push(tallyOf('relay', what, expected, [{ name: what, isAdmitted: await isAdmitted }]));
  }
  /** Whether what a modified laptop writes gets to the plenary laptop. */
  async function reaches(
    options: VisitorOptions,
    act?: (visitor: Visitor) => void,
  ): Promise<boolean> {
    const visitor = openVisitor(networkPort, options);
    await visitor.isOpen();
    const { key, doc: seen } = atPlenary(options.key);
    const words = bytes(8).toString();
    act?.(visitor);
    visitor.write(words);
    await visitor.isOpen();
    await visitor.leave();
    // Whatever was let in has gone on to the plenary laptop before what comes after it.
    const after = openVisitor(networkPort, { key, access: moderator });
    await after.isOpen();
    const marker = `after ${words}`;
    const arrived = new Promise<void>((resolve) => {
      seen.on('update', () => {
        if (seen.getText('notes').toString().includes(marker)) resolve();
      });
    });
    after.write(marker);
    await arrived;
    await after.leave();
    return seen.getText('notes').toString().replaceAll(marker, '').includes(words);
  }

  for (const laptop of plenary) {
    if (!(await untilOpen(laptop)))
      throw new Error('The plenary laptop does not reach its own hub');
  }

  const { documentId } = group;
  await note(
    'another document than those of the session',
    'refused',
    visit({ key: documentKeyFrom(bytes(32)), access: pass() }),
  );
  const silent = (frame: RelayFrame): RelayFrame | null => (frame.kind === 'prove' ? null : frame);
  await note('no proof', 'refused', visit({ key: group, access: pass(), instead: silent }));
  await note(
    'no proof, and writes',
    'refused',
    reaches({ key: group, access: pass(), instead: silent }),
  );
  await note(
    'wrong proof',
    'refused',
    visit({ key: group, access: pass(), instead: proveWith(bytes(PROOF_BYTES)) }),
  );

  const honest = openVisitor(networkPort, { key: group, access: pass() });
  await honest.isOpen();
  await honest.leave();
  const recorded = honest.sent.find((frame) => frame.kind === 'prove');
  const opening = honest.sent.find((frame) => frame.kind === 'open');
  await note(
    'recorded proof, with the same numbers',
    'refused',
    visit({
      key: group,
      access: pass(),
      instead(frame) {
        if (frame.kind === 'open' && opening?.kind === 'open')
          return { ...frame, nonce: opening.nonce };
        return recorded?.kind === 'prove' ? proveWith(recorded.proof)(frame) : frame;
      },
    }),
  );
  const asOther = { ...group, secret: otherGroup.secret };
  await note("proof of another group's key", 'refused', visit({ key: asOther, access: pass() }));

  await note('no pass', 'refused', visit({ key: group }));
  await note(
    'expired pass',
    'refused',
    visit({
      key: group,
      access: pass({ expiresAt: Math.floor(Date.now() / 1_000) * 1_000 - 1_000 }),
    }),
  );
  const later = Math.floor(Date.now() / 1_000) * 1_000 + WEEK_MS;
  await note(
    'pass from the future',
    'refused',
    visit({ key: group, access: pass({ issuedAt: later, expiresAt: later + HOUR_MS }) }),
  );
  await note('tampered pass', 'refused', visit({ key: group, access: tampered(pass()) }));
  await note(
    "another session's pass",
    'refused',
    visit({ key: group, access: pass({}, signingSeedFrom(bytes(32))) }),
  );
  await note(
    "another group's pass",
    'refused',
    visit({ key: group, access: pass({ documents: new Map([[otherGroup.documentId, true]]) }) }),
  );
  await note('read key, and writes', 'refused', reaches({ key: reading(group), access: pass() }));
  await note(
    'pass that only reads, and writes with the write key',
    'refused',
    reaches({ key: plan, access: pass() }),
  );
  for (const [what, frame] of [
    [
      'brings a key of its own',
      { kind: 'bring', channel: 9, accessKey: bytes(32), writeKey: null, sessionKey: null },
    ],
    [
      'brings the key without the session, and writes',
      {
        kind: 'bring',
        channel: 9,
        accessKey: accessKeyOf(group.secret),
        writeKey: writeKeyOf(group.secret),
        sessionKey: null,
      },
    ],
  ] as const) {
    await note(
      what,
      'refused',
      reaches({ key: group, instead: silent }, (visitor) => visitor.send(frame)),
    );
  }
  await note(
    'speaks without encryption',
    'refused',
    isHeardInTheOpen(networkPort, { kind: 'open', channel: 1, documentId, nonce: bytes(16) }),
  );

  await note('facilitator: own group', 'admitted', visit({ key: group, access: pass() }));
  await note(
    'facilitator: writes in the own group',
    'admitted',
    reaches({ key: group, access: pass() }),
  );
  await note(
    'facilitator: reads the plan',
    'admitted',
    visit({ key: reading(plan), access: pass() }),
  );
  await note(
    'moderator: every document',
    'admitted',
    visit({ key: otherGroup, access: moderator }),
  );
  await note('moderator: writes the plan', 'admitted', reaches({ key: plan, access: moderator }));
  const rapporteur = pass({ role: 'rapporteur', documents: new Map([[group.documentId, false]]) });
  await note(
    'rapporteur: reads a group',
    'admitted',
    visit({ key: reading(group), access: rapporteur }),
  );

  plenary[0]?.connection.revoke({
    sessionKey: pass().sessionKey,
    ticketIds: ['facilitator'],
    groups: [],
    setAside: [],
    boxes: new Uint8Array(),
  });
  // The moderator's socket says it; once it has answered, the hub knows.
  await visit({ key: group, access: moderator });
  await note('pass that was taken back', 'refused', visit({ key: group, access: pass() }));
  await note('moderator, after that', 'admitted', visit({ key: group, access: moderator }));

  // Everybody's tickets from before, as after a rapporteur's laptop was lost; the plan goes on elsewhere.
  plenary[0]?.connection.revoke({
    sessionKey: pass().sessionKey,
    ticketIds: [],
    groups: [{ groupId: null, before: Math.floor(Date.now() / 1_000) * 1_000 }],
    setAside: [plan.documentId],
    boxes: new Uint8Array(),
  });
  await visit({ key: group, access: moderator });
  await note(
    "rapporteur's pass from before everything was renewed",
    'refused',
    visit({ key: reading(group), access: rapporteur }),
  );
  await note(
    'reads the plan that was left behind',
    'refused',
    visit({ key: reading(plan), access: pass() }),
  );

  for (const laptop of plenary) await laptop.leave();
  return tallies;
}
