import * as v from 'valibot';
import {
  documentKeyOf,
  type DocumentSecret,
  isDocumentSecret,
} from '../../core/protocol/document-key.ts';
import {
  isSessionKey,
  isSigningSeed,
  type SessionKey,
  type SigningSeed,
} from '../../core/protocol/session-key.ts';
import { roles } from '../../core/protocol/ticket.ts';
import { parseJson } from '../../core/protocol/utf8.ts';
import type { SessionRecord } from '../app/types.ts';
import type { SealedRow, SessionRow } from './database.ts';
import type { LaptopKey } from './laptop-key.ts';

const keyOf = (secret: string) => documentKeyOf(secret as DocumentSecret);

/**
 * All of a record goes through as it is, and every field of it is sealed, also one that is added
 * later: it has to be such as JSON can hold, or be turned into that here and back in `fromRow`.
 */
function toRow({ plan, report, groups, retired, renewed, ...rest }: SessionRecord): SessionRow {
  return {
    ...rest,
    planSecret: plan.secret,
    ...(report !== undefined && { reportSecret: report.secret }),
    groupSecrets: [...groups].map(([id, key]) => [id, key.secret] as const),
    ...(retired !== undefined && {
      retired: retired.map(({ part, key }) => [part, key.secret] as const),
    }),
    ...(renewed !== undefined && {
      renewed: [...renewed].map(([part, { id, at }]) => [part, id, at] as const),
    }),
  };
}

function fromRow(row: SessionRow): SessionRecord {
  const { planSecret, reportSecret, groupSecrets, retired, renewed, ...rest } = row;
  return {
    ...rest,
    plan: keyOf(planSecret),
    ...(reportSecret !== undefined && { report: keyOf(reportSecret) }),
    groups: new Map(groupSecrets.map(([id, secret]) => [id, keyOf(secret)])),
    ...(retired !== undefined && {
      retired: retired.map(([part, secret]) => ({ part, key: keyOf(secret) })),
    }),
    ...(renewed !== undefined && {
      renewed: new Map(renewed.map(([part, id, at]) => [part, { id, at }])),
    }),
  };
}

const secretSchema = v.custom<DocumentSecret>(isDocumentSecret);
/** What every version of a row has; what a newer one adds goes through. */
const rowShape = v.looseObject({
  sessionId: v.string(),
  title: v.string(),
  role: v.picklist(roles),
  groupId: v.nullable(v.string()),
  plenary: v.boolean(),
  planSecret: secretSchema,
  reportSecret: v.optional(secretSchema),
  groupSecrets: v.array(v.tuple([v.string(), secretSchema])),
  addresses: v.array(v.string()),
  createdAt: v.number(),
  openedAt: v.number(),
  sessionKey: v.optional(v.custom<SessionKey>(isSessionKey)),
  pass: v.optional(v.string()),
  ticketId: v.optional(v.string()),
  signingSeed: v.optional(v.custom<SigningSeed>(isSigningSeed)),
  boxSecret: v.optional(v.string()),
  hubId: v.optional(v.nullable(v.string())),
  retired: v.optional(v.array(v.tuple([v.nullable(v.string()), secretSchema]))),
  renewed: v.optional(v.array(v.tuple([v.nullable(v.string()), v.string(), v.number()]))),
});
const rowSchema = v.custom<SessionRow>((row) => v.is(rowShape, row));
const sealedSchema = v.object({ sessionId: v.string(), keyId: v.string(), sealed: v.string() });

export const isSealed = (row: SealedRow | SessionRow): row is SealedRow => 'sealed' in row;

/** The id of the key that a record on the disk is sealed with; null where it is not sealed. */
export function sealedWith(row: unknown): string | null {
  const sealed = v.safeParse(sealedSchema, row);
  return sealed.success ? sealed.output.keyId : null;
}

/** As it goes to a disk; in the open only where there is no key. */
export function sealRecord(record: SessionRecord, key: LaptopKey | null): SealedRow | SessionRow {
  const row = toRow(record);
  return key === null ? row : sealRow(row, key);
}

/** In one order, so that a record that was read again gives the text that it was. */
const inOrder = (row: SessionRow): unknown =>
  Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

export const sealRow = (row: SessionRow, key: LaptopKey): SealedRow => ({
  sessionId: row.sessionId,
  keyId: key.id,
  sealed: key.seal(row.sessionId, JSON.stringify(inOrder(row))),
});

/** The record on the disk, or null where none of the keys opens it or it is none. */
export function openRecord(row: unknown, keys: Iterable<LaptopKey>): SessionRecord | null {
  const sealed = v.safeParse(sealedSchema, row);
  if (!sealed.success) return readRow(row);
  const { sessionId, keyId } = sealed.output;
  for (const key of keys) {
    const text = key.id === keyId ? key.open(sessionId, sealed.output.sealed) : null;
    const record = text === null ? null : readRow(parseJson(text));
    if (record?.sessionId === sessionId) return record;
  }
  return null;
}

function readRow(row: unknown): SessionRecord | null {
  const read = v.safeParse(rowSchema, row);
  return read.success ? fromRow(read.output) : null;
}

/** A record as text, for the second copy: sealed like the one in the database. */
export const recordToText = (record: SessionRecord, key: LaptopKey | null): string =>
  JSON.stringify(sealRecord(record, key));

/** The record that this text is, or null. */
export const recordFromText = (text: string, keys: Iterable<LaptopKey>): SessionRecord | null =>
  openRecord(parseJson(text), keys);
