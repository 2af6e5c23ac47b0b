import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createFindings } from '../../../../renderer/plenary/findings.ts';
import { createSeen } from '../../../../renderer/plenary/seen.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../../src/core/session/group-document.ts';
import type { DeviceId } from '../../../../src/core/session/ids.ts';
import { groupId } from '../../../fixtures/read-model.ts';

function openGroups() {
  let ids = 0;
  const context = {
    deviceId: 'laptop' as DeviceId,
    now: () => 1,
    newId: () => `id${(ids += 1)}`,
  };
  const open = (id: string) => {
    const doc = new Y.Doc();
    initialiseGroupDocument(doc, groupId(id));
    return [groupId(id), openGroupDocument(doc, context)] as const;
  };
  const [first, second] = [open('1'), open('2')];
  return { first: first[1], second: second[1], findings: createFindings(new Map([first, second])) };
}
const said = { kind: 'point', questionId: null, text: 'Said' } as const;
const recommended = { questionId: null, text: 'Do it', noteIds: [] } as const;

describe('what all groups recommend', () => {
  it('stays the same object while people only write notes', () => {
    const { first, findings } = openGroups();
    first.addNote(said);
    const before = findings.snapshot();
    first.addNote(said);
    expect(findings.snapshot()).toBe(before);
  });

  it('is another object when a recommendation anywhere comes, changes or is taken back', () => {
    const { second, findings } = openGroups();
    const before = findings.snapshot();
    const added = second.addRecommendation(recommended);
    const after = findings.snapshot();
    expect(after).not.toBe(before);
    expect(after.get(groupId('2'))?.recommendations).toHaveLength(1);
    if (!added.ok) throw new Error('refused');
    second.deleteRecommendation(added.value);
    expect(findings.snapshot().get(groupId('2'))?.deletedRecommendations).toHaveLength(1);
  });

  it('is another object when the first note comes', () => {
    const { first, findings } = openGroups();
    const before = findings.snapshot();
    first.addNote(said);
    expect(findings.snapshot()).not.toBe(before);
  });

  it('tells of changes in every group, until nobody listens', () => {
    const { first, second, findings } = openGroups();
    let calls = 0;
    const stop = findings.subscribe(() => {
      calls += 1;
    });
    first.addRecommendation(recommended);
    second.addRecommendation(recommended);
    const heard = calls;
    expect(heard).toBeGreaterThanOrEqual(2);
    stop();
    first.addRecommendation(recommended);
    expect(calls).toBe(heard);
  });

  it('is news only if it came after the screen was opened', () => {
    const { first, findings } = openGroups();
    first.addRecommendation(recommended);
    const seen = createSeen(findings.snapshot());
    expect(seen.keys.getState().size).toBe(1);
    first.addRecommendation(recommended);
    expect(seen.keys.getState().size).toBe(1);
    seen.mark('1/later');
    expect(seen.keys.getState().has('1/later')).toBe(true);
  });
});
