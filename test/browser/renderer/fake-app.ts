import * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AskState } from '../../../src/browser/app/ask-to-join.ts';
import type { JoinRequest } from '../../../src/browser/app/join-desk.ts';
import type {
  CaucusApp,
  CreateResult,
  OnlyHere,
  OpenedSession,
  SessionRecord,
  SetAside,
} from '../../../src/browser/app/types.ts';
import {
  type LiveVoting,
  nothingLive,
  type VotingDesk,
} from '../../../src/browser/app/voting-desk.ts';
import type { PassphraseResult, Protection } from '../../../src/browser/storage/keyring.ts';
import type { Restored, VaultStatus } from '../../../src/browser/storage/vault-status.ts';
import type { GroupStatus, SessionStatus } from '../../../src/browser/sync/status.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import {
  sessionIdOf,
  sessionKeyOf,
  signingSeedFrom,
} from '../../../src/core/protocol/session-key.ts';
import { issueTicket, type Ticket } from '../../../src/core/protocol/ticket.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { Context, DeviceId, GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { laptopsIn } from '../../../src/core/session/laptops.ts';
import {
  initialisePlanDocument,
  openPlanDocument,
  type PlanDocument,
} from '../../../src/core/session/plan-document.ts';
import { createSessionFiles } from '../../../src/browser/app/session-files.ts';
import { createFileStorage, type FakeFileStorage, fileableOf } from './fake-files.ts';
import {
  initialiseReportDocument,
  openReportDocument,
} from '../../../src/core/session/report-document.ts';
import { checkPlanInput, type PlanInput } from '../../../src/core/session/plan-input.ts';

export interface FakeSession {
  readonly record: SessionRecord;
  readonly planDoc: Y.Doc;
  readonly reportDoc: Y.Doc;
  readonly groupDocs: ReadonlyMap<GroupId, Y.Doc>;
  readonly status: StoreApi<SessionStatus>;
  /** From whom access was taken back here, and what they still sent. */
  readonly takenBack: { readonly groupId: GroupId | null; readonly deviceId: DeviceId }[];
  readonly setAside: StoreApi<readonly SetAside[]>;
  /** What is kept of the plenary laptop's word, and of session files. */
  readonly storage: FakeFileStorage;
}

export interface FakeApp extends CaucusApp {
  /** The session's documents and status, to be changed as if from other laptops. */
  inside(sessionId: SessionId): FakeSession;
  /** Makes this laptop another role's, as if its ticket had been joined here. */
  become(sessionId: SessionId, change: Partial<SessionRecord>): void;
  /** As where this laptop's ticket is an older Caucus's. */
  loseReport(sessionId: SessionId): void;
  readonly context: Context;
  /** What the plenary laptop has said of this session; without it this is the plenary laptop. */
  told(sessionId: SessionId, what: OnlyHere): void;
}

/** A passphrase that is remembered as it is. */
function createPassphrase(protection: StoreApi<Protection>) {
  let known: string | null = null;
  return async (present: string | null, next: string | null): Promise<PassphraseResult> => {
    if (next !== null && next.length < 8) return 'too-short';
    if (present !== known) return 'wrong';
    known = next;
    protection.setState({ passphrase: next !== null });
    return 'done';
  };
}

export const someStatus: GroupStatus = {
  path: 'none',
  inContact: false,
  lastContactAt: null,
  waiting: 0,
  behind: false,
  laptops: [],
};

/** What stands in for other laptops that ask, and for those that are asked. */
export interface FakeAppOptions extends Partial<Pick<CaucusApp, 'askToJoin' | 'openJoinDesk'>> {
  readonly openVotingDesk?: (plan: PlanDocument, address: string) => VotingDesk;
}

const noAsking: CaucusApp['askToJoin'] = () => ({
  state: createStore<AskState>(() => ({ state: 'ended', reason: 'not-reached' })),
  stop: () => undefined,
});
const noDesk: CaucusApp['openJoinDesk'] = () => ({
  requests: createStore<readonly JoinRequest[]>(() => []),
  admit: () => false,
  refuse: () => undefined,
  close: () => undefined,
});

function withoutReport({ report: _report, ...record }: SessionRecord): SessionRecord {
  return record;
}

const noVotingDesk = (): VotingDesk => ({
  live: createStore<LiveVoting>(() => nothingLive),
  exportBox: async () => null,
  makeCodes: () => undefined,
  close: () => undefined,
});

/**
 * The app without storage and without a network, on real documents in memory. What it cannot show:
 * that anything survives the page, and failures of storage other than those put into the status.
 */
export function createFakeApp(options: FakeAppOptions = {}): FakeApp {
  const sessions = createStore<readonly SessionRecord[]>(() => []);
  const kept = new Map<SessionId, FakeSession>();
  const newId = (): string => crypto.randomUUID();
  const context: Context = { deviceId: 'this-laptop' as DeviceId, now: () => Date.now(), newId };
  const newKey = () => documentKeyFrom(crypto.getRandomValues(new Uint8Array(32)));

  const list = (): void => {
    const records = [...kept.values()].map(({ record }) => record);
    sessions.setState(
      records.toSorted((a, b) => b.openedAt - a.openedAt),
      true,
    );
  };
  const inside = (sessionId: SessionId): FakeSession => {
    const session = kept.get(sessionId);
    if (session === undefined) throw new Error(`There is no session ${sessionId}`);
    return session;
  };
  function keep(
    record: SessionRecord,
    planDoc: Y.Doc,
    reportDoc: Y.Doc,
    groupDocs: ReadonlyMap<GroupId, Y.Doc>,
  ): CreateResult {
    const status = createStore<SessionStatus>(() => ({
      plenary: record.plenary,
      plan: someStatus,
      report: record.report === undefined ? null : someStatus,
      groups: new Map([...groupDocs.keys()].map((id) => [id, someStatus])),
      storage: { state: 'saved' },
    }));
    kept.set(record.sessionId, {
      record,
      planDoc,
      reportDoc,
      takenBack: [],
      setAside: createStore<readonly SetAside[]>(() => []),
      groupDocs,
      status,
      storage: createFileStorage(),
    });
    list();
    return { ok: true, record };
  }
  function become(sessionId: SessionId, change: Partial<SessionRecord>): void {
    const record = { ...inside(sessionId).record, ...change };
    replace(record.role === 'facilitator' ? withoutReport(record) : record);
  }
  const loseReport = (sessionId: SessionId): void =>
    replace(withoutReport(inside(sessionId).record));
  function replace(record: SessionRecord): void {
    const { sessionId } = record;
    const session = inside(sessionId);
    kept.set(sessionId, { ...session, record });
    session.status.setState(({ report }) => ({
      plenary: record.plenary,
      report: record.report === undefined ? null : (report ?? someStatus),
    }));
    list();
  }

  const restored = createStore<Restored | null>(() => null);
  const onlyHere = new Map<SessionId, OnlyHere>();
  const protection = createStore<Protection>(() => ({ keptIn: 'beside', passphrase: false }));
  const setPassphrase = createPassphrase(protection);
  return {
    sessions,
    secondCopy: createStore<VaultStatus>(() => ({ state: 'absent' })),
    restored,
    seenRestored: () => restored.setState(null, true),
    protection,
    setPassphrase,
    onlyHere: async (sessionId) => onlyHere.get(sessionId) ?? { state: 'plenary' },
    told: (sessionId, what) => void onlyHere.set(sessionId, what),
    context,
    inside,
    become,
    loseReport,
    async create(input: PlanInput) {
      const faults = checkPlanInput(input);
      if (faults.length > 0) return { ok: false, reason: 'invalid', faults };
      const planDoc = new Y.Doc();
      const signingSeed = signingSeedFrom(crypto.getRandomValues(new Uint8Array(32)));
      const plan = initialisePlanDocument(
        planDoc,
        input,
        context,
        sessionIdOf(sessionKeyOf(signingSeed)),
      );
      const reportDoc = new Y.Doc();
      initialiseReportDocument(reportDoc);
      const groupDocs = new Map(
        plan.groupIds.map((id) => {
          const doc = new Y.Doc();
          initialiseGroupDocument(doc, id);
          return [id, doc];
        }),
      );
      const record: SessionRecord = {
        sessionId: plan.sessionId,
        title: input.title.trim(),
        role: 'moderator',
        groupId: null,
        plenary: true,
        signingSeed,
        plan: newKey(),
        report: newKey(),
        groups: new Map(plan.groupIds.map((id) => [id, newKey()])),
        addresses: [],
        createdAt: Date.now(),
        openedAt: Date.now(),
      };
      return keep(record, planDoc, reportDoc, groupDocs);
    },
    async join(ticket: Ticket) {
      const planDoc = new Y.Doc();
      planDoc.getMap('meta').set('title', ticket.title);
      const record: SessionRecord = {
        sessionId: ticket.sessionId,
        title: ticket.title,
        role: ticket.role,
        groupId: ticket.groupId,
        plenary: false,
        plan: newKey(),
        ...(ticket.report !== null && { report: newKey() }),
        groups: new Map([...ticket.groups.keys()].map((id) => [id, newKey()])),
        addresses: ticket.addresses,
        createdAt: Date.now(),
        openedAt: Date.now(),
      };
      return keep(
        record,
        planDoc,
        new Y.Doc(),
        new Map([...ticket.groups.keys()].map((id) => [id, new Y.Doc()])),
      );
    },
    async knownGroups(sessionId) {
      const plan = openPlanDocument(inside(sessionId).planDoc, context);
      return plan.view.snapshot().groups.map(({ id, number, name }) => ({ id, number, name }));
    },
    askToJoin: options.askToJoin ?? noAsking,
    openJoinDesk: options.openJoinDesk ?? noDesk,
    async open(sessionId) {
      const found = kept.get(sessionId);
      if (found === undefined) return { ok: false, reason: 'not-found' };
      const groups = new Map(
        [...found.groupDocs].map(([id, doc]) => [id, openGroupDocument(doc, context)]),
      );
      const plan = openPlanDocument(found.planDoc, context);
      const report =
        found.record.report === undefined ? null : openReportDocument(found.reportDoc, context);
      const session: OpenedSession = {
        get record() {
          return inside(sessionId).record;
        },
        deviceId: context.deviceId,
        plan,
        report,
        groups,
        status: found.status,
        setWriting: () => undefined,
        async addAddress(address) {
          if (!/^[\w.-]+:\d+$/u.test(address.trim())) return 'not-an-address';
          const { addresses } = inside(sessionId).record;
          become(sessionId, { addresses: [`ws://${address.trim()}`, ...addresses] });
          return 'added';
        },
        setNearby: () => undefined,
        setOwnHub: () => undefined,
        now: () => Date.now(),
        ticketFor(who, addresses) {
          const { record } = inside(sessionId);
          const groupId = 'groupId' in who ? who.groupId : null;
          return issueTicket(
            {
              ticketId: 'ticket',
              title: record.title,
              role: 'groupId' in who ? 'facilitator' : who.role,
              groupId,
              plan: record.plan.secret,
              ...(record.report !== undefined &&
                groupId === null && { report: record.report.secret }),
              groups: new Map(
                [...record.groups]
                  .filter(([id]) => groupId === null || id === groupId)
                  .map(([id, { secret }]) => [id, secret]),
              ),
              addresses,
              hubId: null,
            },
            record.signingSeed ?? signingSeedFrom(new Uint8Array(32)),
            Date.now(),
          );
        },
        laptopsOf: (groupId) =>
          groupId === null
            ? [...laptopsIn(found.planDoc), ...laptopsIn(found.reportDoc)]
            : laptopsIn(found.groupDocs.get(groupId) ?? new Y.Doc()),
        takeBack: (groupId, deviceId) => void found.takenBack.push({ groupId, deviceId }),
        setAside: found.setAside,
        openVotingDesk: (address) => options.openVotingDesk?.(plan, address) ?? noVotingDesk(),
        async addGroup(name, online) {
          const added = plan.addGroup(name, online);
          if (!added.ok) return null;
          const doc = new Y.Doc();
          initialiseGroupDocument(doc, added.value);
          groups.set(added.value, openGroupDocument(doc, context));
          const { record } = inside(sessionId);
          become(sessionId, { groups: new Map([...record.groups, [added.value, newKey()]]) });
          return added.value;
        },
        ...createSessionFiles({
          session: () => fileableOf(inside(sessionId), context.deviceId),
          sessions: found.storage,
          context,
          flush: async () => undefined,
          onReceipt: () => undefined,
        }),
        async close() {
          plan.destroy();
          report?.destroy();
          groups.forEach((group) => group.destroy());
        },
      };
      return { ok: true, session };
    },
    async remove(sessionId) {
      kept.delete(sessionId);
      list();
    },
  };
}
