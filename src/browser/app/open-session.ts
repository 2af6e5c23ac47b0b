import * as Y from 'yjs';
import { createStore } from 'zustand/vanilla';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import { documentKeyFrom } from '../../core/protocol/document-key.ts';
import type { FoundHub } from '../../core/protocol/machine.ts';
import type { Ticket } from '../../core/protocol/ticket.ts';
import {
  type GroupDocument,
  initialiseGroupDocument,
  openGroupDocument,
} from '../../core/session/group-document.ts';
import type { Context, GroupId, Part } from '../../core/session/ids.ts';
import { openPlanDocument } from '../../core/session/plan-document.ts';
import {
  initialiseReportFromPlan,
  openReportDocument,
} from '../../core/session/report-document.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import { type PersistedDocument, persistDocument } from '../storage/persist-document.ts';
import type { SessionStore } from '../storage/session-store.ts';
import type { Place } from '../sync/hub-places.ts';
import type { GroupStatus, SessionStatus, StorageState } from '../sync/status.ts';
import { createSupervisor } from '../sync/supervisor.ts';
import { parseAddress } from './address.ts';
import { isPlenaryHub } from './plenary-hub.ts';
import { newId, randomBytes } from './random.ts';
import { createSessionAccess } from './session-access.ts';
import { createSessionFiles } from './session-files.ts';
import { createSetAside } from './set-aside.ts';
import type { OpenedSession, SessionRecord } from './types.ts';
import { openVotingDesk } from './voting-desk.ts';

export interface OpenSessionOptions {
  readonly record: SessionRecord;
  readonly context: Context;
  readonly documents: DocumentStore;
  readonly sessions: SessionStore;
  /** This laptop's own hub, where other laptops come to it: always on the plenary laptop. */
  readonly ownHub: string | null;
  /** Called with the record whenever what is kept of the session has changed. */
  readonly onRecord: (record: SessionRecord) => void;
}

interface Opened {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  readonly persisted: PersistedDocument;
}

/** Addresses that once answered are tried for ever, so there are only so many. */
const MAX_ADDRESSES = 8;
/** Anyone on the network can claim to be many laptops; so many are tried. */
const MAX_PLACES = 32;
/** Nobody sees so small a difference between two clocks. Milliseconds. */
const CLOCK_STEP_MS = 100;

const unknownStatus: GroupStatus = {
  path: 'none',
  inContact: false,
  lastContactAt: null,
  waiting: 0,
  behind: false,
  laptops: [],
};

/** Opens a session's documents from storage and starts all ways. Rejects where storage cannot be read. */
export async function openSession(options: OpenSessionOptions): Promise<OpenedSession> {
  const { documents, sessions } = options;
  let { record, ownHub } = options;
  let nearby: readonly FoundHub[] = [];
  let clockOffset = record.clockOffsetMs ?? 0;
  /** Everybody's times are by the plenary laptop's clock, whatever this laptop's own says. */
  const context: Context = { ...options.context, now: () => options.context.now() + clockOffset };

  async function openDocument(key: DocumentKey): Promise<Opened> {
    const doc = new Y.Doc();
    return { doc, key, persisted: await persistDocument(doc, key.documentId, documents) };
  }
  async function saveRecord(change: Partial<SessionRecord>): Promise<void> {
    record = { ...record, ...change };
    await sessions.put(record);
    options.onRecord(record);
  }

  let planDocument = await openDocument(record.plan);
  let reportDocument = record.report === undefined ? null : await openDocument(record.report);
  const opened = new Map<GroupId, Opened>();
  for (const [groupId, key] of record.groups) opened.set(groupId, await openDocument(key));
  if (record.plenary && reportDocument === null) reportDocument = await takeReportOutOfPlan();

  const all = (): readonly Opened[] => [
    planDocument,
    ...(reportDocument === null ? [] : [reportDocument]),
    ...opened.values(),
  ];
  const documentOf = (part: Part): Opened | null =>
    part === null ? planDocument : part === 'report' ? reportDocument : (opened.get(part) ?? null);
  function setDocument(part: Part, document: Opened): void {
    if (part === null) planDocument = document;
    else if (part === 'report') reportDocument = document;
    else opened.set(part, document);
  }
  /** Of a session that an older Caucus made; others get its key with their next ticket. */
  async function takeReportOutOfPlan(): Promise<Opened | null> {
    const key = documentKeyFrom(randomBytes(32));
    const document = await openDocument(key);
    initialiseReportFromPlan(document.doc, planDocument.doc);
    const before = record;
    try {
      await document.persisted.flush();
      await saveRecord({ report: key });
      return document;
    } catch (error) {
      // A full disk must not keep the session shut; what is written stays in the plan until next time.
      console.error('The report could not be given a document of its own', error);
      record = before;
      await document.persisted.destroy().catch(() => undefined);
      return null;
    }
  }

  const plan = openPlanDocument(planDocument.doc, context);
  const report = reportDocument === null ? null : openReportDocument(reportDocument.doc, context);
  const groups = new Map<GroupId, GroupDocument>();
  for (const [groupId, { doc }] of opened) groups.set(groupId, openGroupDocument(doc, context));

  const access = createSessionAccess({
    record: () => record,
    context,
    plan: planDocument.doc,
    report: reportDocument?.doc ?? null,
    title: () => plan.view.snapshot().title,
    group: (groupId) => opened.get(groupId)?.doc ?? null,
    save: saveRecord,
    async move(part, key) {
      const before = documentOf(part);
      if (before === null) throw new Error(`There is no document ${part}`);
      // From here on nothing comes in any more from whoever has only the former key.
      await supervisor.remove(before.key.documentId);
      let persisted: PersistedDocument | null = null;
      try {
        persisted = await persistDocument(before.doc, key.documentId, documents);
        persisted.rewrite();
        await persisted.flush();
      } catch (error) {
        await Promise.allSettled([persisted?.destroy()]);
        await start(part, before);
        throw error;
      }
      const kept = persisted;
      return async () => {
        const moved: Opened = { doc: before.doc, key, persisted: kept };
        setDocument(part, moved);
        await before.persisted.destroy();
        watchStorage(moved);
        await start(part, moved);
        await aside.open();
        refresh();
      };
    },
    onRevocation: (revocation) => supervisor.revoke(revocation),
    onPass: () => supervisor.reconnect(),
  });
  const shown = access.access === undefined ? {} : { access: access.access };

  /** Statuses are read anew at most once a frame, and replaced only where they differ. */
  let refreshing: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    refreshing ??= setTimeout(() => {
      refreshing = undefined;
      status.setState(readStatus(status.getState()), true);
    }, 16);
  };

  const supervisor = createSupervisor({
    self: {
      deviceId: context.deviceId,
      windowId: newId(),
      role: record.role,
      plenary: record.plenary,
    },
    places: places(),
    sessions,
    now: options.context.now,
    random: randomBytes,
    onChange: refresh,
    onAddress(address) {
      if (record.plenary || record.lastAddress === address) return;
      void saveRecord({ lastAddress: address, addresses: withAddress(address) });
    },
    onClock(place, clock, hubId) {
      if (record.plenary || !isPlenaryHub(record, place, hubId)) return;
      const change = Math.abs(clock.offsetMs - clockOffset);
      // Within its own error a new measurement says nothing new.
      if (change <= Math.max(clock.errorMs, CLOCK_STEP_MS)) return;
      clockOffset = Math.round(clock.offsetMs);
      void saveRecord({ clockOffsetMs: clockOffset });
    },
  });

  function places(): readonly Place[] {
    const own = ownHub === null ? [] : [{ address: ownHub, own: true, plenary: record.plenary }];
    const known = record.plenary ? [] : record.addresses;
    const found = nearby.flatMap(({ addresses, plenary }) =>
      addresses.map((address) => ({ address, own: false, plenary })),
    );
    const all = [
      ...own,
      ...known.map((address) => ({ address, own: false, plenary: true })),
      ...found,
    ];
    return all.slice(0, MAX_PLACES);
  }
  /** The last one that answered, or that a person typed, is tried for longest. */
  const withAddress = (address: string): readonly string[] =>
    [address, ...record.addresses.filter((known) => known !== address)].slice(0, MAX_ADDRESSES);

  const { role } = record;
  // Before the report had a document of its own, the rapporteur wrote the plan.
  const writesPlan = role === 'moderator' || (role === 'rapporteur' && report === null);
  const writesGroups = role !== 'rapporteur';
  const writes = (part: Part): boolean =>
    part === null ? writesPlan : part === 'report' ? role !== 'facilitator' : writesGroups;
  const status = createStore<SessionStatus>(() => readStatus(null));

  const start = (part: Part, document: Opened): Promise<void> => {
    // What the whole room has open would be too large a mesh; the report goes the same way.
    const direct = part !== null && part !== 'report' && writes(part);
    return supervisor.add({ ...document, ...shown, speaks: writes(part), direct });
  };
  await start(null, planDocument);
  if (reportDocument !== null) await start('report', reportDocument);
  for (const [groupId, document] of opened) await start(groupId, document);

  const aside = createSetAside({
    record: () => record,
    current: (part) => documentOf(part)?.doc ?? null,
    openDocument,
    start: ({ doc, key, persisted }) =>
      supervisor.add({ doc, key, persisted, ...shown, speaks: false, direct: false }),
  });
  access.enter();
  await aside.open();

  function storageState(): StorageState {
    const states = all().map(({ persisted }) => persisted.state());
    return (
      states.find(({ state }) => state === 'failed') ??
      states.find(({ state }) => state === 'saving') ?? { state: 'saved' }
    );
  }
  function readStatus(before: SessionStatus | null): SessionStatus {
    const read = (key: DocumentKey, old: GroupStatus | undefined): GroupStatus => {
      const next = supervisor.status(key.documentId) ?? unknownStatus;
      return old !== undefined && isSame(old, next) ? old : next;
    };
    const report =
      record.report === undefined ? null : read(record.report, before?.report ?? undefined);
    // Who only reads a document asks nobody about it: contact is what it is for what one writes.
    const readsPlan = role === 'rapporteur' && report !== null;
    const seen = read(record.plan, readsPlan ? undefined : before?.plan);
    const plan = readsPlan ? orBefore(asReader(seen, report), before?.plan) : seen;
    const statuses = new Map(
      [...opened].map(([groupId, { key }]) => {
        const old = before?.groups.get(groupId);
        if (writesGroups) return [groupId, read(key, old)];
        return [groupId, orBefore(asReader(read(key, undefined), plan), old)];
      }),
    );
    const unchanged =
      before !== null &&
      statuses.size === before.groups.size &&
      [...statuses].every(([groupId, value]) => before.groups.get(groupId) === value);
    const storage = storageState();
    const next: SessionStatus = {
      plenary: record.plenary,
      plan,
      report,
      groups: unchanged ? before.groups : statuses,
      storage: before !== null && isSame(before.storage, storage) ? before.storage : storage,
      takenBack: supervisor.isTakenBack() || access.isTakenBack(),
    };
    return before !== null &&
      next.plan === before.plan &&
      next.report === before.report &&
      next.groups === before.groups &&
      next.takenBack === before.takenBack &&
      next.storage === before.storage
      ? before
      : next;
  }
  const watchStorage = ({ persisted }: Opened): void => {
    let failed = false;
    persisted.subscribe(() => {
      const { state } = persisted.state();
      if (failed && state === 'saved') void afterFullDisk(persisted);
      failed = state === 'failed';
      refresh();
    });
  };
  /** A full disk has been seen to take all that was on it; this document has just written itself. */
  async function afterFullDisk(written: PersistedDocument): Promise<void> {
    for (const { persisted } of all()) {
      if (persisted !== written) persisted.rewrite();
    }
    await saveRecord({});
  }
  all().forEach(watchStorage);

  /** The session list shows the title also while the session is closed. */
  const keepTitle = plan.view.subscribe(() => {
    const { title } = plan.view.snapshot();
    if (title !== '' && title !== record.title) void saveRecord({ title });
  });
  const { title } = plan.view.snapshot();
  await saveRecord({ openedAt: context.now(), ...(title !== '' && { title }) });

  const files = createSessionFiles({
    sessions,
    context,
    session: () => ({
      sessionId: record.sessionId,
      title: plan.view.snapshot().title || record.title,
      from: {
        deviceId: context.deviceId,
        role: record.role,
        groupId: record.groupId,
        // Its file counts as its word on what it has on disk; while it cannot write, it gives none.
        plenary: record.plenary && storageState().state === 'saved',
      },
      documents: [
        { ...planDocument, part: null, writable: writesPlan },
        ...(reportDocument === null
          ? []
          : [{ ...reportDocument, part: 'report' as const, writable: writes('report') }]),
        ...[...opened].map(([part, one]) => ({ ...one, part, writable: writesGroups })),
      ],
      former: {
        keys: record.retired ?? [],
        left: ({ documentId }) => aside.left(documentId),
        hasAccess: access.hasAccess,
      },
    }),
    onReceipt: (documentId, receipt) => supervisor.takeReceipt(documentId, receipt),
    flush: () => Promise.allSettled([...all().map((one) => one.persisted.flush()), aside.flush()]),
  });

  return {
    get record() {
      return record;
    },
    deviceId: context.deviceId,
    plan,
    report,
    groups,
    status,
    setWriting(groupId, writing) {
      const key = record.groups.get(groupId);
      if (key !== undefined) supervisor.setWriting(key.documentId, writing);
    },
    async addAddress(typed) {
      const address = parseAddress(typed);
      if (address === null) return 'not-an-address';
      await saveRecord({ addresses: withAddress(address) });
      supervisor.setPlaces(places());
      return 'added';
    },
    setNearby(hubs) {
      nearby = hubs;
      supervisor.setPlaces(places());
    },
    setOwnHub(address) {
      ownHub = address;
      supervisor.setPlaces(places());
    },
    now: context.now,
    ticketFor(who, addresses, hubId = null): Ticket {
      const groupId = 'groupId' in who ? who.groupId : null;
      const role = 'groupId' in who ? 'facilitator' : who.role;
      return access.ticketFor(role, groupId, addresses, hubId);
    },
    laptopsOf: access.laptopsOf,
    takeBack: access.takeBack,
    setAside: aside.notes,
    openVotingDesk: (address) =>
      openVotingDesk({
        address,
        plan,
        flush: () => planDocument.persisted.flush(),
        now: context.now,
      }),
    async addGroup(name, online) {
      const added = plan.addGroup(name, online);
      if (!added.ok) return null;
      const document = await openDocument(documentKeyFrom(randomBytes(32)));
      initialiseGroupDocument(document.doc, added.value);
      opened.set(added.value, document);
      groups.set(added.value, openGroupDocument(document.doc, context));
      watchStorage(document);
      await saveRecord({ groups: new Map([...record.groups, [added.value, document.key]]) });
      access.onGroups();
      await start(added.value, document);
      refresh();
      return added.value;
    },
    ...files,
    async close() {
      keepTitle();
      await access.destroy();
      await supervisor.destroy();
      await aside.close();
      clearTimeout(refreshing);
      for (const document of [plan, report, ...groups.values()]) document?.destroy();
      const results = await Promise.allSettled(all().map(({ persisted }) => persisted.destroy()));
      all().forEach(({ doc }) => doc.destroy());
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

const asReader = (read: GroupStatus, written: GroupStatus): GroupStatus => ({
  ...read,
  path: written.path,
  inContact: written.inContact,
  lastContactAt: written.lastContactAt,
});

const orBefore = (next: GroupStatus, before: GroupStatus | undefined): GroupStatus =>
  before !== undefined && isSame(before, next) ? before : next;

/** Statuses are small plain objects, so comparing their text is exact and short. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
