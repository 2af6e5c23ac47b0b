import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openGroupDocument } from '../../../src/core/session/group-document.ts';
import { type ReportTexts, SCHEMA_VERSION } from '../../../src/core/session/model.ts';
import { openPlanDocument } from '../../../src/core/session/plan-document.ts';
import {
  initialiseReportFromPlan,
  openReportDocument,
} from '../../../src/core/session/report-document.ts';
import { checkSchema, type DocumentKind } from '../../../src/core/session/schema.ts';
import {
  asJson,
  type Encoding,
  encodings,
  hasDocument,
  readReadModel,
  readUpdate,
} from '../../fixtures/documents/read-documents.ts';
import { testContext } from '../../tools/context.ts';
import { valueOf } from './laptops.ts';

const versions = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1);
const kinds = ['plan', 'group', 'report'] as const;

function openOld(version: number, kind: DocumentKind, encoding: Encoding): Y.Doc {
  const doc = new Y.Doc();
  const update = readUpdate(version, kind, encoding);
  if (encoding === 'disk') Y.applyUpdateV2(doc, update);
  else Y.applyUpdate(doc, update);
  return doc;
}
function shown(doc: Y.Doc, kind: DocumentKind): object {
  const context = testContext('today');
  if (kind === 'group') return openGroupDocument(doc, context).view.snapshot();
  if (kind === 'report') return openReportDocument(doc, context).view.snapshot();
  return { ...openPlanDocument(doc, context).view.snapshot(), ...reportIn(doc) };
}
/** What a plan from before the report had a document of its own brings into one. */
function reportIn(plan: Y.Doc): Pick<PlanWithReport, 'report' | 'omissions'> {
  const doc = new Y.Doc();
  initialiseReportFromPlan(doc, plan);
  const { texts, omissions } = openReportDocument(doc, testContext('today')).view.snapshot();
  return { report: texts, omissions };
}
interface PlanWithReport {
  readonly report: ReportTexts;
  readonly omissions: ReadonlySet<string>;
}
/** Then an assessment that nobody had written was there, and empty. */
function withoutEmptyAssessments(old: object): object {
  const { report } = old as Partial<PlanWithReport>;
  if (report === undefined) return old;
  const written = Object.entries(report.assessments).filter(([, text]) => text !== '');
  return { ...old, report: { ...report, assessments: Object.fromEntries(written) } };
}

describe('documents of every version so far', () => {
  it.each(versions)('version %i has left documents to try', (version) => {
    for (const kind of kinds) expect(hasDocument(version, kind)).toBe(true);
  });

  const all = versions.flatMap((version) =>
    kinds.flatMap((kind) => encodings.map((encoding) => [version, kind, encoding] as const)),
  );

  it.each(all)('S2: a version %i %s from a %s reads as it did', (version, kind, encoding) => {
    const doc = openOld(version, kind, encoding);
    // Later versions may show more than it did, never less.
    const then = withoutEmptyAssessments(readReadModel(version, kind));
    expect(asJson(shown(doc, kind))).toMatchObject(then);
    expect(checkSchema(openOld(version, kind, encoding), kind)).toBeNull();
  });

  it('S2: the report in a version 1 plan goes over into a document of its own', () => {
    for (const encoding of encodings) {
      const plan = openOld(1, 'plan', encoding);
      const before = Y.encodeStateAsUpdate(plan);
      expect(reportIn(plan)).toEqual({
        report: {
          summary: 'In short',
          advice: 'Go on.',
          assessments: { 'plenary-2': 'It can be done.' },
        },
        omissions: new Set(['note/g1/n1']),
      });
      expect(Y.encodeStateAsUpdate(plan)).toEqual(before);
    }
  });

  it.each(versions)('a version %i document can be worked on', (version) => {
    const doc = openOld(version, 'group', 'disk');
    const group = openGroupDocument(doc, testContext('today'));
    const count = group.view.snapshot().notes.length;
    const [first] = group.view.snapshot().notes;
    if (first === undefined) throw new Error('No notes');
    valueOf(group.addNote({ kind: 'idea', questionId: null, text: 'said today' }));
    valueOf(group.editNote(first.id, `${first.text}, still`));
    const { notes } = group.view.snapshot();
    expect(notes).toHaveLength(count + 1);
    expect(notes.at(-1)?.text).toBe('said today');
    expect(notes[0]?.text).toBe(`${first.text}, still`);
    // What a newer version had put into the entry is still there.
    expect((doc.getMap('notes').get(first.id) as Y.Map<unknown>).get('tags')).toEqual([
      'newer',
      'versions',
    ]);
  });
});
