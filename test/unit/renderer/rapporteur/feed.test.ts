import { describe, expect, it } from 'vitest';
import { type FeedItem, feedOf } from '../../../../renderer/rapporteur/feed.ts';
import {
  type FeedView,
  filterFeed,
  idsOf,
  type Taken,
  waitingIn,
} from '../../../../renderer/rapporteur/filter-feed.ts';
import { recordSession } from '../../../../src/core/report/session-record.ts';
import type { GroupNotes, Plan, ReportDraft } from '../../../../src/core/session/model.ts';
import { omissionKey } from '../../../../src/core/session/model.ts';
import {
  draft,
  group,
  groupId,
  groupNotes,
  groupsById,
  note,
  noteId,
  plan,
  proposal,
  question,
  questionId,
  recommendation,
  ref,
} from '../../../fixtures/read-model.ts';

const value = { questionId: questionId('value') };
const basePlan: Plan = plan({
  questions: [question('value', 'Value'), question('sharing', 'Sharing')],
  groups: [group('makers', 1, 'Makers'), group('users', 2, 'Users')],
  stakeholderGroups: [{ id: 'gov', name: 'Government' }],
  proposals: [proposal('p1', 'One register', [ref('makers', 'r1')])],
});
const makers = groupNotes('makers', {
  notes: [
    note('n1', 'A Régistre of makers', { ...value, stakeholderGroupId: 'gov' }),
    note('n2', 'Half a sentence', { ...value, draft: true }),
    note('n3', 'Taken back', { ...value, deleted: true }),
  ],
  recommendations: [recommendation('r1', 'Keep one register', ['n1'], value)],
});
const users = groupNotes('users', {
  notes: [
    note('n1', 'On nothing'),
    note('n2', 'On a question that is gone', { questionId: questionId('gone') }),
  ],
  recommendations: [recommendation('r1', 'Give users one desk', [], value)],
});
const feedFrom = (of: Plan, ...groups: readonly GroupNotes[]) => feedWith(draft(), of, ...groups);
const feedWith = (written: ReportDraft, of: Plan, ...groups: readonly GroupNotes[]) =>
  feedOf(recordSession(of, written, groupsById(...groups)));
const feed = feedFrom(basePlan, makers, users);
const labels = (items: readonly FeedItem[] | undefined) => items?.map(({ label }) => label);
const all: Taken = { shown: new Set(idsOf(feed)), newest: new Set() };
const found = (query: string, view: FeedView = 'everything', taken = all, of = feed) =>
  filterFeed(of, { query, view, taken }).flatMap(({ items }) => labels(items) ?? []);

describe('what feeds the report', () => {
  it('stands by question, recommendations first, with the labels of the report', () => {
    expect(feed.map(({ letter }) => letter)).toEqual(['a', 'b', '']);
    expect(labels(feed[0]?.items)).toEqual(['R1.1', 'R2.1', 'N1.1', 'N1.3']);
    expect(labels(feed[1]?.items)).toEqual([]);
    expect(labels(feed[2]?.items)).toEqual(['N2.1', 'N2.2']);
  });

  it('M1 says where each thing went', () => {
    const [merged, unmerged, used] = feed[0]?.items ?? [];
    expect(merged?.leadsTo.map(({ label }) => label)).toEqual(['P1']);
    expect(unmerged?.leadsTo).toEqual([]);
    expect(used?.leadsTo.map(({ label }) => label)).toEqual(['R1.1']);
  });

  it('R1 offers to leave out notes, and never recommendations', () => {
    const kinds = feed
      .flatMap(({ items }) => items)
      .map(({ kind, omittable }) => [kind, omittable !== null]);
    expect(new Map(kinds as [string, boolean][])).toEqual(
      new Map([
        ['recommendation', false],
        ['note', true],
      ]),
    );
  });

  it('leaves unfinished notes out and says which were left out or withdrawn', () => {
    const omissions = new Set([
      omissionKey({ kind: 'note', groupId: groupId('makers'), id: noteId('n1') }),
    ]);
    const items = feedWith(draft({ omissions }), basePlan, makers).flatMap((one) => one.items);
    expect(items.map(({ label, state }) => [label, state])).toEqual([
      ['R1.1', 'kept'],
      ['N1.1', 'left-out'],
      ['N1.3', 'withdrawn'],
    ]);
  });
});

describe('the filter', () => {
  it('finds all words in any order, without case and accents, in text, label, group and speaker', () => {
    expect(found('makers registre')).toEqual(['N1.1']);
    expect(found('REGISTER keep')).toEqual(['R1.1']);
    expect(found('r2.1')).toEqual(['R2.1']);
    expect(found('government')).toEqual(['N1.1']);
    expect(found('users')).toEqual(['R2.1', 'N2.1', 'N2.2']);
    expect(found('nowhere')).toEqual([]);
  });

  it('finds a text anew after it was changed', () => {
    const edited = feedFrom(
      basePlan,
      groupNotes('makers', { notes: [note('n1', 'Something else', value)] }),
    );
    expect(found('registre', 'everything', all, edited)).toEqual([]);
    expect(found('something', 'everything', all, edited)).toEqual(['N1.1']);
  });

  it('lists one kind only', () => {
    expect(found('', 'recommendations')).toEqual(['R1.1', 'R2.1']);
    expect(found('', 'unmerged')).toEqual(['R2.1']);
    expect(found('', 'notes')).toEqual(['N1.1', 'N2.1', 'N2.2']);
    expect(found('', 'left-out')).toEqual([]);
  });
});

describe('what arrives', () => {
  const before: Taken = { shown: new Set(idsOf(feedFrom(basePlan, makers))), newest: new Set() };

  it('waits until it is taken in', () => {
    expect(labels(waitingIn(feed, before))).toEqual(['R2.1', 'N2.1', 'N2.2']);
    expect(found('', 'everything', before)).toEqual(['R1.1', 'N1.1']);
  });

  it('can be looked at by itself once it is', () => {
    const arrived = waitingIn(feed, before).map(({ id }) => id);
    const taken: Taken = {
      shown: new Set([...before.shown, ...arrived]),
      newest: new Set(arrived),
    };
    expect(found('', 'new', taken)).toEqual(['R2.1', 'N2.1', 'N2.2']);
    expect(waitingIn(feed, taken)).toEqual([]);
  });

  it('does not count what was withdrawn before anyone saw it, and keeps in place what was', () => {
    const withdrawn = feedFrom(
      basePlan,
      groupNotes('makers', {
        notes: [
          note('n1', 'Seen', { ...value, deleted: true }),
          note('n9', 'Unseen', { deleted: true }),
        ],
      }),
    );
    expect(waitingIn(withdrawn, before)).toEqual([]);
    expect(found('', 'everything', before, withdrawn)).toEqual(['N1.1']);
  });
});
