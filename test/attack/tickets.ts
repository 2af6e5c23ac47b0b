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
import type { TurnedAway } from '../../src/core/protocol/machine.ts';
import { RELAY_PATH, writeRelayFrame } from '../../src/core/protocol/relay-frame.ts';
import type { RelayFrame } from '../../src/core/protocol/relay-frame.ts';
import { PROOF_BYTES } from '../../src/core/protocol/relay-proof.ts';
import { signingSeedFrom } from '../../src/core/protocol/session-key.ts';
import { openLaptop } from '../unit/hub/laptop.ts';
import { bytes, HOUR_MS, makeSession } from './session-with-passes.ts';
import { tallyOf } from './tally.ts';
import type { Tally } from './tally.ts';
import { untilOpen } from './until-open.ts';
import { openVisitor } from './visitor.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const reading = ({ secret }: DocumentKey): DocumentKey => documentKeyOf(readersSecretOf(secret));
const WEEK_MS = 7 * 24 * HOUR_MS;

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
 *
 * @param turnedAway what the plenary laptop's screen says at the moment about who was refused.
 */
export async function tryTickets(
  localPort: number,
  networkPort: number,
  turnedAway: () => readonly TurnedAway[],
): Promise<Tally[]> {
  const { plan, report, group, otherGroup, pass } = makeSession();
  const keys = [plan, report, group, otherGroup];
  const moderator = pass({
    role: 'moderator',
    ticketId: 'moderator',
    documents: new Map(keys.map(({ documentId }) => [documentId, true])),
  });
  const own = `ws://localhost:${localPort}`;
  const plenary = keys.map((key) => openLaptop(own, key, { access: moderator }));
  /** The document with its write key, and as the plenary laptop has it. */
  function atPlenary({ documentId }: DocumentKey): { key: DocumentKey; doc: Y.Doc } {
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
  /** Refused, and a moderator hears of it: a refusal that nobody is told of is not as it should be. */
  async function noteTurnedAway(
    what: string,
    kind: TurnedAway['kind'],
    isAdmitted: Promise<boolean>,
  ): Promise<void> {
    const count = (): number => turnedAway().find((one) => one.kind === kind)?.count ?? 0;
    const before = count();
    const admitted = await isAdmitted;
    const isTold = count() > before;
    const name = admitted || isTold ? what : `${what}: is not counted as "${kind}"`;
    tallies.push(tallyOf('relay', what, 'refused', [{ name, isAdmitted: admitted || !isTold }]));
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
  await note(
    'facilitator: the report, without its key',
    'refused',
    visit({ key: { ...report, secret: group.secret }, access: pass() }),
  );
  await noteTurnedAway(
    'facilitator: the report, with its read key and no pass for it',
    'stranger',
    visit({ key: reading(report), access: pass() }),
  );
  await noteTurnedAway(
    'facilitator: writes the report, with its key and no pass for it',
    'stranger',
    reaches({ key: report, access: pass() }),
  );
  const rapporteur = pass({
    role: 'rapporteur',
    ticketId: 'rapporteur',
    documents: new Map(keys.map((key) => [key.documentId, key === report])),
  });
  for (const [what, key] of [
    ['rapporteur: writes the plan, with the key that it has', reading(plan)],
    ['rapporteur: writes the plan, with the write key', plan],
    ['rapporteur: writes in a group, with the key that it has', reading(group)],
  ] as const) {
    await noteTurnedAway(what, 'only-reads', reaches({ key, access: rapporteur }));
  }
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
  await note(
    'moderator: writes the report',
    'admitted',
    reaches({ key: report, access: moderator }),
  );
  await note(
    'rapporteur: reads the plan',
    'admitted',
    visit({ key: reading(plan), access: rapporteur }),
  );
  await note(
    'rapporteur: writes the report',
    'admitted',
    reaches({ key: report, access: rapporteur }),
  );
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

  // Everybody's tickets from before, as after a rapporteur's laptop was lost; the plan and the report go on elsewhere.
  plenary[0]?.connection.revoke({
    sessionKey: pass().sessionKey,
    ticketIds: [],
    groups: [{ groupId: null, before: Math.floor(Date.now() / 1_000) * 1_000 }],
    setAside: [plan.documentId, report.documentId],
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
  await note(
    'reads the report that was left behind',
    'refused',
    visit({ key: reading(report), access: rapporteur }),
  );

  for (const laptop of plenary) await laptop.leave();
  return tallies;
}
