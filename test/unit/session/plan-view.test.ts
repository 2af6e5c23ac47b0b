import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { GroupId, QuestionId, SegmentId } from '../../../src/core/session/ids.ts';
import { openPlanDocument } from '../../../src/core/session/plan-document.ts';
import { newPlan, planOnAnotherLaptop, valueOf } from './laptops.ts';

const refusedFor = (reason: string) => ({ ok: false, reason });

describe('questions', () => {
  it('move up a letter when one before them is deleted, and back', () => {
    const { doc, plan } = newPlan('a');
    const [first] = plan.view.snapshot().questions;
    const entry = doc.getMap('questions').get(first?.id ?? '') as Y.Map<unknown>;
    entry.set('deleted', true);
    expect(plan.view.snapshot().questions).toMatchObject([{ letter: 'a', title: 'Elements' }]);
    entry.set('deleted', false);
    expect(plan.view.snapshot().questions).toMatchObject([
      { letter: 'a', title: 'Value' },
      { letter: 'b', title: 'Elements' },
    ]);
  });
});

describe('a plan of a newer Caucus', () => {
  it('is shown, and neither operation nor undo changes it', () => {
    const { doc, plan } = newPlan('a');
    const proposal = valueOf(plan.addProposal({ text: 'P', questionId: null, sources: [] }));
    const { groups, agenda } = plan.view.snapshot();
    const groupId = groups[0]?.id as GroupId;
    const segmentId = agenda[0]?.id as SegmentId;
    const source = { groupId, recommendationId: 'r1' as never };
    doc.getMap('meta').set('schemaVersion', 2);
    const before = Y.encodeStateVector(doc);
    const outcomes = [
      plan.rename('x'),
      plan.addGroup('x', false),
      plan.renameGroup(groupId, 'x'),
      plan.startSegment(segmentId),
      plan.stopClock(),
      plan.setMinutes(segmentId, 7),
      plan.addProposal({ text: 'x', questionId: null, sources: [] }),
      plan.editProposal(proposal, 'x'),
      plan.changeProposal(proposal, 'q' as QuestionId),
      plan.setProposalSource(proposal, source, true),
      plan.moveProposal(proposal, 0),
      plan.deleteProposal(proposal),
      plan.restoreProposal(proposal),
    ];
    expect(outcomes).toEqual(outcomes.map(() => refusedFor('read-only')));
    expect(plan.history.undo()).toBeNull();
    expect(Y.encodeStateVector(doc)).toEqual(before);
    expect(plan.view.snapshot()).toMatchObject({ readOnly: true, schemaVersion: 2 });
    expect(plan.view.snapshot().proposals.map(({ id }) => id)).toEqual([proposal]);
  });

  it('keeps, through this version, the fields and entries that only the newer one knows', () => {
    const { doc, plan } = newPlan('a');
    const id = valueOf(plan.addProposal({ text: 'P', questionId: null, sources: [] }));
    const entry = doc.getMap('proposals').get(id) as Y.Map<unknown>;
    entry.set('polls', ['p1']);
    doc.getMap('meta').set('theme', 'dark');
    doc.getMap('proposalSources').set('not a source', true);
    plan.editProposal(id, 'P, edited');
    plan.deleteProposal(id);
    plan.restoreProposal(id);
    plan.rename('Renamed');
    expect(entry.get('polls')).toEqual(['p1']);
    expect(doc.getMap('meta').get('theme')).toBe('dark');
    expect(doc.getMap('proposalSources').get('not a source')).toBe(true);
  });
});

describe("the plan's read model", () => {
  it('keeps what did not change the same object', () => {
    const { doc, plan } = newPlan('a');
    valueOf(plan.addProposal({ text: 'one', questionId: null, sources: [] }));
    const id = valueOf(plan.addProposal({ text: 'two', questionId: null, sources: [] }));
    const before = plan.view.snapshot();
    plan.editProposal(id, 'two!');
    const after = plan.view.snapshot();
    expect(after.proposals[0]).toBe(before.proposals[0]);
    expect(after.proposals[1]).not.toBe(before.proposals[1]);
    for (const name of ['questions', 'groups', 'agenda', 'clock', 'voting'] as const) {
      expect(after[name]).toBe(before[name]);
    }
    expect(plan.view.snapshot()).toBe(after);

    const second = doc.getMap('questions').get(after.questions[1]?.id ?? '') as Y.Map<unknown>;
    second.set('title', 'Parts');
    const { questions } = plan.view.snapshot();
    expect(questions[0]).toBe(after.questions[0]);
    expect(questions[1]).toMatchObject({ letter: 'b', title: 'Parts' });
  });

  it('reads the same whether built event by event or all at once', () => {
    const { doc, plan, context } = newPlan('a');
    const ids = Array.from({ length: 20 }, (_, index) => {
      const sources = [{ groupId: 'g1' as GroupId, recommendationId: `r${index}` as never }];
      return valueOf(plan.addProposal({ text: `p${index}`, questionId: null, sources }));
    });
    ids.forEach((id, index) => {
      if (index % 3 === 0) plan.deleteProposal(id);
      if (index % 4 === 0) plan.moveProposal(id, 1);
      if (index % 5 === 0) plan.editProposal(id, `changed ${index}`);
    });
    plan.addGroup('Third', true);
    expect(openPlanDocument(doc, context).view.snapshot()).toEqual(plan.view.snapshot());
    expect(planOnAnotherLaptop('b', doc).plan.view.snapshot()).toEqual(plan.view.snapshot());
  });

  it('passes over sources that name no recommendation', () => {
    const { doc, plan } = newPlan('a');
    const id = valueOf(plan.addProposal({ text: 'P', questionId: null, sources: [] }));
    for (const key of ['g1/r1', 'g1', 'g1/', '/r1', 'g1/r1/x', '']) {
      doc.getMap('proposalSources').set(`${id}/${key}`, true);
    }
    const sources = [{ groupId: 'g1', recommendationId: 'r1' }];
    expect(plan.view.snapshot().proposals[0]?.sources).toEqual(sources);
  });

  it('tells listeners once per operation, and nobody after it was closed', () => {
    const { plan } = newPlan('a');
    let calls = 0;
    plan.view.subscribe(() => (calls += 1));
    const source = { groupId: 'g1' as GroupId, recommendationId: 'r1' as never };
    plan.addProposal({ text: 'P', questionId: null, sources: [source] });
    expect(calls).toBe(1);
    plan.destroy();
    plan.rename('x');
    expect(calls).toBe(1);
  });
});
