import * as Y from 'yjs';
import { SCHEMA_VERSION } from './model.ts';

/**
 * How the documents lie in Yjs. Every root is a root type (`doc.getMap(name)`), because two
 * laptops that each put a new shared type under one map key would lose one of the two. Entries
 * are Y.Maps in a root Y.Map by their id, made once by one laptop. What joins two entries is a
 * flat key "a/b" with a boolean, so that two laptops that join different things both win.
 * Deletion is the flag `deleted`. Keys that this version does not know are left alone.
 */
export const planRoots = [
  'meta',
  'questions',
  'groups',
  'agenda',
  'clock',
  'stakeholderGroups',
  'regions',
  'proposals',
  'proposalSources',
  'omissions',
  'laptops',
  'renewals',
  'renewalBoxes',
  'room',
  'polls',
  'pollResults',
  'handCounts',
  'shownTexts',
  'objections',
  'decisions',
  'inbox',
  'turns',
] as const;
export const groupRoots = [
  'meta',
  'notes',
  'recommendations',
  'recommendationNotes',
  'reportBack',
  'laptops',
] as const;

/** The report's own document, which facilitators' laptops do not open. A2. */
export const reportRoots = ['meta', 'omissions', 'laptops'] as const;

/** Texts of the report and of a group's report-back are roots of their own. */
export const reportTextPrefix = 'report:';
export const reportBackTextRoot = 'reportBack:text';

export type DocumentKind = 'plan' | 'group' | 'report';

/** A single text may be this long, in UTF-16 code units: a whole transcript pasted as one note. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** Titles and names. */
export const MAX_TITLE_LENGTH = 300;

export function allowedRoot(kind: DocumentKind, name: string): boolean {
  const isReportText = name.startsWith(reportTextPrefix);
  // Before the report had a document of its own it lay in the plan; see `report-document.ts`.
  if (kind === 'plan') return (planRoots as readonly string[]).includes(name) || isReportText;
  if (kind === 'report') return (reportRoots as readonly string[]).includes(name) || isReportText;
  return (groupRoots as readonly string[]).includes(name) || name === reportBackTextRoot;
}

export function schemaVersionOf(doc: Y.Doc): number {
  const version = doc.getMap('meta').get('schemaVersion');
  return typeof version === 'number' && Number.isInteger(version) ? version : 0;
}

/** A newer Caucus wrote this document: it may hold what this version would spoil. */
export const isNewer = (doc: Y.Doc): boolean => schemaVersionOf(doc) > SCHEMA_VERSION;

export type SchemaFault =
  | { readonly reason: 'unknown-root'; readonly root: string }
  /** Something of another shape than the root's: a list where entries are kept by id. */
  | { readonly reason: 'root-type'; readonly root: string }
  | { readonly reason: 'wrong-kind'; readonly expected: DocumentKind }
  | { readonly reason: 'entry-not-a-map'; readonly root: string; readonly id: string }
  | {
      readonly reason: 'field-type';
      readonly root: string;
      readonly id: string;
      readonly field: string;
    };

type FieldType = 'string' | 'number' | 'boolean' | 'text';

const entryFields: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  questions: { title: 'string', text: 'string', order: 'string', deleted: 'boolean' },
  groups: {
    name: 'string',
    number: 'number',
    online: 'boolean',
    order: 'string',
    deleted: 'boolean',
  },
  agenda: {
    title: 'string',
    kind: 'string',
    minutes: 'number',
    order: 'string',
    deleted: 'boolean',
  },
  stakeholderGroups: { name: 'string', order: 'string', deleted: 'boolean' },
  regions: { name: 'string', order: 'string', deleted: 'boolean' },
  proposals: {
    text: 'text',
    questionId: 'string',
    device: 'string',
    createdAt: 'number',
    order: 'string',
    deleted: 'boolean',
  },
  polls: {
    proposalId: 'string',
    previousId: 'string',
    round: 'number',
    kind: 'string',
    question: 'string',
    options: 'string',
    most: 'number',
    seconds: 'number',
    right: 'string',
    state: 'string',
    openedAt: 'number',
    closesAt: 'number',
    closedAt: 'number',
    shown: 'boolean',
    device: 'string',
    createdAt: 'number',
    order: 'string',
    deleted: 'boolean',
  },
  objections: {
    pollId: 'string',
    proposalId: 'string',
    person: 'string',
    text: 'string',
    stakeholderGroup: 'string',
    at: 'number',
    state: 'string',
    how: 'string',
    device: 'string',
    deleted: 'boolean',
  },
  inbox: {
    kind: 'string',
    person: 'string',
    text: 'string',
    stakeholderGroup: 'string',
    region: 'string',
    online: 'boolean',
    at: 'number',
    takenBy: 'string',
    takenAt: 'number',
    doneAt: 'number',
    deleted: 'boolean',
  },
  turns: {
    inboxId: 'string',
    person: 'string',
    label: 'string',
    stakeholderGroup: 'string',
    online: 'boolean',
    startedAt: 'number',
    endedAt: 'number',
    deleted: 'boolean',
  },
  notes: {
    text: 'text',
    kind: 'string',
    questionId: 'string',
    stakeholderGroup: 'string',
    region: 'string',
    speaker: 'string',
    device: 'string',
    createdAt: 'number',
    order: 'string',
    finished: 'boolean',
    deleted: 'boolean',
  },
  recommendations: {
    text: 'text',
    rationale: 'text',
    questionId: 'string',
    device: 'string',
    createdAt: 'number',
    order: 'string',
    deleted: 'boolean',
  },
};

const isType = (value: unknown, type: FieldType): boolean =>
  type === 'text' ? value instanceof Y.Text : typeof value === type;

/** Roots that are a text of their own; all others are maps. */
export const isTextRoot = (name: string): boolean =>
  name.startsWith(reportTextPrefix) || name === reportBackTextRoot;

/** A map keeps everything under keys, a text everything in sequence; Yjs itself does not mind. */
function hasShapeOf(doc: Y.Doc, name: string): boolean {
  const root = isTextRoot(name) ? doc.getText(name) : doc.getMap(name);
  return root instanceof Y.Text ? root._map.size === 0 : root._start === null;
}

/**
 * Checks a document that came from outside against the schema, before it is let near the real
 * one: only known roots, entries that are maps, known fields of the right type (null counts as
 * absent). Unknown fields pass, so that a newer Caucus on another laptop loses nothing.
 */
export function checkSchema(doc: Y.Doc, kind: DocumentKind): SchemaFault | null {
  const documentKind = doc.getMap('meta').get('kind');
  if (documentKind !== undefined && documentKind !== kind) {
    return { reason: 'wrong-kind', expected: kind };
  }
  const newer = isNewer(doc);
  for (const name of doc.share.keys()) {
    if (!allowedRoot(kind, name)) {
      if (newer) continue;
      return { reason: 'unknown-root', root: name };
    }
    if (!hasShapeOf(doc, name)) return { reason: 'root-type', root: name };
    const fields = entryFields[name];
    if (fields === undefined) continue;
    for (const [id, entry] of doc.getMap(name)) {
      if (!(entry instanceof Y.Map)) return { reason: 'entry-not-a-map', root: name, id };
      for (const [field, type] of Object.entries(fields)) {
        const value: unknown = entry.get(field);
        if (value !== undefined && value !== null && !isType(value, type)) {
          return { reason: 'field-type', root: name, id, field };
        }
      }
    }
  }
  return null;
}
