import * as Y from 'yjs';
import { toBase64Url } from '../../core/protocol/base64url.ts';
import {
  type DocumentKey,
  documentKeyFrom,
  documentKeyOf,
  mayWrite,
} from '../../core/protocol/document-key.ts';
import { sessionIdOf, sessionKeyOf, signingSeedFrom } from '../../core/protocol/session-key.ts';
import { passBytesOf, type Ticket } from '../../core/protocol/ticket.ts';
import { initialiseGroupDocument } from '../../core/session/group-document.ts';
import type { Context, Part } from '../../core/session/ids.ts';
import { initialisePlanDocument } from '../../core/session/plan-document.ts';
import type { PlanInput } from '../../core/session/plan-input.ts';
import { initialiseReportDocument } from '../../core/session/report-document.ts';
import { randomBytes } from './random.ts';
import { inSeconds } from './renewal-boxes.ts';
import type { SessionRecord } from './types.ts';

/** A new session, with this laptop as the plenary laptop. `input` must have passed `checkPlanInput`. */
export function makeSession(
  input: PlanInput,
  context: Context,
): {
  readonly record: SessionRecord;
  readonly documents: readonly { readonly doc: Y.Doc; readonly key: DocumentKey }[];
} {
  const signingSeed = signingSeedFrom(randomBytes(32));
  const sessionKey = sessionKeyOf(signingSeed);
  const planDoc = new Y.Doc();
  const made = initialisePlanDocument(planDoc, input, context, sessionIdOf(sessionKey));
  const plan = { doc: planDoc, key: documentKeyFrom(randomBytes(32)) };
  const report = { doc: new Y.Doc(), key: documentKeyFrom(randomBytes(32)) };
  initialiseReportDocument(report.doc);
  const groups = made.groupIds.map((id) => {
    const doc = new Y.Doc();
    initialiseGroupDocument(doc, id);
    return { id, doc, key: documentKeyFrom(randomBytes(32)) };
  });
  const now = context.now();
  return {
    record: {
      sessionId: made.sessionId,
      title: input.title.trim(),
      role: 'moderator',
      groupId: null,
      plenary: true,
      sessionKey,
      signingSeed,
      boxSecret: newBoxSecret(),
      plan: plan.key,
      report: report.key,
      groups: new Map(groups.map(({ id, key }) => [id, key])),
      addresses: [],
      createdAt: now,
      openedAt: now,
    },
    documents: [plan, report, ...groups],
  };
}

/** What this laptop keeps of the session once it has taken this ticket. `now` in milliseconds since 1970. */
export function joined(known: SessionRecord | null, ticket: Ticket, now: number): SessionRecord {
  if (known !== null) return joinedAgain(known, ticket);
  return {
    sessionId: ticket.sessionId,
    title: ticket.title,
    role: ticket.role,
    groupId: ticket.groupId,
    plenary: false,
    ...standingOf(ticket),
    boxSecret: newBoxSecret(),
    plan: documentKeyOf(ticket.plan),
    ...(ticket.report !== null && { report: documentKeyOf(ticket.report) }),
    groups: new Map([...ticket.groups].map(([id, secret]) => [id, documentKeyOf(secret)])),
    addresses: ticket.addresses,
    createdAt: now,
    openedAt: now,
  };
}

const newBoxSecret = (): string => toBase64Url(randomBytes(32));

/** What a ticket gives beside the documents' keys. */
const standingOf = (ticket: Ticket) => ({
  sessionKey: ticket.sessionKey,
  pass: toBase64Url(passBytesOf(ticket)),
  ticketId: ticket.ticketId,
  issuedAt: ticket.issuedAt,
  ...(ticket.signingSeed !== null && { signingSeed: ticket.signingSeed }),
  ...(ticket.hubId !== null && { hubId: ticket.hubId }),
});

/** A laptop that has the session takes another ticket for it. */
function joinedAgain(known: SessionRecord, ticket: Ticket): SessionRecord {
  const groups = new Map(known.groups);
  const retired = [...(known.retired ?? [])];
  /** A sheet from before does not turn back what has been renewed since. */
  const isOld = ticket.issuedAt < (known.issuedAt ?? 0);
  const renewedAt = inSeconds(
    Math.max(0, ...[...(known.renewed?.values() ?? [])].map(({ at }) => at)),
  );
  const isOverdue = (part: Part): boolean =>
    isOld || ticket.issuedAt < inSeconds(known.renewed?.get(part)?.at ?? 0);
  for (const [groupId, secret] of ticket.groups) {
    const key = documentKeyOf(secret);
    const before = known.groups.get(groupId);
    if (before === undefined || before.documentId === key.documentId) {
      groups.set(groupId, stronger(before, key));
      continue;
    }
    // The group goes on under another key since somebody lost their access.
    if (isOverdue(groupId)) continue;
    groups.set(groupId, key);
    retired.push({ part: groupId, key: before });
  }
  /** The plan's key, or the report's, from now on. */
  function goOn(part: null | 'report', before: DocumentKey, key: DocumentKey): DocumentKey {
    if (key.documentId === before.documentId) return stronger(before, key);
    if (isOverdue(part)) return before;
    retired.push({ part, key: before });
    return key;
  }
  const plan = goOn(null, known.plan, documentKeyOf(ticket.plan));
  const given = ticket.report === null ? undefined : documentKeyOf(ticket.report);
  const report =
    given === undefined || known.report === undefined
      ? (known.report ?? given)
      : goOn('report', known.report, given);
  return {
    ...known,
    // A ticket from before counts no more, as far as hubs are concerned.
    ...(!isOld && ticket.issuedAt >= renewedAt && standingOf(ticket)),
    boxSecret: known.boxSecret ?? newBoxSecret(),
    // The plenary laptop stays what it is; elsewhere the newest ticket says the role.
    ...(!known.plenary && { role: ticket.role, groupId: ticket.groupId }),
    plan,
    ...(report !== undefined && { report }),
    groups,
    retired,
    addresses: [...new Set([...ticket.addresses, ...known.addresses])],
  };
}

/** What of a session goes on under another key than before: what was typed under the one is to be put under the other. */
export const movedBetween = (
  before: SessionRecord,
  after: SessionRecord,
): readonly { readonly from: DocumentKey; readonly to: DocumentKey }[] =>
  [
    { from: before.plan, to: after.plan },
    ...(before.report !== undefined && after.report !== undefined
      ? [{ from: before.report, to: after.report }]
      : []),
    ...[...before.groups].map(([id, from]) => ({ from, to: after.groups.get(id) ?? from })),
  ].filter(({ from, to }) => from.documentId !== to.documentId);

/** A ticket that only reads does not take away what an earlier one gave. */
const stronger = (known: DocumentKey | undefined, given: DocumentKey): DocumentKey =>
  known !== undefined && mayWrite(known.secret) ? known : given;
