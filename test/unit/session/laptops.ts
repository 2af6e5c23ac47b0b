import * as Y from 'yjs';
import {
  type GroupDocument,
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import {
  initialisePlanDocument,
  openPlanDocument,
  type PlanDocument,
} from '../../../src/core/session/plan-document.ts';
import type { PlanInput } from '../../../src/core/session/plan-input.ts';
import {
  initialiseReportDocument,
  openReportDocument,
  type ReportDocument,
} from '../../../src/core/session/report-document.ts';
import type { Outcome } from '../../../src/core/session/writer.ts';
import { testContext, type TestContext } from '../../tools/context.ts';

export interface PlanLaptop {
  readonly doc: Y.Doc;
  readonly context: TestContext;
  readonly plan: PlanDocument;
}
export interface GroupLaptop {
  readonly doc: Y.Doc;
  readonly context: TestContext;
  readonly group: GroupDocument;
}
export interface ReportLaptop {
  readonly doc: Y.Doc;
  readonly context: TestContext;
  readonly report: ReportDocument;
}

/** A small session: two questions, two groups, two segments. */
export const planInput: PlanInput = {
  title: 'Security by design',
  description: 'Ninety minutes',
  attribution: false,
  questions: [
    { title: 'Value', text: 'What is a register worth?' },
    { title: 'Elements', text: 'What makes it work?' },
  ],
  groups: [
    { name: 'By the window', online: false },
    { name: 'Online', online: true },
  ],
  agenda: [
    { title: 'Introduction', kind: 'introduction', minutes: 5 },
    { title: 'Groups', kind: 'breakout', minutes: 30 },
  ],
  stakeholderGroups: ['Government', 'Civil society'],
  regions: ['African', 'Asia-Pacific'],
};

export function newPlan(name: string, input: PlanInput = planInput): PlanLaptop {
  const doc = new Y.Doc();
  const context = testContext(name);
  initialisePlanDocument(doc, input, context);
  return { doc, context, plan: openPlanDocument(doc, context) };
}

export function newGroup(name: string): GroupLaptop {
  const doc = new Y.Doc();
  initialiseGroupDocument(doc, 'g1' as GroupId);
  const context = testContext(name);
  return { doc, context, group: openGroupDocument(doc, context) };
}

export function newReport(name: string): ReportLaptop {
  const doc = new Y.Doc();
  initialiseReportDocument(doc);
  const context = testContext(name);
  return { doc, context, report: openReportDocument(doc, context) };
}

/** Another document with the same content, as another laptop would hold it. */
export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

export function planOnAnotherLaptop(name: string, from: Y.Doc): PlanLaptop {
  const doc = copyOf(from);
  const context = testContext(name);
  return { doc, context, plan: openPlanDocument(doc, context) };
}

export function groupOnAnotherLaptop(name: string, from: Y.Doc): GroupLaptop {
  const doc = copyOf(from);
  const context = testContext(name);
  return { doc, context, group: openGroupDocument(doc, context) };
}

export function reportOnAnotherLaptop(name: string, from: Y.Doc): ReportLaptop {
  const doc = copyOf(from);
  const context = testContext(name);
  return { doc, context, report: openReportDocument(doc, context) };
}

/** Afterwards both have everything. */
export function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
}

/** What the operation made; throws where it was refused. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.reason}`);
  return outcome.value;
}
