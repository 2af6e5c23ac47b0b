import { describe, expect, it } from 'vitest';
import {
  notesBehind,
  proposalsByRecommendation,
  recommendationKey,
  unmergedRecommendations,
} from '../../../src/core/session/provenance.ts';
import {
  group,
  groupNotes,
  groupsById,
  note,
  plan,
  proposal,
  recommendation,
  ref,
} from '../../fixtures/read-model.ts';

const first = groupNotes('g', {
  notes: [note('n1', 'one'), note('n2', 'two'), note('n3', 'three', { deleted: true })],
  recommendations: [
    recommendation('r1', 'first', ['n1', 'n2']),
    recommendation('r2', 'second', ['n2', 'n3', 'lost']),
    recommendation('r3', 'third', [], { deleted: true }),
  ],
});
const second = groupNotes('h', {
  notes: [note('n1', 'another one', { draft: true })],
  recommendations: [recommendation('r1', 'of another group', ['n1'])],
});
const groups = groupsById(first, second);
const proposals = [
  proposal('p1', 'merged', [ref('g', 'r1'), ref('g', 'r2'), ref('h', 'r1')]),
  proposal('p2', 'merged too', [ref('g', 'r1'), ref('g', 'lost'), ref('nowhere', 'r1')]),
  proposal('p3', 'withdrawn', [ref('g', 'r2')], { deleted: true }),
];
const session = plan({ groups: [group('g', 1), group('h', 2), group('away', 3)], proposals });

describe('where recommendations went', () => {
  it('M1 tells into which proposals each is merged, and keeps groups with like ids apart', () => {
    const merged = proposalsByRecommendation(session.proposals);
    const idsFor = (groupName: string, id: string): string[] | undefined =>
      merged.get(recommendationKey(ref(groupName, id)))?.map((each) => each.id);
    expect(idsFor('g', 'r1')).toEqual(['p1', 'p2']);
    expect(idsFor('g', 'r2')).toEqual(['p1']);
    expect(idsFor('h', 'r1')).toEqual(['p1']);
    expect(idsFor('h', 'r2')).toBeUndefined();
  });

  it('R1 tells which are not merged yet; a withdrawn proposal merges nothing', () => {
    const without = plan({ ...session, proposals: proposals.slice(2) });
    const idsOf = (of: typeof session): string[] =>
      unmergedRecommendations(of, groups).map(
        ({ groupId, recommendation: each }) => `${groupId}/${each.id}`,
      );
    expect(idsOf(session)).toEqual([]);
    expect(idsOf(without)).toEqual(['g/r1', 'g/r2', 'h/r1']);
  });
});

describe('the notes behind a proposal', () => {
  it('M1 are found once each, drafts and withdrawn ones too, and what is lost is named', () => {
    const [merged] = session.proposals;
    const behind = notesBehind(merged ?? proposal('none', ''), groups);
    expect(behind.notes.map((each) => `${each.groupId}/${each.note.id}`)).toEqual([
      'g/n1',
      'g/n2',
      'g/n3',
      'h/n1',
    ]);
    expect(behind.missingNotes).toEqual([{ groupId: 'g', noteId: 'lost' }]);
    expect(behind.missingRecommendations).toEqual([]);
  });

  it('M1 name recommendations that are not on this laptop', () => {
    const behind = notesBehind(session.proposals[1] ?? proposal('none', ''), groups);
    expect(behind.missingRecommendations).toEqual([ref('g', 'lost'), ref('nowhere', 'r1')]);
    expect(behind.notes.map((each) => each.note.id)).toEqual(['n1', 'n2']);
  });
});
