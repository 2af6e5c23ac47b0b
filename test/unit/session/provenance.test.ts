import { describe, expect, it } from 'vitest';
import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type { GroupId, NoteId, RecommendationId } from '../../../src/core/session/ids.ts';
import {
  notesBehind,
  proposalsByRecommendation,
  recommendationKey,
  recommendationsOf,
  unmergedRecommendations,
} from '../../../src/core/session/provenance.ts';
import { newGroup, newPlan, valueOf } from './laptops.ts';

/** Two groups; the first with two notes and a recommendation from both, the second with one. */
function session() {
  const { plan } = newPlan('plenary');
  const [g1, g2] = plan.view.snapshot().groups.map(({ id }) => id) as [GroupId, GroupId];
  const [first, second] = [newGroup('a').group, newGroup('b').group];
  const note = (group: GroupDocument, text: string): NoteId =>
    valueOf(group.addNote({ kind: 'point', questionId: null, text }));
  const recommend = (group: GroupDocument, text: string, noteIds: NoteId[]): RecommendationId =>
    valueOf(group.addRecommendation({ questionId: null, text, noteIds }));
  const notes = [note(first, 'one'), note(first, 'two'), note(second, 'three')] as const;
  const r1 = { groupId: g1, recommendationId: recommend(first, 'A', [notes[0], notes[1]]) };
  const r2 = { groupId: g2, recommendationId: recommend(second, 'B', [notes[2]]) };
  const groups = () =>
    new Map([
      [g1, first.view.snapshot()],
      [g2, second.view.snapshot()],
    ]);
  const behind = () => {
    const [proposal] = plan.view.snapshot().proposals;
    if (proposal === undefined) throw new Error('No proposal');
    return notesBehind(proposal, groups());
  };
  const merge = (...sources: (typeof r1)[]) =>
    valueOf(plan.addProposal({ text: 'P', questionId: null, sources }));
  return { plan, g1, g2, first, second, notes, r1, r2, groups, behind, merge };
}

describe('M1: the way back from a proposal', () => {
  it('leads through every recommendation to every note, each once', () => {
    const { behind, merge, r1, r2, notes, first } = session();
    first.addRecommendation({ questionId: null, text: 'unrelated', noteIds: [notes[0]] });
    merge(r1, r2);
    expect(behind().notes.map(({ note }) => note.text)).toEqual(['one', 'two', 'three']);
    expect(behind()).toMatchObject({ missingNotes: [], missingRecommendations: [] });
  });

  it('follows what was withdrawn, because a source stays a source', () => {
    const { behind, merge, r1, notes, first } = session();
    merge(r1);
    first.deleteNote(notes[0]);
    first.deleteRecommendation(r1.recommendationId);
    expect(behind().notes.map(({ note }) => note.text)).toEqual(['one', 'two']);
  });

  it('names what is not on this laptop', () => {
    const { plan, merge, r1, r2, g1, notes, groups } = session();
    const gone = { groupId: g1, recommendationId: 'gone' as RecommendationId };
    merge(r1, r2, gone);
    const [proposal] = plan.view.snapshot().proposals;
    if (proposal === undefined) throw new Error('No proposal');
    const here = groups().get(g1);
    if (here === undefined) throw new Error('No group');
    const partly = new Map([[g1, { ...here, notes: here.notes.slice(1) }]]);
    expect(notesBehind(proposal, partly)).toMatchObject({
      notes: [{ groupId: g1, note: { id: notes[1] } }],
      missingNotes: [{ groupId: g1, noteId: notes[0] }],
      missingRecommendations: [gone, r2],
    });
  });
});

describe('M1: what is merged and what is not', () => {
  it('lists recommendations by group, and those that nothing has merged', () => {
    const { plan, groups, merge, r1, r2 } = session();
    const ids = (of: typeof recommendationsOf) =>
      of(plan.view.snapshot(), groups()).map(({ recommendation }) => recommendation.text);
    expect(ids(recommendationsOf)).toEqual(['A', 'B']);
    expect(ids(unmergedRecommendations)).toEqual(['A', 'B']);
    const id = merge(r1, r2);
    expect(ids(unmergedRecommendations)).toEqual([]);
    plan.setProposalSource(id, r1, false);
    expect(ids(unmergedRecommendations)).toEqual(['A']);
    plan.deleteProposal(id);
    expect(ids(unmergedRecommendations)).toEqual(['A', 'B']);
    expect(ids(recommendationsOf)).toEqual(['A', 'B']);
  });

  it('finds every proposal that a recommendation went into', () => {
    const { plan, merge, r1, r2 } = session();
    const [one, other] = [merge(r1), merge(r1, r2)];
    const merged = proposalsByRecommendation(plan.view.snapshot().proposals);
    expect(merged.get(recommendationKey(r1))?.map(({ id }) => id)).toEqual([one, other]);
    expect(merged.get(recommendationKey(r2))?.map(({ id }) => id)).toEqual([other]);
  });
});
