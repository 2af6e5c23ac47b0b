import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { GroupId, NoteId, QuestionId } from '../../../src/core/session/ids.ts';
import {
  emptyDraft,
  omissionKey,
  type ReportDraft,
  SCHEMA_VERSION,
} from '../../../src/core/session/model.ts';
import {
  initialiseReportDocument,
  initialiseReportFromPlan,
  openReportDocument,
} from '../../../src/core/session/report-document.ts';
import { checkSchema, MAX_TEXT_LENGTH } from '../../../src/core/session/schema.ts';
import { testContext } from '../../tools/context.ts';
import { copyOf, exchange, newPlan, newReport, reportOnAnotherLaptop, valueOf } from './laptops.ts';

const refusedFor = (reason: string) => ({ ok: false, reason });
const summary = { section: 'summary' } as const;
const advice = { section: 'advice' } as const;
const assessmentOf = (id: string) =>
  ({ section: 'assessment', questionId: id as QuestionId }) as const;
const note = (id: string) =>
  ({ kind: 'note', groupId: 'g1' as GroupId, id: id as NoteId }) as const;

function twoLaptops() {
  const a = newReport('a');
  return { a, b: reportOnAnotherLaptop('b', a.doc) };
}

describe('a new report', () => {
  it('says what it is, and has nothing in it', () => {
    const { doc, report } = newReport('a');
    expect(doc.getMap('meta').toJSON()).toEqual({ kind: 'report', schemaVersion: SCHEMA_VERSION });
    expect(report.view.snapshot()).toEqual(emptyDraft);
    expect(report.history.undo()).toBeNull();
  });
});

describe("the report's texts", () => {
  it('are a summary, the advice, and an assessment for each question that has one', () => {
    const { report } = newReport('a');
    report.edit(summary, 'In short.');
    report.edit(advice, 'Go on.');
    report.edit(assessmentOf('q2'), 'It can be done.');
    report.edit(assessmentOf('q1'), '');
    expect(report.view.snapshot().texts).toEqual({
      summary: 'In short.',
      advice: 'Go on.',
      assessments: { q2: 'It can be done.' },
    });
    report.edit(assessmentOf('q2'), '');
    expect(report.view.snapshot().texts.assessments).toEqual({});
  });

  it('S2: keep the words of both laptops that write at once', () => {
    const { a, b } = twoLaptops();
    a.report.edit(advice, 'Proceed');
    exchange(a.doc, b.doc);
    a.report.edit(advice, 'Proceed with care');
    b.report.edit(advice, 'Now Proceed');
    exchange(a.doc, b.doc);
    expect(a.report.view.snapshot().texts.advice).toBe('Now Proceed with care');
    expect(b.report.view.snapshot()).toEqual(a.report.view.snapshot());
  });

  it('S2: keep both first sentences where two laptops begin at once', () => {
    const { a, b } = twoLaptops();
    a.report.edit(assessmentOf('q1'), 'From one. ');
    b.report.edit(assessmentOf('q1'), 'From the other. ');
    exchange(a.doc, b.doc);
    const text = a.report.view.snapshot().texts.assessments['q1' as QuestionId];
    expect(text).toContain('From one. ');
    expect(text).toContain('From the other. ');
    expect(b.report.view.snapshot()).toEqual(a.report.view.snapshot());
  });

  it('reach a laptop that opened the report before it had any of it', () => {
    const { doc, report } = newReport('a');
    const empty = new Y.Doc();
    const late = openReportDocument(empty, testContext('late'));
    expect(late.view.snapshot()).toEqual({ ...emptyDraft, schemaVersion: 0 });
    Y.applyUpdate(empty, Y.encodeStateAsUpdate(doc));
    report.edit(assessmentOf('q1'), 'Later.');
    Y.applyUpdate(empty, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(empty)));
    expect(late.view.snapshot()).toEqual(report.view.snapshot());
    expect(late.view.snapshot().texts.assessments).toEqual({ q1: 'Later.' });
    // And what that laptop then writes comes back.
    late.edit(assessmentOf('q1'), 'Later. Still.');
    exchange(doc, empty);
    expect(report.view.snapshot().texts.assessments).toEqual({ q1: 'Later. Still.' });
  });

  it('may be as long as a transcript, and no longer', () => {
    const { report } = newReport('a');
    const longest = 'x'.repeat(MAX_TEXT_LENGTH);
    expect(report.edit(summary, `${longest}x`)).toEqual(refusedFor('too-long'));
    expect(report.view.snapshot().texts.summary).toBe('');
    valueOf(report.edit(summary, longest));
    expect(report.view.snapshot().texts.summary).toBe(longest);
  });
});

describe('omissions', () => {
  it("R1: are listed by a person's choice, and taken in again", () => {
    const { report } = newReport('a');
    report.setOmitted(note('n1'), true);
    expect(report.view.snapshot().omissions).toEqual(new Set([omissionKey(note('n1'))]));
    report.setOmitted(note('n1'), false);
    expect(report.view.snapshot().omissions).toEqual(new Set());
    expect(report.history.undo()).toBe('report-changed');
    expect(report.view.snapshot().omissions).toEqual(new Set([omissionKey(note('n1'))]));
  });

  it('R1: of two laptops at once are both kept', () => {
    const { a, b } = twoLaptops();
    a.report.setOmitted(note('n1'), true);
    b.report.setOmitted(note('n2'), true);
    exchange(a.doc, b.doc);
    expect(a.report.view.snapshot().omissions).toEqual(
      new Set([omissionKey(note('n1')), omissionKey(note('n2'))]),
    );
    expect(b.report.view.snapshot().omissions).toEqual(a.report.view.snapshot().omissions);
  });
});

describe('undo in a report', () => {
  it("S2: takes back one's own in the order in which it was done, and leaves what others wrote", () => {
    const { a, b } = twoLaptops();
    a.report.edit(summary, 'In short.');
    a.report.setOmitted(note('n1'), true);
    a.report.edit(advice, 'Go on.');
    exchange(a.doc, b.doc);
    b.report.edit(advice, 'Now: Go on.');
    b.report.edit(assessmentOf('q1'), 'Theirs.');
    exchange(a.doc, b.doc);
    const { history, view } = a.report;
    expect(history.undo()).toBe('text-changed');
    expect(view.snapshot().texts).toEqual({
      summary: 'In short.',
      advice: 'Now: ',
      assessments: { q1: 'Theirs.' },
    });
    expect(history.undo()).toBe('report-changed');
    expect(view.snapshot().omissions).toEqual(new Set());
    expect(history.undo()).toBe('text-changed');
    expect(view.snapshot().texts.summary).toBe('');
    expect(history.undo()).toBeNull();
    expect(history.redo()).toBe('text-changed');
    expect(history.redo()).toBe('report-changed');
    expect(history.redo()).toBe('text-changed');
    expect(history.redo()).toBeNull();
    expect(view.snapshot()).toMatchObject({
      texts: { summary: 'In short.', advice: 'Now: Go on.', assessments: { q1: 'Theirs.' } },
      omissions: new Set([omissionKey(note('n1'))]),
    });
    exchange(a.doc, b.doc);
    expect(b.report.view.snapshot()).toEqual(view.snapshot());
  });
});

describe('a report of a newer Caucus', () => {
  it('is shown, and neither operation nor undo changes it', () => {
    const { doc, report } = newReport('a');
    report.edit(advice, 'Go on.');
    doc.getMap('meta').set('schemaVersion', SCHEMA_VERSION + 1);
    const before = Y.encodeStateVector(doc);
    const outcomes = [report.edit(advice, 'x'), report.setOmitted(note('n'), true)];
    expect(outcomes).toEqual(outcomes.map(() => refusedFor('read-only')));
    expect(report.history.undo()).toBeNull();
    expect(Y.encodeStateVector(doc)).toEqual(before);
    expect(report.view.snapshot()).toEqual({
      schemaVersion: SCHEMA_VERSION + 1,
      readOnly: true,
      texts: { summary: '', advice: 'Go on.', assessments: {} },
      omissions: new Set(),
    });
  });

  it('keeps, through this version, the keys that only the newer one knows', () => {
    const { doc, report } = newReport('a');
    doc.getMap('meta').set('theme', 'dark');
    doc.getMap('omissions').set('chapter/3', 'folded');
    report.edit(advice, 'Go on.');
    report.edit(advice, '');
    report.setOmitted(note('n1'), true);
    report.setOmitted(note('n1'), false);
    expect(doc.getMap('meta').get('theme')).toBe('dark');
    expect(doc.getMap('omissions').get('chapter/3')).toBe('folded');
    expect(report.view.snapshot().omissions).toEqual(new Set());
  });
});

describe("the report's read model", () => {
  it('is the same object until something changes', () => {
    const { doc, report } = newReport('a');
    report.edit(summary, 'In short.');
    const before = report.view.snapshot();
    expect(report.view.snapshot()).toBe(before);
    report.edit(summary, 'In short.');
    report.setOmitted(note('n1'), false);
    doc.transact(() => undefined);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(doc));
    expect(report.view.snapshot()).toBe(before);
    report.edit(summary, 'In shor');
    const after = report.view.snapshot();
    expect(after).not.toBe(before);
    expect(before.texts.summary).toBe('In short.');
    expect(after.texts.summary).toBe('In shor');
  });

  it('reads the same whether built event by event or all at once', () => {
    const { doc, report, context } = newReport('a');
    ['q3', 'q1', 'q2'].forEach((id) => report.edit(assessmentOf(id), `About ${id}`));
    report.edit(summary, 'In short.');
    report.edit(summary, 'In short');
    report.edit(assessmentOf('q1'), '');
    report.setOmitted(note('n'), true);
    const read = report.view.snapshot();
    const inOrder = ({ texts }: ReportDraft): string => JSON.stringify(texts);
    for (const other of [
      openReportDocument(doc, context),
      reportOnAnotherLaptop('b', doc).report,
    ]) {
      expect(other.view.snapshot()).toEqual(read);
      expect(inOrder(other.view.snapshot())).toBe(inOrder(read));
    }
  });

  it('tells listeners once per operation, and nobody after it was closed', () => {
    const { doc, report } = newReport('a');
    const seen: string[] = [];
    report.view.subscribe(() => seen.push(report.view.snapshot().texts.advice));
    report.edit(advice, 'Go on.');
    report.edit(advice, 'Go');
    report.edit(advice, 'Go');
    expect(seen).toEqual(['Go on.', 'Go']);
    report.destroy();
    doc.getText('report:advice').insert(2, ' on');
    expect(seen).toHaveLength(2);
  });
});

describe('S3: in a report', () => {
  it('a change that only deletes moves the state vector', () => {
    const { doc, report } = newReport('a');
    report.edit(advice, 'Go on.');
    const before = Y.encodeStateVector(doc);
    report.edit(advice, 'Go');
    expect(Y.encodeStateVector(doc)).not.toEqual(before);
  });
});

/** A plan as an older Caucus left it, which kept the report there. */
function oldPlan() {
  const made = newPlan('a');
  const [first, second] = made.plan.view.snapshot().questions;
  if (first === undefined || second === undefined) throw new Error('No questions');
  const { doc } = made;
  doc.getText('report:summary').insert(0, 'In short. 🏳️‍🌈');
  doc.getText('report:advice').insert(0, 'Go on, then more.');
  doc.getText('report:advice').delete(5, 11);
  doc.getText(`report:assessment:${first.id}`).insert(0, 'It can be done.');
  doc.getText(`report:assessment:${second.id}`).insert(0, 'Taken out');
  doc.getText(`report:assessment:${second.id}`).delete(0, 'Taken out'.length);
  doc.getMap('omissions').set(omissionKey(note('n1')), true);
  doc.getMap('omissions').set(omissionKey(note('n2')), false);
  const draft: ReportDraft = {
    ...emptyDraft,
    texts: {
      summary: 'In short. 🏳️‍🌈',
      advice: 'Go on.',
      assessments: { [first.id]: 'It can be done.' },
    },
    omissions: new Set([omissionKey(note('n1'))]),
  };
  return { doc, draft };
}
function movedFrom(plan: Y.Doc): Y.Doc {
  const doc = new Y.Doc();
  initialiseReportFromPlan(doc, plan);
  return doc;
}

describe('the report of a session from before it had a document of its own', () => {
  it('S2: has all texts and omissions of the plan, whether that is open or was just read', () => {
    const { doc, draft } = oldPlan();
    for (const plan of [doc, copyOf(doc)]) {
      const report = openReportDocument(movedFrom(plan), testContext('b'));
      expect(report.view.snapshot()).toEqual(draft);
    }
  });

  it('is a report like any other: nothing of the plan but that, one that can be worked on', () => {
    const moved = movedFrom(oldPlan().doc);
    expect(checkSchema(copyOf(moved), 'report')).toBeNull();
    expect(moved.getMap('meta').toJSON()).toEqual({
      kind: 'report',
      schemaVersion: SCHEMA_VERSION,
    });
    const report = openReportDocument(moved, testContext('b'));
    expect(report.history.undo()).toBeNull();
    valueOf(report.edit(advice, 'Go on. Soon.'));
    valueOf(report.setOmitted(note('n1'), false));
    expect(report.view.snapshot()).toMatchObject({
      texts: { advice: 'Go on. Soon.' },
      omissions: new Set(),
    });
  });

  it('S2: leaves the plan as it was, to the last byte', () => {
    const { doc } = oldPlan();
    const before = Y.encodeStateAsUpdate(doc);
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    movedFrom(doc);
    expect(updates).toEqual([]);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    expect(doc.getText('report:advice').toString()).toBe('Go on.');
  });

  it('goes out whole, in one update', () => {
    const { doc: plan, draft } = oldPlan();
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    initialiseReportFromPlan(doc, plan);
    expect(updates).toHaveLength(1);
    const other = new Y.Doc();
    for (const update of updates) Y.applyUpdate(other, update);
    expect(openReportDocument(other, testContext('b')).view.snapshot()).toEqual(draft);
  });

  it('is empty where nobody had written any, and where there is no plan yet', () => {
    const fresh = new Y.Doc();
    initialiseReportDocument(fresh);
    for (const plan of [newPlan('a').doc, new Y.Doc()]) {
      const moved = movedFrom(plan);
      expect(openReportDocument(moved, testContext('b')).view.snapshot()).toEqual(emptyDraft);
      expect(moved.toJSON()).toMatchObject(fresh.toJSON());
    }
  });

  it('passes over what an omission cannot be', () => {
    const { doc, draft } = oldPlan();
    doc.getMap('omissions').set('a', 'yes');
    doc.getMap('omissions').set('b', { c: true });
    const moved = movedFrom(doc);
    expect([...moved.getMap('omissions').keys()].toSorted()).toEqual([
      omissionKey(note('n1')),
      omissionKey(note('n2')),
    ]);
    expect(openReportDocument(moved, testContext('b')).view.snapshot()).toEqual(draft);
  });
});
