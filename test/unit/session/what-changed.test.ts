import { describe, expect, it } from 'vitest';
import type { GroupId, NoteId } from '../../../src/core/session/ids.ts';
import {
  compareGroups,
  comparePlans,
  compareReports,
} from '../../../src/core/session/what-changed.ts';
import {
  groupOnAnotherLaptop,
  newGroup,
  newPlan,
  newReport,
  planOnAnotherLaptop,
  reportOnAnotherLaptop,
  valueOf,
} from './laptops.ts';

const point = (text: string) => ({ kind: 'point', questionId: null, text }) as const;
const none = { added: 0, changed: 0, removed: 0, known: 0 };

describe('what changed', () => {
  it('counts notes and recommendations that are new, changed, deleted and known to both', () => {
    const mine = newGroup('mine');
    const [first, second, third] = ['one', 'two', 'three'].map((text) =>
      valueOf(mine.group.addNote(point(text))),
    );
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const theirs = groupOnAnotherLaptop('theirs', mine.doc);
    const before = mine.group.view.snapshot();
    expect(compareGroups(before, theirs.group.view.snapshot(), null)).toEqual({
      notes: none,
      recommendations: none,
      reportBack: false,
    });
    theirs.group.editNote(first, 'one and a half');
    theirs.group.deleteNote(second);
    theirs.group.addNote(point('four'));
    theirs.group.beginNote(point('half a sen'));
    theirs.group.addRecommendation({ questionId: null, text: 'Keep it', noteIds: [third] });
    theirs.group.setReady(true);
    const after = theirs.group.view.snapshot();
    expect(compareGroups(before, after, after)).toEqual({
      notes: { added: 2, changed: 1, removed: 1, known: 1 },
      recommendations: { ...none, added: 1 },
      reportBack: true,
    });
  });

  it('names the parts of a plan', () => {
    const mine = newPlan('mine');
    const theirs = planOnAnotherLaptop('theirs', mine.doc);
    const before = mine.plan.view.snapshot();
    const [segment] = before.agenda;
    if (segment === undefined) throw new Error('No agenda');
    const other = () => theirs.plan.view.snapshot();
    expect(comparePlans(before, other(), null)).toEqual({ proposals: none, parts: [] });
    theirs.plan.rename('Another');
    theirs.plan.setMinutes(segment.id, 50);
    theirs.plan.startSegment(segment.id);
    theirs.plan.addGroup('Late', true);
    theirs.plan.addProposal({ text: 'A register', questionId: null, sources: [] });
    expect(comparePlans(before, other(), null)).toEqual({
      proposals: { ...none, added: 1 },
      parts: ['title', 'groups', 'agenda', 'clock'],
    });
  });

  it('names the parts of a report', () => {
    const mine = newReport('mine');
    const theirs = reportOnAnotherLaptop('theirs', mine.doc);
    const before = mine.report.view.snapshot();
    const other = () => theirs.report.view.snapshot();
    const note = { kind: 'note', groupId: 'g1' as GroupId, id: 'n1' as NoteId } as const;
    expect(compareReports(before, other())).toEqual([]);
    theirs.report.edit({ section: 'advice' }, 'Go on');
    expect(compareReports(before, other())).toEqual(['texts']);
    theirs.report.setOmitted(note, true);
    expect(compareReports(before, other())).toEqual(['texts', 'omissions']);
    theirs.report.edit({ section: 'advice' }, '');
    expect(compareReports(before, other())).toEqual(['omissions']);
    theirs.report.setOmitted(note, false);
    expect(compareReports(before, other())).toEqual([]);
  });
});
