import './steer-clock.ts';
import * as Y from 'yjs';
import {
  type DocumentKey,
  documentKeyFrom,
  readersSecretOf,
} from '../../src/core/protocol/document-key.ts';
import type { Role } from '../../src/core/protocol/ticket.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../src/core/session/group-document.ts';
import type { DeviceId, GroupId, Part, SessionId } from '../../src/core/session/ids.ts';
import { initialisePlanDocument } from '../../src/core/session/plan-document.ts';
import { initialiseReportDocument } from '../../src/core/session/report-document.ts';
import { testContext } from '../tools/context.ts';
import { planInput } from '../unit/session/laptops.ts';

/** The documents of the simulated session, the same for every seed. */
export const documentNames = ['plan', 'g1', 'g2', 'report'] as const;
export type DocumentName = (typeof documentNames)[number];
type GroupName = Exclude<DocumentName, 'plan' | 'report'>;
export const isGroup = (name: DocumentName): name is GroupName =>
  name !== 'plan' && name !== 'report';

export const sessionId = 'session' as SessionId;

const keyFrom = (byte: number): DocumentKey => documentKeyFrom(new Uint8Array(32).fill(byte));
export const keys: Readonly<Record<DocumentName, DocumentKey>> = {
  plan: keyFrom(1),
  g1: keyFrom(2),
  g2: keyFrom(3),
  report: keyFrom(4),
};
export const readersKeys: Readonly<Record<DocumentName, DocumentKey>> = {
  plan: { ...keys.plan, secret: readersSecretOf(keys.plan.secret) },
  g1: { ...keys.g1, secret: readersSecretOf(keys.g1.secret) },
  g2: { ...keys.g2, secret: readersSecretOf(keys.g2.secret) },
  report: { ...keys.report, secret: readersSecretOf(keys.report.secret) },
};
const groupIdOf = (name: GroupName): GroupId => name as string as GroupId;
export const partOf = (name: DocumentName): Part =>
  isGroup(name) ? groupIdOf(name) : name === 'plan' ? null : name;

export type Access = 'writes' | 'reads';
export interface Person {
  readonly name: string;
  readonly deviceId: DeviceId;
  readonly role: Role;
  readonly plenary: boolean;
  readonly groupId: GroupId | null;
  readonly access: Readonly<Partial<Record<DocumentName, Access>>>;
}

const facilitator = (name: string, group: GroupName): Person => ({
  name,
  deviceId: name as DeviceId,
  role: 'facilitator',
  plenary: false,
  groupId: groupIdOf(group),
  access: { plan: 'reads', [group]: 'writes' },
});

/** The plenary laptop is the first. */
export const people: readonly Person[] = [
  {
    name: 'plenary',
    deviceId: 'plenary' as DeviceId,
    role: 'moderator',
    plenary: true,
    groupId: null,
    access: { plan: 'writes', g1: 'writes', g2: 'writes', report: 'writes' },
  },
  facilitator('group 1, first', 'g1'),
  facilitator('group 1, second', 'g1'),
  facilitator('group 2', 'g2'),
  {
    name: 'rapporteur',
    deviceId: 'rapporteur' as DeviceId,
    role: 'rapporteur',
    plenary: false,
    groupId: null,
    access: { plan: 'reads', g1: 'reads', g2: 'reads', report: 'writes' },
  },
];
export const PLENARY = 0;
/** The laptop with a hub of its own, in some seeds. */
export const SECOND_HUB = 1;

/** A client's number tells which document it writes, so that what strays into another shows. */
const RESIDUES = 8;
const FORGED = 4;
export const residueOf = (name: DocumentName, forged: boolean): number =>
  documentNames.indexOf(name) + (forged ? FORGED : 0);
export const clientFor = (number: number, name: DocumentName, forged: boolean): number =>
  number - (number % RESIDUES) + residueOf(name, forged);
export const isOf = (client: number, name: DocumentName): boolean =>
  client % RESIDUES === residueOf(name, false);

function startOf(name: DocumentName): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = clientFor(800, name, false);
  if (name === 'plan') initialisePlanDocument(doc, planInput, testContext('plenary'));
  else if (name === 'report') initialiseReportDocument(doc);
  else initialiseGroupDocument(doc, groupIdOf(name));
  return doc;
}

/** More rows than storage keeps before it makes them one. */
const HISTORY_ROWS = 310;
function longHistory(): readonly Uint8Array[] {
  const doc = startOf('g1');
  const rows = [Y.encodeStateAsUpdateV2(doc)];
  doc.on('updateV2', (update: Uint8Array) => rows.push(update));
  const group = openGroupDocument(doc, testContext('history'));
  const note = group.beginNote({ kind: 'point', questionId: null, text: 'a' });
  let text = 'a';
  while (note.ok && rows.length < HISTORY_ROWS) {
    text += 'a';
    group.editNote(note.value, text);
  }
  group.destroy();
  return rows;
}

/** What is on a disk in the beginning, as rows of updates (V2). */
export const startRows: Readonly<Record<DocumentName, readonly Uint8Array[]>> = {
  plan: [Y.encodeStateAsUpdateV2(startOf('plan'))],
  g1: [Y.encodeStateAsUpdateV2(startOf('g1'))],
  g2: [Y.encodeStateAsUpdateV2(startOf('g2'))],
  report: [Y.encodeStateAsUpdateV2(startOf('report'))],
};
export const longRows: readonly Uint8Array[] = longHistory();
