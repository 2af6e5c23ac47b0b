import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type * as Y from 'yjs';
import { fromBase64Url, toBase64Url } from '../../core/protocol/base64url.ts';
import {
  type DocumentKey,
  documentKeyFrom,
  documentKeyOf,
  type DocumentSecret,
  readersSecretOf,
} from '../../core/protocol/document-key.ts';
import { nobleKeyAgreement, nobleKeyPairFrom } from '../../core/protocol/noble-key-agreement.ts';
import type { Revocation } from '../../core/protocol/relay-frame.ts';
import { openBox, sealBox } from '../../core/protocol/sealed-box.ts';
import type { KeyPair } from '../../core/protocol/secure-channel.ts';
import type { SessionKey } from '../../core/protocol/session-key.ts';
import {
  encodeTicket,
  issueTicket,
  passBytesOf,
  readTicket,
  type Role,
  type Ticket,
} from '../../core/protocol/ticket.ts';
import { parseJson, utf8Decode } from '../../core/protocol/utf8.ts';
import type { Context, DeviceId, GroupId } from '../../core/session/ids.ts';
import {
  type EnteredLaptop,
  enterLaptop,
  laptopsIn,
  onLaptops,
} from '../../core/session/laptops.ts';
import {
  boxFor,
  onRenewals,
  type Renewal,
  renewalsIn,
  writeBox,
  writeRenewal,
} from '../../core/session/renewals.ts';
import type { Access } from '../transport/transport.ts';
import { newId, randomBytes } from './random.ts';
import type { SessionRecord } from './types.ts';

export interface SessionAccessOptions {
  record(): SessionRecord;
  readonly context: Context;
  readonly plan: Y.Doc;
  readonly title: () => string;
  readonly group: (groupId: GroupId) => Y.Doc | null;
  readonly save: (change: Partial<SessionRecord>) => Promise<void>;
  /**
   * Lets go of a group's former key, writes the document under the new one, and resolves to what starts
   * it there. Rejects where it could not be written; the former one is gone on with then.
   */
  readonly moveGroup: (groupId: GroupId, key: DocumentKey) => Promise<() => Promise<void>>;
  /** What was taken back is another than before; for this laptop's own hub. */
  readonly onRevocation: (revocation: Revocation) => void;
  /** What this laptop shows is another than before, so hubs are to be asked again. */
  readonly onPass: () => void;
}

/** What this laptop may do in its session, and whom else it lets in and out. */
export interface SessionAccess {
  /** Undefined where the session was made before there were signatures. */
  readonly access: Access | undefined;
  /** Throws where this laptop is no moderator's. */
  ticketFor(
    role: Role,
    groupId: GroupId | null,
    addresses: readonly string[],
    hubId: string | null,
  ): Ticket;
  /** The group's laptops that have entered themselves and have not lost their access. */
  laptopsOf(groupId: GroupId): readonly EnteredLaptop[];
  /** Takes a laptop's access to a group back. The others go on as soon as they hear of it. */
  takeBack(groupId: GroupId, deviceId: DeviceId): void;
  /** Whether this laptop has lost its access. */
  isTakenBack(): boolean;
  /** To be called once the documents are open; and the group's again after it was moved. */
  enter(): void;
  /** The groups that there are have changed. */
  onGroups(): void;
  destroy(): Promise<void>;
}

const boxesSchema = v.array(
  v.object({
    id: v.string(),
    groupId: v.string(),
    at: v.number(),
    to: v.string(),
    box: v.string(),
  }),
);
/** What a hub hands out fits into one frame of the relay. Bytes. */
const MAX_BOXES_BYTES = 200 * 1024;
const SECOND_MS = 1_000;
const keys = nobleKeyAgreement(randomBytes);
const asItIs = (secret: DocumentSecret): DocumentSecret => secret;

export function createSessionAccess(options: SessionAccessOptions): SessionAccess {
  const { context, plan } = options;
  const { deviceId } = context;
  const { sessionKey } = options.record();
  let ownPass: Uint8Array | null = null;
  let following: Promise<void> = Promise.resolve();
  let destroyed = false;
  /** Until the document is there that this laptop is to enter itself in. */
  let stopWaiting = (): void => undefined;

  function issue(
    role: Role,
    groupId: GroupId | null,
    addresses: readonly string[],
    hubId: string | null,
    groups = options.record().groups,
  ): Ticket {
    const { signingSeed, plan: planKey } = options.record();
    if (signingSeed === undefined) throw new Error('Only a moderator lets others in');
    const mine = [...groups].filter(([id]) => groupId === null || id === groupId);
    // What a role only reads, its ticket cannot write. A2.
    const groupSecret = role === 'rapporteur' ? readersSecretOf : asItIs;
    const planSecret = role === 'facilitator' ? readersSecretOf : asItIs;
    return issueTicket(
      {
        ticketId: newId(),
        title: options.title(),
        role,
        groupId,
        plan: planSecret(planKey.secret),
        groups: new Map(mine.map(([id, key]) => [id, groupSecret(key.secret)])),
        addresses,
        hubId,
      },
      signingSeed,
      context.now(),
    );
  }
  /** A moderator's own is made here, for all groups that there are by now. */
  function pass(): Uint8Array {
    const record = options.record();
    if (record.signingSeed === undefined) {
      return fromBase64Url(record.pass ?? '') ?? new Uint8Array();
    }
    ownPass ??= passBytesOf(issue('moderator', null, [], null));
    return ownPass;
  }
  /** The key by which others seal something for this laptop; made once and kept. */
  function boxKeys(): KeyPair | null {
    const secretKey = fromBase64Url(options.record().boxSecret ?? '');
    return secretKey?.length === 32 ? nobleKeyPairFrom(secretKey) : null;
  }

  /** The newest renewal of each group. */
  function newest(): ReadonlyMap<GroupId, Renewal> {
    return new Map(renewalsIn(plan).map((renewal) => [renewal.groupId, renewal]));
  }
  /** A laptop may come back with a new ticket, and enters itself anew then. */
  const hasLost = (groupId: GroupId, { deviceId: one, at }: EnteredLaptop): boolean =>
    renewalsIn(plan).some(
      (renewal) =>
        renewal.groupId === groupId && renewal.takenBack.includes(one) && at <= renewal.at,
    );

  const isNews = ({ groupId, at, id }: Pick<Renewal, 'groupId' | 'at' | 'id'>): boolean => {
    const known = options.record().renewed?.get(groupId);
    return known === undefined || at > known.at || (at === known.at && id > known.id);
  };
  /** Goes on with a group under the secret in the box. What is no box for this laptop is left alone. */
  async function take({ groupId, at, id }: Omit<Renewal, 'takenBack'>, box: string): Promise<void> {
    const own = boxKeys();
    const record = options.record();
    const before = record.groups.get(groupId);
    if (own === null || before === undefined || !isNews({ groupId, at, id })) return;
    const word = utf8Decode(
      openBox(keys, own, fromBase64Url(box) ?? new Uint8Array()) ?? new Uint8Array(),
    );
    const read = word === null ? null : readTicket(word, context.now());
    if (read?.ok !== true || read.ticket.sessionId !== record.sessionId) return;
    const { ticket } = read;
    const secret = ticket.groups.get(groupId);
    if (secret === undefined || ticket.role !== record.role) return;
    const key = documentKeyOf(secret);
    if (key.documentId === before.documentId) return;
    const start = await options.moveGroup(groupId, key);
    await options.save({
      groups: new Map([...options.record().groups, [groupId, key]]),
      retired: [...(options.record().retired ?? []), { groupId, key: before }],
      renewed: new Map([...(options.record().renewed ?? []), [groupId, { id, at }]]),
      ...(record.signingSeed === undefined && { pass: toBase64Url(passBytesOf(ticket)) }),
    });
    ownPass = null;
    await start();
    enter();
    // Hubs have refused the former pass for the plan, too.
    if (record.role === 'facilitator') options.onPass();
  }
  function sayRevocation(): void {
    if (sessionKey !== undefined) options.onRevocation(revocation(sessionKey));
  }
  async function follow(): Promise<void> {
    // First of all the hub: until it knows, what the lost laptop sends goes on to the others.
    sayRevocation();
    for (const renewal of newest().values()) {
      const box = boxFor(plan, renewal.id, deviceId);
      if (box !== null) await take(renewal, box);
    }
    sayRevocation();
  }
  /** One after the other; a disk that refuses to write is tried again with the next change. */
  function queue(act: () => Promise<void>): void {
    following = following.then(act).catch((error: unknown) => {
      console.error('A renewed group could not be gone on with', error);
    });
  }
  const followSoon = (): void => queue(async () => (destroyed ? undefined : follow()));

  function revocation(key: SessionKey): Revocation {
    const record = options.record();
    const boxes = [...newest().values()].flatMap(({ id, groupId, at }) =>
      laptopsOf(groupId).flatMap(({ deviceId: to }) => {
        const box = boxFor(plan, id, to);
        return box === null ? [] : [{ id, groupId, at, to, box }];
      }),
    );
    const bytes = utf8ToBytes(JSON.stringify(boxes));
    return {
      sessionKey: key,
      ticketIds: [],
      groups: [...newest().values()].map(({ groupId, at }) => ({
        groupId,
        before: Math.floor(at / SECOND_MS) * SECOND_MS,
      })),
      setAside: [
        ...(record.retired ?? []).map(({ key }) => key),
        // And those that this laptop is about to leave.
        ...[...newest().values()].flatMap((renewal) => {
          const key = isNews(renewal) ? record.groups.get(renewal.groupId) : undefined;
          return key === undefined ? [] : [key];
        }),
      ].map(({ documentId }) => documentId),
      boxes: boxes.length === 0 || bytes.length > MAX_BOXES_BYTES ? new Uint8Array() : bytes,
    };
  }

  function laptopsOf(groupId: GroupId): readonly EnteredLaptop[] {
    const doc = options.group(groupId);
    return doc === null ? [] : laptopsIn(doc).filter((laptop) => !hasLost(groupId, laptop));
  }
  function sealed(to: EnteredLaptop, ticket: Ticket): string | null {
    const key = fromBase64Url(to.boxKey) ?? new Uint8Array();
    const box = sealBox(keys, key, utf8ToBytes(encodeTicket(ticket)));
    return box === null ? null : toBase64Url(box);
  }
  /** Moderators and the rapporteur may come to light after a renewal, and are given theirs then. */
  function boxLate(): void {
    const record = options.record();
    if (!record.plenary || record.signingSeed === undefined) return;
    for (const { groupId, id, takenBack } of newest().values()) {
      const key = record.groups.get(groupId);
      // Not before this laptop itself goes on under the new secret.
      if (key === undefined || record.renewed?.get(groupId)?.id !== id) continue;
      for (const laptop of laptopsIn(plan)) {
        if (laptop.role === 'facilitator' || takenBack.includes(laptop.deviceId)) continue;
        if (boxFor(plan, id, laptop.deviceId) !== null) continue;
        const box = sealed(laptop, issue(laptop.role, null, [], null));
        if (box !== null) writeBox(plan, id, laptop.deviceId, box);
      }
    }
  }
  function enter(): void {
    const record = options.record();
    const own = boxKeys();
    if (own === null || record.sessionKey === undefined) return;
    const doc =
      record.role === 'facilitator'
        ? record.groupId === null
          ? null
          : options.group(record.groupId)
        : plan;
    if (doc === null) return;
    stopWaiting();
    // Nobody enters what is not there yet: the document would seem to have something in it.
    if (doc.getMap('meta').get('kind') === undefined) {
      doc.on('afterTransaction', enter);
      stopWaiting = () => doc.off('afterTransaction', enter);
      return;
    }
    enterLaptop(doc, {
      deviceId,
      role: record.role,
      ticketId: record.ticketId ?? '',
      boxKey: toBase64Url(own.publicKey),
      at: context.now(),
    });
  }

  const access: Access | undefined =
    sessionKey === undefined
      ? undefined
      : {
          sessionKey,
          pass,
          onBoxes(bytes) {
            const read = v.safeParse(boxesSchema, parseJson(utf8Decode(bytes) ?? ''));
            if (!read.success) return;
            for (const { id, groupId, at, to, box } of read.output) {
              if (to !== deviceId) continue;
              queue(() => take({ id, groupId: groupId as GroupId, at }, box));
            }
          },
        };
  const stops =
    sessionKey === undefined ? [] : [onRenewals(plan, followSoon), onLaptops(plan, boxLate)];

  return {
    access,
    ticketFor: (role, groupId, addresses, hubId) => issue(role, groupId, addresses, hubId),
    laptopsOf,
    takeBack(groupId, lostDevice) {
      const record = options.record();
      const key = documentKeyFrom(randomBytes(32));
      const groups = new Map([...record.groups, [groupId, key]]);
      const stay = [
        ...laptopsOf(groupId).filter((laptop) => laptop.deviceId !== lostDevice),
        ...laptopsIn(plan).filter(({ role }) => role !== 'facilitator'),
      ];
      const boxes = new Map<DeviceId, string>();
      for (const laptop of stay) {
        const group = laptop.role === 'facilitator' ? groupId : null;
        const box = sealed(laptop, issue(laptop.role, group, [], null, groups));
        if (box !== null) boxes.set(laptop.deviceId, box);
      }
      const at = context.now();
      writeRenewal(plan, { id: newId(), groupId, at, takenBack: [lostDevice] }, boxes);
    },
    isTakenBack() {
      const { groupId, role } = options.record();
      const doc = role === 'facilitator' && groupId !== null ? options.group(groupId) : null;
      const own =
        doc === null ? undefined : laptopsIn(doc).find((one) => one.deviceId === deviceId);
      return groupId !== null && own !== undefined && hasLost(groupId, own);
    },
    enter() {
      enter();
      boxLate();
      followSoon();
    },
    onGroups() {
      ownPass = null;
    },
    async destroy() {
      destroyed = true;
      stopWaiting();
      for (const stop of stops) stop();
      await following;
    },
  };
}
