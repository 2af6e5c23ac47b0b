import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createReportInputs } from '../../../../renderer/rapporteur/report-inputs.ts';
import type { GroupNotes, Plan, ReportDraft } from '../../../../src/core/session/model.ts';
import {
  draft,
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
  const report = shown<ReportDraft>(draft());
  const makers = shown<GroupNotes>(groupNotes('makers'));
  const groups = new Map([[groupId('makers'), makers]]);
  const status = createStore(() => ({}));
  const source = { plan: planView, report, groups, status } as unknown as Parameters<
    typeof createReportInputs
  >[0];
  let time = 0;
  const inputs = createReportInputs(source, () => (time += 1));
  return { planView, report, makers, groups, status, inputs };
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
    const { inputs, report } = session();
    const before = inputs.snapshot();
    const write = (summary: string, value: string) => {
      report.show(draft({ texts: { summary, assessments: { [questionId('value')]: value } } }));
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

  it('R1 changes with what the report leaves out, and not where that is read again', () => {
    const { inputs, report } = session();
    const before = inputs.snapshot();
    const leaveOut = (...keys: readonly string[]) => {
      report.show(draft({ omissions: new Set(keys) }));
      return inputs.snapshot();
    };
    const leftOut = leaveOut('note/makers/n1');
    expect(leftOut).not.toBe(before);
    expect(leftOut.plan).toBe(before.plan);
    expect(leaveOut('note/makers/n1')).toBe(leftOut);
    expect(leaveOut().draft.omissions.size).toBe(0);
  });

  it('tells of a change in the report until one does not listen any more', () => {
    const { inputs, report } = session();
    let calls = 0;
    const stop = inputs.subscribe(() => (calls += 1));
    report.show(draft({ texts: { advice: 'P' } }));
    expect(calls).toBe(1);
    stop();
    report.show(draft());
    expect(calls).toBe(1);
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
