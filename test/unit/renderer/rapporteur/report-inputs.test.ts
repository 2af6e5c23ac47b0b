import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createReportInputs } from '../../../../renderer/rapporteur/report-inputs.ts';
import type { OpenedSession } from '../../../../src/browser/app/types.ts';
import type { GroupNotes, Plan } from '../../../../src/core/session/model.ts';
import {
  groupId,
  groupNotes,
  note,
  plan,
  question,
  questionId,
} from '../../../fixtures/read-model.ts';

function shown<T>(first: T) {
  const store = createStore<{ readonly value: T }>(() => ({ value: first }));
  return {
    view: { snapshot: () => store.getState().value, subscribe: store.subscribe },
    show: (value: T) => store.setState({ value }),
  };
}

function session() {
  const planView = shown<Plan>(plan({ questions: [question('value', 'Value')] }));
  const makers = shown<GroupNotes>(groupNotes('makers'));
  const groups = new Map([[groupId('makers'), makers]]);
  const status = createStore(() => ({}));
  const source = { plan: planView, groups, status } as unknown as OpenedSession;
  let time = 0;
  const inputs = createReportInputs(source, () => (time += 1));
  return { planView, makers, groups, status, inputs };
}

describe('what the preview is made from', () => {
  it('is the same object until something changes', () => {
    const { inputs, makers } = session();
    const before = inputs.snapshot();
    expect(inputs.snapshot()).toBe(before);
    makers.show(groupNotes('makers', { notes: [note('n1', 'A register')] }));
    const after = inputs.snapshot();
    expect(after).not.toBe(before);
    expect(after.plan).toBe(before.plan);
    expect(after.at).toBeGreaterThan(before.at);
  });

  it('does not change with each key in a text of the report, only when it is begun or emptied', () => {
    const { inputs, planView } = session();
    const before = inputs.snapshot();
    const write = (summary: string, value: string) => {
      const assessments = { [questionId('value')]: value };
      planView.show({ ...planView.view.snapshot(), report: { summary, advice: '', assessments } });
      return inputs.snapshot();
    };
    const begun = write('F', '');
    expect(begun).not.toBe(before);
    expect(write('Four groups', '')).toBe(begun);
    const assessed = write('Four groups', 'H');
    expect(assessed).not.toBe(begun);
    expect(write('Four groups met', 'High')).toBe(assessed);
    expect(write('', 'High')).not.toBe(assessed);
  });

  it('does not change with the clock', () => {
    const { inputs, planView } = session();
    const before = inputs.snapshot();
    planView.show({ ...planView.view.snapshot(), clock: { segmentId: null, startedAt: 5 } });
    expect(inputs.snapshot()).toBe(before);
  });

  it('watches a group that is added while the session runs', () => {
    const { inputs, groups, status } = session();
    let calls = 0;
    const stop = inputs.subscribe(() => (calls += 1));
    const users = shown<GroupNotes>(groupNotes('users'));
    groups.set(groupId('users'), users);
    status.setState({ any: 'change' });
    expect(inputs.snapshot().groups.size).toBe(2);
    const before = calls;
    users.show(groupNotes('users', { notes: [note('n1', 'A desk')] }));
    expect(calls).toBe(before + 1);
    stop();
    users.show(groupNotes('users'));
    expect(calls).toBe(before + 1);
  });
});
