import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { GroupId, SegmentId } from '../../../src/core/session/ids.ts';
import {
  initialisePlanDocument,
  openPlanDocument,
} from '../../../src/core/session/plan-document.ts';
import { MAX_GROUPS, MAX_MINUTES } from '../../../src/core/session/plan-input.ts';
import { MAX_TITLE_LENGTH } from '../../../src/core/session/schema.ts';
import { testContext } from '../../tools/context.ts';
import { exchange, newPlan, planInput, planOnAnotherLaptop, valueOf } from './laptops.ts';

const refusedFor = (reason: string) => ({ ok: false, reason });
const long = 'x'.repeat(MAX_TITLE_LENGTH + 1);

function twoLaptops() {
  const a = newPlan('a');
  return { a, b: planOnAnotherLaptop('b', a.doc) };
}

describe('a new plan', () => {
  it('reads as what was put into the form, in its order', () => {
    const { doc, plan } = newPlan('a');
    expect(plan.view.snapshot()).toMatchObject({
      schemaVersion: 1,
      readOnly: false,
      sessionId: 'a-1',
      title: 'Security by design',
      description: 'Ninety minutes',
      attribution: false,
      createdAt: 1_000,
      questions: [
        { letter: 'a', title: 'Value', text: 'What is a register worth?' },
        { letter: 'b', title: 'Elements', text: 'What makes it work?' },
      ],
      groups: [
        { number: 1, name: 'By the window', online: false },
        { number: 2, name: 'Online', online: true },
      ],
      agenda: [
        { title: 'Introduction', kind: 'introduction', minutes: 5 },
        { title: 'Groups', kind: 'breakout', minutes: 30 },
      ],
      stakeholderGroups: [{ name: 'Government' }, { name: 'Civil society' }],
      regions: [{ name: 'African' }, { name: 'Asia-Pacific' }],
      clock: { segmentId: null, startedAt: null },
      proposals: [],
      deletedProposals: [],
    });
    expect(doc.getMap('meta').get('kind')).toBe('plan');
  });

  it('says which session and which groups it made', () => {
    const doc = new Y.Doc();
    const context = testContext('a');
    const made = initialisePlanDocument(doc, planInput, context);
    const { sessionId, groups } = openPlanDocument(doc, context).view.snapshot();
    expect(made).toEqual({ sessionId, groupIds: groups.map(({ id }) => id) });
  });

  it('leaves out the blanks around what was typed', () => {
    const { plan } = newPlan('a', {
      ...planInput,
      title: '  Security \n',
      groups: [{ name: ' One ', online: false }],
    });
    expect(plan.view.snapshot().title).toBe('Security');
    expect(plan.view.snapshot().groups[0]?.name).toBe('One');
  });

  it.each([0, 40])('opens with %i groups', (count) => {
    const groups = Array.from({ length: count }, (_, index) => ({
      name: `Group ${index + 1}`,
      online: false,
    }));
    const snapshot = newPlan('a', { ...planInput, groups }).plan.view.snapshot();
    expect(snapshot.groups.map(({ name }) => name)).toEqual(groups.map(({ name }) => name));
    expect(new Set(snapshot.groups.map(({ number }) => number)).size).toBe(count);
  });

  it('gives 26 questions their letters', () => {
    const questions = Array.from({ length: 26 }, () => ({ title: 'Q', text: '' }));
    const { plan } = newPlan('a', { ...planInput, questions });
    const letters = plan.view.snapshot().questions.map(({ letter }) => letter);
    expect(letters.join('')).toBe('abcdefghijklmnopqrstuvwxyz');
  });
});

describe('titles and names', () => {
  it('renames the session and a group, and takes it back', () => {
    const { plan } = newPlan('a');
    const group = plan.view.snapshot().groups[0];
    plan.rename(' Another title ');
    plan.renameGroup(group?.id as GroupId, ' By the door ');
    expect(plan.view.snapshot().title).toBe('Another title');
    expect(plan.view.snapshot().groups[0]?.name).toBe('By the door');
    expect(plan.history.undo()).toBe('plan-changed');
    expect(plan.history.undo()).toBe('plan-changed');
    expect(plan.view.snapshot().title).toBe('Security by design');
    expect(plan.view.snapshot().groups[0]?.name).toBe('By the window');
  });

  it('refuses blank and endless ones, and groups that are not there', () => {
    const { plan } = newPlan('a');
    const id = plan.view.snapshot().groups[0]?.id as GroupId;
    for (const [text, reason] of [
      [' ', 'empty'],
      [long, 'too-long'],
    ] as const) {
      expect(plan.rename(text)).toEqual(refusedFor(reason));
      expect(plan.renameGroup(id, text)).toEqual(refusedFor(reason));
      expect(plan.addGroup(text, false)).toEqual(refusedFor(reason));
    }
    expect(plan.renameGroup('none' as GroupId, 'x')).toEqual(refusedFor('not-found'));
  });
});

describe('groups', () => {
  it('come last and get the next number', () => {
    const { plan } = newPlan('a');
    const id = valueOf(plan.addGroup(' Late ', false));
    expect(plan.view.snapshot().groups.at(-1)).toMatchObject({ id, number: 3, name: 'Late' });
  });

  it('never give a number again, also after the group that had it was deleted', () => {
    const { doc, plan } = newPlan('a');
    const id = valueOf(plan.addGroup('Third', false));
    (doc.getMap('groups').get(id) as Y.Map<unknown>).set('deleted', true);
    expect(plan.view.snapshot().groups).toHaveLength(2);
    plan.addGroup('Fourth', false);
    expect(plan.view.snapshot().groups.at(-1)).toMatchObject({ number: 4, name: 'Fourth' });
  });

  it('are refused after the fortieth', () => {
    const { plan } = newPlan('a');
    for (let count = 2; count < MAX_GROUPS; count += 1) valueOf(plan.addGroup('More', false));
    expect(plan.addGroup('One too many', false)).toEqual(refusedFor('not-allowed'));
    expect(plan.view.snapshot().groups).toHaveLength(MAX_GROUPS);
    expect(plan.view.snapshot().groups.at(-1)?.number).toBe(MAX_GROUPS);
  });

  it('are not taken back by undo, because their notes would go out of sight with them', () => {
    const { plan } = newPlan('a');
    plan.rename('Before');
    plan.addGroup('Third', false);
    expect(plan.history.undo()).toBe('plan-changed');
    expect(plan.history.undo()).toBeNull();
    expect(plan.view.snapshot()).toMatchObject({ title: 'Security by design' });
    expect(plan.view.snapshot().groups).toHaveLength(3);
  });
});

describe('the clock', () => {
  it('starts a segment, goes on to the next, and stops', () => {
    const { plan, context } = newPlan('a');
    const [first, second] = plan.view.snapshot().agenda;
    context.time = 5_000;
    plan.startSegment(first?.id as SegmentId);
    expect(plan.view.snapshot().clock).toEqual({ segmentId: first?.id, startedAt: 5_000 });
    context.time = 9_000;
    plan.startSegment(second?.id as SegmentId);
    expect(plan.view.snapshot().clock).toEqual({ segmentId: second?.id, startedAt: 9_000 });
    plan.stopClock();
    expect(plan.view.snapshot().clock).toEqual({ segmentId: second?.id, startedAt: null });
    plan.history.undo();
    expect(plan.view.snapshot().clock).toEqual({ segmentId: second?.id, startedAt: 9_000 });
    plan.history.undo();
    expect(plan.view.snapshot().clock).toEqual({ segmentId: first?.id, startedAt: 5_000 });
    plan.history.undo();
    expect(plan.view.snapshot().clock).toEqual({ segmentId: null, startedAt: null });
  });

  it('shows one segment and its own start where two laptops start different ones at once', () => {
    const { a, b } = twoLaptops();
    const [first, second] = a.plan.view.snapshot().agenda;
    a.context.time = 5_000;
    b.context.time = 6_000;
    a.plan.startSegment(first?.id as SegmentId);
    a.plan.stopClock();
    a.plan.startSegment(first?.id as SegmentId);
    b.plan.startSegment(second?.id as SegmentId);
    exchange(a.doc, b.doc);
    const { clock } = a.plan.view.snapshot();
    expect(b.plan.view.snapshot().clock).toEqual(clock);
    expect([
      { segmentId: first?.id, startedAt: 5_000 },
      { segmentId: second?.id, startedAt: 6_000 },
    ]).toContainEqual(clock);
  });

  it('stretches and cuts a segment, also while it runs', () => {
    const { plan } = newPlan('a');
    const id = plan.view.snapshot().agenda[1]?.id as SegmentId;
    plan.startSegment(id);
    plan.setMinutes(id, 35);
    expect(plan.view.snapshot().agenda[1]?.minutes).toBe(35);
    plan.setMinutes(id, 1);
    expect(plan.view.snapshot().agenda[1]?.minutes).toBe(1);
    for (const minutes of [0, -5, NaN, Infinity, MAX_MINUTES + 1]) {
      expect(plan.setMinutes(id, minutes)).toEqual(refusedFor('not-allowed'));
    }
    expect(plan.view.snapshot().agenda[1]?.minutes).toBe(1);
    expect(plan.view.snapshot().clock.segmentId).toBe(id);
  });

  it('refuses segments that are not there', () => {
    const { plan } = newPlan('a');
    expect(plan.startSegment('none' as SegmentId)).toEqual(refusedFor('not-found'));
    expect(plan.setMinutes('none' as SegmentId, 5)).toEqual(refusedFor('not-found'));
  });
});

describe('a laptop that opened the plan before it had any of it', () => {
  it('reads all of it once it comes, and what is changed later', () => {
    const { doc, plan } = newPlan('a');
    const empty = new Y.Doc();
    const late = openPlanDocument(empty, testContext('late'));
    expect(late.view.snapshot()).toMatchObject({ title: '', questions: [], groups: [] });
    Y.applyUpdate(empty, Y.encodeStateAsUpdate(doc));
    expect(late.view.snapshot()).toEqual(plan.view.snapshot());
    plan.rename('Later');
    Y.applyUpdate(empty, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(empty)));
    expect(late.view.snapshot()).toEqual(plan.view.snapshot());
    expect(late.view.snapshot().title).toBe('Later');
  });
});
