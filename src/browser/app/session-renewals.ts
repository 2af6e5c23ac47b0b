import type * as Y from 'yjs';
import { toBase64Url } from '../../core/protocol/base64url.ts';
import {
  type DocumentKey,
  documentKeyFrom,
  documentKeyOf,
  type DocumentSecret,
} from '../../core/protocol/document-key.ts';
import type { Revocation } from '../../core/protocol/relay-frame.ts';
import type { KeyPair } from '../../core/protocol/secure-channel.ts';
import type { SessionKey } from '../../core/protocol/session-key.ts';
import { passBytesOf, type Role, type Ticket } from '../../core/protocol/ticket.ts';
import type { Context, DeviceId, GroupId, Part } from '../../core/session/ids.ts';
import { type EnteredLaptop, laptopsIn } from '../../core/session/laptops.ts';
import {
  boxesIn,
  currentRenewals,
  type Renewal,
  renewalsIn,
  type TakenBack,
  wereMadeAtOnce,
  writeBox,
  writeRenewal,
} from '../../core/session/renewals.ts';
import { newId, randomBytes } from './random.ts';
import {
  inSeconds,
  openTicket,
  readBoxes,
  type Renewed,
  sealTicket,
  writeBoxes,
} from './renewal-boxes.ts';
import type { SessionRecord } from './types.ts';

/** For whom a ticket is to be made, and with which keys. */
export interface TicketFor {
  readonly role: Role;
  readonly groupId: GroupId | null;
  readonly plan: DocumentKey;
  readonly report: DocumentKey | undefined;
  readonly groups: ReadonlyMap<GroupId, DocumentKey>;
  /** By the plenary laptop's clock: milliseconds since 1970. */
  readonly at: number;
}
export interface SessionRenewalsOptions {
  record(): SessionRecord;
  readonly context: Context;
  readonly plan: Y.Doc;
  readonly report: Y.Doc | null;
  readonly group: (groupId: GroupId) => Y.Doc | null;
  /** By which this laptop opens what others seal for it. */
  readonly own: () => KeyPair | null;
  readonly issue: (who: TicketFor) => Ticket;
  readonly save: (change: Partial<SessionRecord>) => Promise<void>;
  /** See `SessionAccessOptions.move`. */
  readonly move: (part: Part, key: DocumentKey) => Promise<() => Promise<void>>;
  /** What the hub is to know has changed. */
  readonly onRevocation: (revocation: Revocation) => void;
  /** This laptop goes on under other keys and with another pass. */
  readonly onMoved: () => void;
}

/** What of the session goes on under new secrets since laptops lost their access (decision 13). */
export interface SessionRenewals {
  /** Those of a group, or with null the moderators' and the rapporteur's, that have access. */
  readonly laptopsOf: (groupId: GroupId | null) => readonly EnteredLaptop[];
  readonly takeBack: (groupId: GroupId | null, deviceId: DeviceId) => void;
  readonly hasLost: (groupId: GroupId | null, laptop: EnteredLaptop) => boolean;
  /** Whether a laptop has entered itself anywhere and is known not to have lost its access. */
  readonly hasAccess: (deviceId: string) => boolean;
  /** Goes on with whatever has been renewed, and puts right what was renewed twice at once. */
  follow(): Promise<void>;
  /** What a hub has handed out: how this laptop goes on, or null where there is nothing for it. */
  readBoxes(bytes: Uint8Array): (() => Promise<void>) | null;
  /** Gives moderators and the rapporteur that came to light after a renewal what they go on with. */
  readonly boxLate: () => void;
}

interface Concerned {
  readonly laptop: EnteredLaptop;
  readonly groupId: GroupId | null;
}

export function createSessionRenewals(options: SessionRenewalsOptions): SessionRenewals {
  const { context, plan } = options;

  const covers = (renewal: Renewed, group: GroupId | null): boolean =>
    renewal.groupId === null || renewal.groupId === group;
  /** What of this laptop's a renewal changes, the plan last: by it hubs hand out boxes to who is late. */
  function partsOf({ groupId }: Renewed): readonly Part[] {
    if (groupId !== null) return [groupId];
    const { groups, report } = options.record();
    return [...groups.keys(), ...(report === undefined ? [] : ['report' as const]), null];
  }
  function keyOf(part: Part): DocumentKey | undefined {
    const { plan: planKey, report, groups } = options.record();
    if (part === null) return planKey;
    return part === 'report' ? report : groups.get(part);
  }
  const isNews = (part: Part, { at, id }: Renewed): boolean => {
    const known = options.record().renewed?.get(part);
    return known === undefined || at > known.at || (at === known.at && id > known.id);
  };
  /** A laptop may come back with a new ticket, and enters itself anew then. */
  const hasLost = (group: GroupId | null, { deviceId, ticketId }: EnteredLaptop): boolean =>
    renewalsIn(plan).some(
      (renewal) =>
        covers(renewal, group) &&
        renewal.takenBack.some((one) => one.deviceId === deviceId && one.ticketId === ticketId),
    );
  /** One that became moderator's after being the rapporteur's, or so, has entered itself twice. */
  function entriesOf(group: GroupId | null): readonly EnteredLaptop[] {
    return (group === null ? [plan, options.report] : [options.group(group)])
      .flatMap((doc) => (doc === null ? [] : laptopsIn(doc)))
      .filter(
        (laptop) => (group === null) === (laptop.role !== 'facilitator') && !hasLost(group, laptop),
      )
      .sort((one, other) => one.at - other.at);
  }
  /** Such a one is what it became last. */
  const laptopsOf = (group: GroupId | null): readonly EnteredLaptop[] => [
    ...new Map(entriesOf(group).map((one) => [one.deviceId, one])).values(),
  ];
  /** All that a renewal concerns, each with the group that its ticket is for. */
  function concerned(groupId: GroupId | null): readonly Concerned[] {
    const groups = groupId === null ? [...options.record().groups.keys()] : [groupId];
    const all = [...groups, null].flatMap((part: GroupId | null) =>
      laptopsOf(part).map((laptop) => ({ laptop, groupId: part })),
    );
    // A laptop that has been more than one thing is what it became last.
    all.sort((one, other) => one.laptop.at - other.laptop.at);
    return [...new Map(all.map((one) => [one.laptop.deviceId, one])).values()];
  }

  function renew(groupId: GroupId | null, takenBack: readonly TakenBack[]): void {
    const record = options.record();
    const known = renewalsIn(plan);
    // Later than what it comes after, whatever the other moderator's clock said.
    const at = Math.max(context.now(), (known.at(-1)?.at ?? 0) + 1);
    const next = (): DocumentKey => documentKeyFrom(randomBytes(32));
    const groups = new Map(
      [...record.groups].map(([id, key]) => [
        id,
        covers({ id: '', groupId, at }, id) ? next() : key,
      ]),
    );
    const planKey = groupId === null ? next() : record.plan;
    const report = groupId === null && record.report !== undefined ? next() : record.report;
    const boxes = new Map<DeviceId, string>();
    for (const { laptop, groupId: ofGroup } of concerned(groupId)) {
      if (takenBack.some(({ deviceId }) => deviceId === laptop.deviceId)) continue;
      const { role } = laptop;
      const box = sealTicket(
        laptop,
        options.issue({ role, groupId: ofGroup, plan: planKey, report, groups, at }),
      );
      if (box !== null) boxes.set(laptop.deviceId, box);
    }
    const after = known.map(({ id }) => id);
    writeRenewal(plan, { id: newId(), groupId, at, takenBack, after }, boxes);
  }
  function takeBack(group: GroupId | null, deviceId: DeviceId): void {
    const found = [null, ...options.record().groups.keys()].flatMap((one: GroupId | null) =>
      entriesOf(one).flatMap((laptop) =>
        laptop.deviceId === deviceId ? [{ ...laptop, part: one }] : [],
      ),
    );
    // A laptop that has been more than one thing knows more than one group.
    const isMore = found.some((entry) => entry.part !== group);
    renew(
      isMore ? null : group,
      found.map(({ ticketId }) => ({ deviceId, ticketId })),
    );
  }
  /** Whoever lost access by the one renewal has a box in the other: once more, knowing of both. */
  function settle(): void {
    const { plenary, signingSeed } = options.record();
    const renewals = renewalsIn(plan);
    if (!plenary || signingSeed === undefined || !wereMadeAtOnce(renewals)) return;
    const stays = new Set(concerned(null).map(({ laptop }) => laptop.deviceId));
    renew(
      null,
      renewals.flatMap(({ takenBack }) => takenBack).filter(({ deviceId }) => !stays.has(deviceId)),
    );
  }

  function open(box: string, renewed: Renewed): Ticket | null {
    const own = options.own();
    return own && openTicket(own, box, renewed, options.record(), context.now());
  }
  /** Goes on under the secrets in the box. What is no box for this laptop is left alone. */
  async function take(renewed: Renewed, box: string): Promise<void> {
    const ticket = open(box, renewed);
    if (ticket === null) return;
    const { id, groupId, at } = renewed;
    const stay = concerned(groupId);
    const { plan: planKey, report, signingSeed, plenary } = options.record();
    const next = { plan: planKey, report, groups: new Map(options.record().groups) };
    const retired = [...(options.record().retired ?? [])];
    const news = new Map(options.record().renewed);
    const starts: (() => Promise<void>)[] = [];
    const isNewest = partsOf(renewed).some((part) => isNews(part, renewed));
    async function movePart(part: Part): Promise<void> {
      const before = keyOf(part);
      const secret = ticket === null ? undefined : secretIn(ticket, part);
      if (before === undefined || secret === undefined) return;
      const key = documentKeyOf(secret);
      if (retired.some(({ key: old }) => old.documentId === key.documentId)) return;
      const isSame = key.documentId === before.documentId;
      if (!isNews(part, renewed)) {
        // Overtaken before this laptop heard of it; somebody may have gone on under it for a while.
        if (!isSame) retired.push({ part, key });
        return;
      }
      if (!isSame) {
        starts.push(await options.move(part, key));
        retired.push({ part, key: before });
        if (part === null) next.plan = key;
        else if (part === 'report') next.report = key;
        else next.groups.set(part, key);
      }
      news.set(part, { id, at });
    }
    try {
      for (const part of partsOf(renewed)) await movePart(part);
    } finally {
      // Also where one of them could not be written: the others are there already.
      const pass = isNewest && signingSeed === undefined ? toBase64Url(passBytesOf(ticket)) : null;
      const { report: reportKey, ...others } = next;
      const change = {
        ...others,
        ...(reportKey !== undefined && { report: reportKey }),
        retired,
        renewed: news,
        ...(pass !== null && { pass }),
      };
      if (isNewest || retired.length > (options.record().retired ?? []).length) {
        await options.save(change);
      }
      for (const start of starts) await start();
    }
    if (!isNewest) return;
    // Another moderator did not know of every laptop that this one knew of at that moment.
    if (plenary) giveBoxes(id, stay);
    options.onMoved();
  }
  function giveBoxes(id: string, to: readonly Concerned[]): void {
    const renewal = renewalsIn(plan).find((one) => one.id === id);
    const { signingSeed, plan: planKey, report, groups } = options.record();
    if (renewal === undefined || signingSeed === undefined) return;
    const given = boxesIn(plan, renewal);
    for (const { laptop, groupId } of to) {
      const { deviceId, role } = laptop;
      const isOut = renewal.takenBack.some((one) => one.deviceId === deviceId);
      if (given.has(deviceId) || isOut) continue;
      const at = Math.max(context.now(), renewal.at);
      const who = { role, groupId, plan: planKey, report, groups, at };
      const box = sealTicket(laptop, options.issue(who));
      if (box !== null) writeBox(plan, id, deviceId, box);
    }
  }

  /** Who came with a ticket from after it has its secrets, and no box. */
  const isToBeFollowed = (renewal: Renewal): boolean =>
    boxesIn(plan, renewal).has(context.deviceId) ||
    (options.record().issuedAt ?? 0) < inSeconds(renewal.at);
  function revocation(key: SessionKey): Revocation {
    const record = options.record();
    const current = currentRenewals(renewalsIn(plan));
    const boxes = current.flatMap((renewal) =>
      [...boxesIn(plan, renewal)].map(([to, box]) => {
        const { id, groupId, at } = renewal;
        return { id, groupId, at, to, box };
      }),
    );
    // Those that this laptop is about to leave go on under another name for the others already.
    const leaving = current
      .filter(isToBeFollowed)
      .flatMap((renewal) =>
        partsOf(renewal).flatMap((part) => (isNews(part, renewal) ? (keyOf(part) ?? []) : [])),
      );
    return {
      sessionKey: key,
      ticketIds: [],
      groups: current.map(({ groupId, at }) => ({ groupId, before: inSeconds(at) })),
      setAside: [...(record.retired ?? []).map(({ key: old }) => old), ...leaving].map(
        ({ documentId }) => documentId,
      ),
      boxes: writeBoxes(boxes),
    };
  }
  function sayRevocation(): void {
    const { sessionKey } = options.record();
    if (sessionKey !== undefined) options.onRevocation(revocation(sessionKey));
  }

  return {
    laptopsOf,
    takeBack,
    hasLost,
    hasAccess(deviceId) {
      const { groups, renewed } = options.record();
      const known = new Set(renewalsIn(plan).map(({ id }) => id));
      // The box came from a hub, and the plan with the names has not.
      if ([...(renewed?.values() ?? [])].some(({ id }) => !known.has(id))) return false;
      return [null, ...groups.keys()].some((part) =>
        laptopsOf(part).some((laptop) => laptop.deviceId === deviceId),
      );
    },
    async follow() {
      // First of all the hub: until it knows, what the lost laptop sends goes on to the others.
      sayRevocation();
      for (const renewal of renewalsIn(plan)) {
        // The former plan is what tells the plenary laptop; its hub hands out the boxes once it knows.
        if (renewal.groupId === null && !options.record().plenary) continue;
        const box = boxesIn(plan, renewal).get(context.deviceId);
        if (box !== undefined) await take(renewal, box);
      }
      settle();
      sayRevocation();
    },
    readBoxes(bytes) {
      const own = readBoxes(bytes).filter(
        (one) => one.to === context.deviceId && open(one.box, one) !== null,
      );
      if (own.length === 0) return null;
      return async () => {
        for (const one of own) await take(one, one.box);
      };
    },
    boxLate() {
      if (!options.record().plenary) return;
      const others = laptopsOf(null).map((laptop) => ({ laptop, groupId: null }));
      for (const renewal of currentRenewals(renewalsIn(plan))) {
        // Not before this laptop itself goes on under the new secrets.
        const isFollowed = partsOf(renewal).every((part) => !isNews(part, renewal));
        if (isFollowed) giveBoxes(renewal.id, others);
      }
    },
  };
}

function secretIn(ticket: Ticket, part: Part): DocumentSecret | undefined {
  if (part === null) return ticket.plan;
  return part === 'report' ? (ticket.report ?? undefined) : ticket.groups.get(part);
}
