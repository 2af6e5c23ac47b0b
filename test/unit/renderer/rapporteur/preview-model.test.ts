import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../../renderer/rapporteur/build-model.ts';
import {
  foldOfTable,
  foldsAround,
  RUN_LENGTH,
  runsOf,
  showsAllNotes,
} from '../../../../renderer/rapporteur/note-runs.ts';
import type { Piece } from '../../../../renderer/rapporteur/place-texts.ts';
import { sectionKey } from '../../../../renderer/rapporteur/report-section.ts';
import { linkLabels } from '../../../../src/core/report/link-labels.ts';
import type { GroupNotes, Plan, ReportDraft } from '../../../../src/core/session/model.ts';
import {
  draft,
  group,
  groupNotes,
  groupsById,
  minute,
  note,
  plan,
  question,
  recommendation,
} from '../../../fixtures/read-model.ts';
import { workshopDraft, workshopGroups, workshopPlan } from '../../report/workshop.ts';

const modelOf = (
  of: Plan,
  groups: ReadonlyMap<GroupNotes['groupId'] & string, GroupNotes>,
  written: ReportDraft = draft(),
) => buildModel({ plan: of, draft: written, groups, at: minute(90) });
const workshop = modelOf(workshopPlan, workshopGroups, workshopDraft);
const keysOfTexts = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) => (piece.kind === 'text' ? [sectionKey(piece.section)] : []));

describe('the preview', () => {
  it('R1 shows every block of the report, in its order', () => {
    const { report, pieces } = workshop;
    expect(pieces).toHaveLength(report.blocks.length);
    const shown = pieces.filter((piece) => piece.kind === 'block').map(({ block }) => block);
    const texts = new Set(pieces.flatMap((piece, index) => (piece.kind === 'text' ? [index] : [])));
    expect(shown).toEqual(report.blocks.filter((_, index) => !texts.has(index)));
  });

  it('has each of the rapporteur’s texts exactly once, whether it is written or not', () => {
    const expected = [
      'summary',
      'advice',
      ...workshopPlan.questions.map(({ id }) => `assessment-${id}`),
    ];
    expect(keysOfTexts(workshop.pieces)).toEqual(expected);
    const blank = modelOf(workshopPlan, workshopGroups, draft());
    expect(keysOfTexts(blank.pieces)).toEqual(expected);
  });

  it('puts no text in place of anything but the paragraph that holds it', () => {
    const texts = workshop.report.blocks.filter(
      (_, index) => workshop.pieces[index]?.kind === 'text',
    );
    expect(texts.every((block) => block.kind === 'paragraph' && block.tone !== 'lead')).toBe(true);
    expect(JSON.stringify(texts)).toContain('The groups agree that');
  });

  it('copes with a session without questions', () => {
    const { pieces } = modelOf(plan(), groupsById());
    expect(keysOfTexts(pieces)).toEqual(['summary', 'advice']);
  });

  it('gives every piece a key of its own', () => {
    const keys = workshop.pieces.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the contents', () => {
  it('list chapters and their parts, and say which have a text to write', () => {
    const entries = workshop.contents.map(({ level, text, section }) =>
      [level, text, section === null ? '' : section.section].join(' '),
    );
    expect(entries.slice(0, 5)).toEqual([
      '1 1 Summary summary',
      '1 2 Advice advice',
      '1 3 Feasibility assessment, question by question ',
      '2 a Value assessment',
      '2 b Elements assessment',
    ]);
    expect(entries.filter((entry) => entry.startsWith('2 Group')).length).toBeGreaterThan(3);
  });
});

describe('references', () => {
  it('M1 lead somewhere, every one of them', () => {
    const anchors = new Set<string>();
    const wanted = new Set<string>();
    JSON.stringify(workshop.report, (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'anchor' in value) {
        const kind = 'kind' in value ? value.kind : 'entry';
        (kind === 'target' || kind === 'heading' ? anchors : wanted).add(String(value.anchor));
      }
      return value;
    });
    expect(wanted.size).toBeGreaterThan(10);
    expect([...wanted].filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });

  it('M1 in the rapporteur’s texts are found by their labels', () => {
    const line = linkLabels(workshopDraft.texts.advice, workshop.anchors);
    expect(line.flatMap((inline) => (inline.kind === 'reference' ? [inline.label] : []))).toEqual([
      'P1',
      'N1.3',
      'P2',
      'R2.3',
    ]);
  });

  it('leads to each group of the plan', () => {
    expect([...workshop.groupAnchors.values()].slice(0, 4)).toEqual([
      'group-1',
      'group-2',
      'group-3',
      'group-4',
    ]);
  });
});

describe('many notes', () => {
  const notes = Array.from({ length: 2 * RUN_LENGTH + 30 }, (_, index) =>
    note(`n${index}`, `Note ${index}`),
  );
  const { pieces } = modelOf(
    plan({ groups: [group('makers', 1)], questions: [question('value', 'Value')] }),
    groupsById(groupNotes('makers', { notes, recommendations: [recommendation('r1', 'One')] })),
  );
  const table = pieces.flatMap((piece) =>
    piece.kind === 'block' && piece.block.kind === 'notes' ? [piece.block] : [],
  )[0];
  if (table === undefined) throw new Error('The report has no table of notes');

  it('are folded away, and a few are not', () => {
    expect(showsAllNotes(pieces)).toBe(false);
    expect(showsAllNotes(workshop.pieces)).toBe(true);
  });

  it('R1 are all in the runs, in order', () => {
    const runs = runsOf(table);
    expect(runs.map(({ rows }) => rows.length)).toEqual([RUN_LENGTH, RUN_LENGTH, 30]);
    expect(runs.flatMap(({ rows }) => rows)).toEqual(table.rows);
    expect(new Set([foldOfTable(table), ...runs.map(({ id }) => id)]).size).toBe(4);
  });

  it('M1 are unfolded where a reference leads', () => {
    const [first, second] = runsOf(table);
    expect(foldsAround(pieces, `n1-${RUN_LENGTH}`)).toEqual([foldOfTable(table), first?.id]);
    expect(foldsAround(pieces, `n1-${RUN_LENGTH + 1}`)).toEqual([foldOfTable(table), second?.id]);
    expect(foldsAround(pieces, 'r1-1')).toEqual([]);
  });
});
