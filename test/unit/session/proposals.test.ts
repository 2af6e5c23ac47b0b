import { describe, expect, it } from 'vitest';
import type {
  GroupId,
  ProposalId,
  QuestionId,
  RecommendationId,
} from '../../../src/core/session/ids.ts';
import type { RecommendationRef } from '../../../src/core/session/model.ts';
import type { PlanDocument } from '../../../src/core/session/plan-document.ts';
import { MAX_TEXT_LENGTH } from '../../../src/core/session/schema.ts';
import { exchange, newPlan, planOnAnotherLaptop, valueOf } from './laptops.ts';

const ref = (group: string, recommendation: string): RecommendationRef => ({
  groupId: group as GroupId,
  recommendationId: recommendation as RecommendationId,
});
const [r1, r2, r3] = [ref('g1', 'r1'), ref('g2', 'r2'), ref('g2', 'r3')];
const refusedFor = (reason: string) => ({ ok: false, reason });

const merge = (plan: PlanDocument, ...sources: RecommendationRef[]): ProposalId =>
  valueOf(plan.addProposal({ text: 'A register', questionId: null, sources }));
const texts = (plan: PlanDocument): string[] =>
  plan.view.snapshot().proposals.map(({ text }) => text);
const sourcesOf = (plan: PlanDocument, id: ProposalId): readonly RecommendationRef[] | undefined =>
  plan.view.snapshot().proposals.find((proposal) => proposal.id === id)?.sources;

function twoLaptops() {
  const a = newPlan('a');
  const id = merge(a.plan, r1);
  return { a, b: planOnAnotherLaptop('b', a.doc), id };
}

describe('proposals', () => {
  it('M1: carry text, question, the recommendations they come from, laptop and time', () => {
    const { plan, context } = newPlan('a');
    context.time = 5_000;
    const questionId = plan.view.snapshot().questions[0]?.id as QuestionId;
    const id = valueOf(plan.addProposal({ text: 'A register', questionId, sources: [r3, r1, r2] }));
    expect(plan.view.snapshot().proposals).toEqual([
      {
        id,
        text: 'A register',
        questionId,
        sources: [r1, r2, r3],
        deviceId: 'a',
        createdAt: 5_000,
        order: 'a0',
        deleted: false,
      },
    ]);
  });

  it('move to the place that was asked for', () => {
    const { plan } = newPlan('a');
    const ids = ['1', '2', '3'].map((text) =>
      valueOf(plan.addProposal({ text, questionId: null, sources: [] })),
    );
    plan.moveProposal(ids[2] as ProposalId, 0);
    expect(texts(plan)).toEqual(['3', '1', '2']);
    plan.moveProposal(ids[2] as ProposalId, 1);
    expect(texts(plan)).toEqual(['1', '3', '2']);
    expect(plan.history.undo()).toBe('proposal-changed');
    expect(texts(plan)).toEqual(['3', '1', '2']);
    for (const index of [-1, 3, 0.5, NaN]) {
      expect(plan.moveProposal(ids[0] as ProposalId, index)).toEqual(refusedFor('not-allowed'));
    }
  });

  it('S2: keep the words of both laptops that edit one at once', () => {
    const { a, b, id } = twoLaptops();
    a.plan.editProposal(id, 'A public register');
    b.plan.editProposal(id, 'A register of devices');
    exchange(a.doc, b.doc);
    expect(texts(a.plan)).toEqual(['A public register of devices']);
    expect(texts(b.plan)).toEqual(texts(a.plan));
  });

  it('refuse what is not there and what is too long', () => {
    const { plan } = newPlan('a');
    const none = 'none' as ProposalId;
    const tooLong = 'x'.repeat(MAX_TEXT_LENGTH + 1);
    const id = merge(plan, r1);
    expect([
      plan.editProposal(none, 'x'),
      plan.changeProposal(none, null),
      plan.setProposalSource(none, r1, true),
      plan.moveProposal(none, 0),
      plan.deleteProposal(none),
      plan.restoreProposal(none),
    ]).toEqual(Array.from({ length: 6 }, () => refusedFor('not-found')));
    expect(plan.editProposal(id, tooLong)).toEqual(refusedFor('too-long'));
    expect(plan.addProposal({ text: tooLong, questionId: null, sources: [] })).toEqual(
      refusedFor('too-long'),
    );
    expect(texts(plan)).toEqual(['A register']);
  });

  it('record no step where nothing was changed', () => {
    const { plan } = newPlan('a');
    const id = merge(plan, r1);
    plan.setProposalSource(id, r1, true);
    plan.setProposalSource(id, r2, false);
    plan.restoreProposal(id);
    plan.changeProposal(id, null);
    plan.editProposal(id, 'A register');
    expect(plan.history.undo()).toBe('proposal-added');
  });
});

describe('M1: splitting a merge restores what was', () => {
  it('when one recommendation is split off, and by undo and redo', () => {
    const { plan } = newPlan('a');
    const id = merge(plan, r1, r2);
    plan.setProposalSource(id, r3, true);
    expect(sourcesOf(plan, id)).toEqual([r1, r2, r3]);
    plan.setProposalSource(id, r3, false);
    expect(sourcesOf(plan, id)).toEqual([r1, r2]);
    expect(plan.history.undo()).toBe('proposal-changed');
    expect(sourcesOf(plan, id)).toEqual([r1, r2, r3]);
    plan.history.undo();
    expect(sourcesOf(plan, id)).toEqual([r1, r2]);
    plan.history.redo();
    expect(sourcesOf(plan, id)).toEqual([r1, r2, r3]);
    plan.history.redo();
    expect(sourcesOf(plan, id)).toEqual([r1, r2]);
  });

  it('when the whole merge is taken back: its sources are free, and merged again by redo', () => {
    const { plan } = newPlan('a');
    const before = plan.view.snapshot().proposals;
    const id = merge(plan, r1, r2);
    expect(plan.history.undo()).toBe('proposal-added');
    expect(plan.view.snapshot().proposals).toEqual(before);
    expect(plan.view.snapshot().deletedProposals[0]?.sources).toEqual([r1, r2]);
    expect(plan.history.redo()).toBe('proposal-added');
    expect(sourcesOf(plan, id)).toEqual([r1, r2]);
  });

  it('when the proposal is deleted, and restored', () => {
    const { plan } = newPlan('a');
    const id = merge(plan, r1, r2);
    const before = plan.view.snapshot().proposals;
    plan.deleteProposal(id);
    expect(plan.view.snapshot().proposals).toEqual([]);
    plan.restoreProposal(id);
    expect(plan.view.snapshot().proposals).toEqual(before);
    expect(plan.history.undo()).toBe('proposal-restored');
    expect(plan.history.undo()).toBe('proposal-deleted');
    expect(plan.view.snapshot().proposals).toEqual(before);
  });

  it('leaves the other proposal that the recommendation is in as it is', () => {
    const { plan } = newPlan('a');
    const [one, other] = [merge(plan, r1, r2), merge(plan, r2)];
    plan.setProposalSource(one, r2, false);
    expect(sourcesOf(plan, one)).toEqual([r1]);
    expect(sourcesOf(plan, other)).toEqual([r2]);
  });
});

describe('M1: two laptops that merge at once', () => {
  it('end with the sources of both', () => {
    const { a, b, id } = twoLaptops();
    a.plan.setProposalSource(id, r2, true);
    b.plan.setProposalSource(id, r3, true);
    exchange(a.doc, b.doc);
    expect(sourcesOf(a.plan, id)).toEqual([r1, r2, r3]);
    expect(sourcesOf(b.plan, id)).toEqual([r1, r2, r3]);
  });

  it('each split off only what they split off', () => {
    const { a, b, id } = twoLaptops();
    a.plan.setProposalSource(id, r2, true);
    exchange(a.doc, b.doc);
    a.plan.setProposalSource(id, r1, false);
    b.plan.setProposalSource(id, r3, true);
    exchange(a.doc, b.doc);
    expect(sourcesOf(a.plan, id)).toEqual([r2, r3]);
    a.plan.history.undo();
    exchange(a.doc, b.doc);
    expect(sourcesOf(b.plan, id)).toEqual([r1, r2, r3]);
  });

  it('into new proposals of the same recommendations keep both proposals', () => {
    const { a, b } = twoLaptops();
    merge(a.plan, r2, r3);
    merge(b.plan, r2, r3);
    exchange(a.doc, b.doc);
    const sources = a.plan.view.snapshot().proposals.map((proposal) => proposal.sources);
    expect(sources).toEqual([[r1], [r2, r3], [r2, r3]]);
    expect(b.plan.view.snapshot()).toEqual(a.plan.view.snapshot());
  });

  it('keep what one adds while the other deletes the proposal, for when it is restored', () => {
    const { a, b, id } = twoLaptops();
    a.plan.deleteProposal(id);
    b.plan.setProposalSource(id, r2, true);
    b.plan.editProposal(id, 'A better register');
    exchange(a.doc, b.doc);
    expect(a.plan.view.snapshot().deletedProposals).toMatchObject([
      { text: 'A better register', sources: [r1, r2] },
    ]);
    b.plan.restoreProposal(id);
    exchange(a.doc, b.doc);
    expect(sourcesOf(a.plan, id)).toEqual([r1, r2]);
  });
});
