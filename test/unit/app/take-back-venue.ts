import * as Y from 'yjs';
import { afterEach, expect } from 'vitest';
import { openSession } from '../../../src/browser/app/open-session.ts';
import { joined, makeSession, movedBetween } from '../../../src/browser/app/session-records.ts';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import type { Ticket } from '../../../src/core/protocol/ticket.ts';
import type { Context, DeviceId, GroupId } from '../../../src/core/session/ids.ts';
import type { PlanInput } from '../../../src/core/session/plan-input.ts';
import { createMemoryDisk, createMemoryDocumentStore } from '../../fakes/memory-document-store.ts';
import {
  createMemorySessions,
  createMemorySessionStore,
} from '../../fakes/memory-session-store.ts';
import { eventually } from '../hub/eventually.ts';
import { startTestHub } from '../hub/laptop.ts';

const input: PlanInput = {
  title: 'Security by design',
  description: '',
  attribution: false,
  questions: [{ title: 'Registers', text: '' }],
  groups: [
    { name: 'Makers', online: false },
    { name: 'Networks', online: false },
  ],
  agenda: [],
  stakeholderGroups: ['Government'],
  regions: [],
};
const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

let made = 0;
/** A laptop's own storage, from which its session can be opened again and again. */
export function newLaptop(name: string) {
  const disk = createMemoryDisk();
  const documents = createMemoryDocumentStore(disk);
  const kept = createMemorySessions();
  const sessions = createMemorySessionStore(kept, disk);
  const context: Context = {
    deviceId: name as DeviceId,
    now: () => Date.now(),
    newId: () => `${name}-${(made += 1)}`,
  };
  let opened: OpenedSession | null = null;
  const close = async (): Promise<void> => {
    await opened?.close();
    opened = null;
  };
  toClose.push(close);
  return {
    context,
    disk,
    documents,
    sessions,
    close,
    async open(ownHub: string | null = null): Promise<OpenedSession> {
      const [record] = await sessions.all();
      if (record === undefined) throw new Error('There is no session');
      opened = await openSession({
        record,
        context,
        documents,
        sessions,
        ownHub,
        onRecord: () => undefined,
      });
      return opened;
    },
    async take(ticket: Ticket): Promise<void> {
      const [known = null] = await sessions.all();
      const record = joined(known, ticket, context.now());
      for (const { from, to } of known === null ? [] : movedBetween(known, record)) {
        for (const { update } of await documents.read(from.documentId, 0)) {
          await documents.append(to.documentId, update);
        }
      }
      await sessions.put(record);
    },
  };
}
export type TestLaptop = ReturnType<typeof newLaptop>;

/**
 * A plenary laptop with its hub. With `writePlan`, its session is one that a Caucus made which kept
 * the report in the plan, and in the plan is what `writePlan` has put there.
 */
export async function startVenue({ writePlan }: { writePlan?: (plan: Y.Doc) => void } = {}) {
  const started = await startTestHub();
  toClose.push(() => started.hub.stop());
  const result = await started.hub.openToNetwork();
  const addresses = result.ok ? result.state.addresses : [];
  const laptop = newLaptop('plenary');
  const { record, documents } = makeSession(input, laptop.context);
  const { report, ...withoutReport } = record;
  for (const { doc, key } of documents) {
    if (writePlan !== undefined && key.documentId === report?.documentId) continue;
    if (key.documentId === record.plan.documentId) writePlan?.(doc);
    await laptop.documents.append(key.documentId, Y.encodeStateAsUpdateV2(doc));
  }
  await laptop.sessions.put(writePlan === undefined ? record : withoutReport);
  const plenary = await laptop.open(`ws://${started.local}`);
  const [groupId, otherGroup] = [...plenary.groups.keys()] as [GroupId, GroupId];
  return { started, addresses, laptop, plenary, groupId, otherGroup };
}
export type TestVenue = Awaited<ReturnType<typeof startVenue>>;

/** A facilitator's laptop of the group, with the ticket given or one of its own. */
export async function facilitator(
  { plenary, addresses, groupId }: TestVenue,
  name: string,
  ticket = plenary.ticketFor({ groupId }, addresses),
): Promise<{ laptop: TestLaptop; session: OpenedSession }> {
  const laptop = newLaptop(name);
  await laptop.take(ticket);
  const session = await laptop.open();
  await eventually(() =>
    expect(session.status.getState().groups.get(groupId)?.inContact).toBe(true),
  );
  await eventually(() =>
    expect(plenary.laptopsOf(groupId).map(({ deviceId }) => deviceId)).toContain(name),
  );
  return { laptop, session };
}

export const say = (session: OpenedSession, groupId: GroupId, text: string): void => {
  const group = session.groups.get(groupId);
  const begun = group?.beginNote({
    kind: 'point',
    questionId: null,
    text,
    stakeholderGroupId: null,
  });
  if (group === undefined || begun?.ok !== true) throw new Error('No note could be begun');
  group.finishNote(begun.value);
};
export const notes = (session: OpenedSession, groupId: GroupId): readonly string[] =>
  (session.groups.get(groupId)?.view.snapshot().notes ?? []).map(({ text }) => text).toSorted();
export const keyOf = ({ record }: OpenedSession, groupId: GroupId): DocumentKey | undefined =>
  record.groups.get(groupId);

/** A laptop with a role of its own, which the plenary laptop has heard of. */
export async function inRole(
  { plenary, addresses }: TestVenue,
  role: 'moderator' | 'rapporteur',
  name: string = role,
): Promise<{ laptop: TestLaptop; session: OpenedSession }> {
  const laptop = newLaptop(name);
  await laptop.take(plenary.ticketFor({ role }, addresses));
  const session = await laptop.open();
  await eventually(() => expect(session.status.getState().plan.inContact).toBe(true));
  await eventually(() =>
    expect(plenary.laptopsOf(null).map(({ deviceId }) => deviceId)).toContain(name),
  );
  return { laptop, session };
}

/** Tickets count whole seconds: resolves once one that is made now is from after `ticket`. */
export const untilLaterThan = ({ issuedAt }: Ticket, { plenary, groupId }: TestVenue) =>
  new Promise<void>((resolve) => {
    const wait = setInterval(() => {
      if (plenary.ticketFor({ groupId }, []).issuedAt <= issuedAt) return;
      clearInterval(wait);
      resolve();
    }, 50);
  });

type ReportText = 'summary' | 'advice';
/** Writes a text of the report anew. */
export function write(session: OpenedSession, text: string, section: ReportText = 'summary'): void {
  const outcome = session.report?.edit({ section }, text);
  if (outcome?.ok !== true) throw new Error('Nothing could be written in the report');
}
/** Undefined where the laptop may not open the report. */
export const reportOf = (
  { report }: OpenedSession,
  section: ReportText = 'summary',
): string | undefined => report?.view.snapshot().texts[section];
/** What came from laptops whose access was taken back. */
export const asideOf = (session: OpenedSession): readonly string[] =>
  session.setAside.getState().map(({ text }) => text);

/** Whether `text` lies on the laptop's disk, in whichever document. */
export const isOnDisk = ({ disk }: TestLaptop, text: string): boolean =>
  disk.rows.some(({ update }) => Buffer.from(update).includes(text));
/** A document as it lies on the laptop's disk. */
export async function readFromDisk(
  { documents }: TestLaptop,
  { documentId }: DocumentKey,
): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const { update } of await documents.read(documentId, 0)) Y.applyUpdateV2(doc, update);
  return doc;
}
