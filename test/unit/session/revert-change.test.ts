import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changesBehind } from '../../../src/core/session/behind.ts';
import type { NoteId, RecommendationId } from '../../../src/core/session/ids.ts';
import {
  type KeptChange,
  revertChange,
  type Reverted,
} from '../../../src/core/session/revert-change.ts';
import { checkSchema } from '../../../src/core/session/schema.ts';
import { settledUpdate } from '../../../src/core/session/state-vector.ts';
import { firstSeed, forSeeds } from '../../tools/seeded-random.ts';
import {
  copyOf,
  exchange,
  groupOnAnotherLaptop,
  type GroupLaptop,
  newGroup,
  newPlan,
  newReport,
  planOnAnotherLaptop,
  reportOnAnotherLaptop,
  valueOf,
} from './laptops.ts';
import { playGroup, playPlan, playReport } from './random-operations.ts';
import { Speaker, WordLedger, textOfGroup } from './words.ts';

const point = (text: string) => ({ kind: 'point', questionId: null, text }) as const;

/** Takes in what `from` has as from a file, and keeps what is needed to take that back. */
function takeIn(to: Y.Doc, from: Y.Doc): KeptChange {
  const kept = { before: settledUpdate(to), change: settledUpdate(from) };
  Y.applyUpdate(to, kept.change);
  return kept;
}
const takeBack = (laptop: GroupLaptop, change: KeptChange): Reverted =>
  valueOf(revertChange(laptop.doc, 'group', change, laptop.context));

const notesOf = ({ group }: GroupLaptop) => group.view.snapshot().notes.map(({ text }) => text);
/** What a person sees, without the order keys that two laptops may have made alike. */
const seen = ({ group }: GroupLaptop) => {
  const { notes, drafts, recommendations, reportBack } = group.view.snapshot();
  return { notes, drafts, recommendations, reportBack };
};

/** A laptop with one note and one recommendation, and another that goes on by itself. */
function twoLaptops() {
  const mine = newGroup('mine');
  const noteId = valueOf(mine.group.addNote(point('a register')));
  const recommendationId = valueOf(
    mine.group.addRecommendation({ questionId: null, text: 'Keep it', noteIds: [noteId] }),
  );
  const theirs = groupOnAnotherLaptop('theirs', mine.doc);
  return { mine, theirs, noteId, recommendationId };
}

describe('taking back what a file brought', () => {
  it('hides what it added, sets back what it changed, and can bring it all in again', () => {
    const { mine, theirs, noteId, recommendationId } = twoLaptops();
    const added = valueOf(theirs.group.addNote(point('from the stick')));
    valueOf(theirs.group.addRecommendation({ questionId: null, text: 'Theirs', noteIds: [added] }));
    theirs.group.editNote(noteId, 'a public register');
    theirs.group.changeNote(noteId, { kind: 'concern', regionId: 'r1' });
    theirs.group.setNoteSource(recommendationId, noteId, false);
    theirs.group.editReportBack('We agree');
    theirs.group.setReady(true);
    theirs.group.deleteRecommendation(recommendationId);

    const before = seen(mine);
    const change = takeIn(mine.doc, theirs.doc);
    const after = seen(mine);
    expect(after).not.toEqual(before);
    const { reverted, kept, undo } = takeBack(mine, change);
    expect(seen(mine)).toEqual(before);
    expect({ reverted, kept }).toEqual({ reverted: 7, kept: 0 });
    // Nothing is gone for ever: what was added is where deleted things are.
    expect(mine.group.view.snapshot().deletedNotes.map(({ text }) => text)).toEqual([
      'from the stick',
    ]);

    const again = takeBack(mine, undo);
    expect(seen(mine)).toEqual(after);
    takeBack(mine, again.undo);
    expect(seen(mine)).toEqual(before);
  });

  it('S2: leaves alone what somebody has gone on working on since', () => {
    const { mine, theirs, noteId } = twoLaptops();
    const [plain, edited] = [
      valueOf(theirs.group.addNote(point('left as it came'))),
      valueOf(theirs.group.addNote(point('gone on with'))),
    ];
    theirs.group.changeNote(noteId, { kind: 'concern' });
    const change = takeIn(mine.doc, theirs.doc);
    mine.group.editNote(edited, 'gone on with here');
    mine.group.changeNote(noteId, { kind: 'evidence' });
    mine.group.addNote(point('typed since'));
    const { reverted, kept } = takeBack(mine, change);
    expect({ reverted, kept }).toEqual({ reverted: 1, kept: 2 });
    expect(notesOf(mine)).toEqual(['a register', 'gone on with here', 'typed since']);
    expect(mine.group.view.note(noteId)?.kind).toBe('evidence');
    expect(mine.group.view.note(plain)?.deleted).toBe(true);
  });

  it('S2: leaves it alone also where it was taken back and brought in again before', () => {
    const { mine, theirs } = twoLaptops();
    const id = valueOf(theirs.group.addNote(point('from the stick')));
    theirs.group.addNote(point('left as it came'));
    const change = takeIn(mine.doc, theirs.doc);
    const again = takeBack(mine, takeBack(mine, change).undo).undo;
    mine.group.editNote(id, 'from the stick, gone on with');
    const { reverted, kept } = takeBack(mine, again);
    expect({ reverted, kept }).toEqual({ reverted: 1, kept: 1 });
    expect(notesOf(mine)).toEqual(['a register', 'from the stick, gone on with']);
  });

  it('S2: takes out of a text only the letters that came in, and puts back only those that went', () => {
    const { mine, theirs, noteId } = twoLaptops();
    const edit = (laptop: GroupLaptop, ...versions: readonly string[]): void =>
      versions.forEach((text) => valueOf(laptop.group.editNote(noteId, text)));
    edit(mine, 'a register of makers');
    exchange(mine.doc, theirs.doc);
    edit(
      theirs,
      'a public register of makers',
      'a public list of makers',
      'a public list of makers 👩‍👩‍👧',
    );
    const change = takeIn(mine.doc, theirs.doc);
    edit(
      mine,
      'Now: a public list of makers 👩‍👩‍👧',
      'Now: a public list of honest makers 👩‍👩‍👧',
      'Now: a public list of honest makers 👩‍👩‍👧!',
    );
    const { undo } = takeBack(mine, change);
    expect(mine.group.view.note(noteId)?.text).toBe('Now: a register of honest makers!');
    mine.group.editNote(noteId, 'Now: a register of honest makers! Said.');
    takeBack(mine, undo);
    expect(mine.group.view.note(noteId)?.text).toBe(
      'Now: a public list of honest makers 👩‍👩‍👧! Said.',
    );
  });

  it('S3: advances this laptop’s clock also where it only deletes letters', () => {
    const { mine, theirs, noteId } = twoLaptops();
    theirs.group.editNote(noteId, 'a public register');
    const change = takeIn(mine.doc, theirs.doc);
    const before = Y.encodeStateVector(mine.doc);
    takeBack(mine, change);
    expect(changesBehind(mine.doc, before)).toBe(1);
  });

  it('keeps a whole recommendation: its sources come back with it', () => {
    const { mine, theirs, noteId } = twoLaptops();
    const id = valueOf(
      theirs.group.addRecommendation({ questionId: null, text: 'Theirs', noteIds: [noteId] }),
    );
    takeBack(mine, takeIn(mine.doc, theirs.doc));
    mine.group.restoreRecommendation(id);
    expect(mine.group.view.recommendation(id)?.noteIds).toEqual([noteId]);
  });

  it('brings an entry back that was taken out of its root by force', () => {
    const { mine, theirs, noteId } = twoLaptops();
    theirs.doc.getMap('notes').delete(noteId);
    const before = seen(mine);
    const change = takeIn(mine.doc, theirs.doc);
    expect(notesOf(mine)).toEqual([]);
    takeBack(mine, change);
    expect(seen(mine)).toEqual(before);
  });

  it('is refused where the file brought the document itself, or a newer Caucus wrote it', () => {
    const { theirs } = twoLaptops();
    const empty = groupOnAnotherLaptop('empty', new Y.Doc());
    const first = takeIn(empty.doc, theirs.doc);
    expect(revertChange(empty.doc, 'group', first, empty.context)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    const { mine, theirs: other } = twoLaptops();
    other.group.addNote(point('new'));
    const change = takeIn(mine.doc, other.doc);
    mine.doc.getMap('meta').set('schemaVersion', 9);
    const before = Y.encodeStateVector(mine.doc);
    expect(revertChange(mine.doc, 'group', change, mine.context)).toEqual({
      ok: false,
      reason: 'read-only',
    });
    expect(Y.encodeStateVector(mine.doc)).toEqual(before);
  });

  it('works on a plan: proposals, title and clock, but a group that came in stays', () => {
    const mine = newPlan('mine');
    const theirs = planOnAnotherLaptop('theirs', mine.doc);
    const [segment] = theirs.plan.view.snapshot().agenda;
    if (segment === undefined) throw new Error('No agenda');
    const ref = { groupId: 'g1' as never, recommendationId: 'r1' as RecommendationId };
    theirs.plan.addProposal({ text: 'A register', questionId: null, sources: [ref] });
    theirs.plan.rename('Another title');
    theirs.plan.startSegment(segment.id);
    theirs.plan.addGroup('Late', false);
    const before = mine.plan.view.snapshot();
    const change = takeIn(mine.doc, theirs.doc);
    valueOf(revertChange(mine.doc, 'plan', change, mine.context));
    const { groups, deletedProposals, ...rest } = mine.plan.view.snapshot();
    expect(groups.map(({ name }) => name)).toEqual(['By the window', 'Online', 'Late']);
    expect(deletedProposals.map(({ text }) => text)).toEqual(['A register']);
    expect(rest).toEqual({ ...before, groups: undefined, deletedProposals: undefined });
  });

  it('works on a report: texts and omissions, but not on what was written since', () => {
    const mine = newReport('mine');
    const omitted = (id: string) =>
      ({ kind: 'note', groupId: 'g1' as never, id: id as NoteId }) as const;
    mine.report.edit({ section: 'advice' }, 'Go on.');
    mine.report.setOmitted(omitted('n2'), true);
    const theirs = reportOnAnotherLaptop('theirs', mine.doc);
    theirs.report.edit({ section: 'summary' }, 'In short');
    theirs.report.edit({ section: 'advice' }, 'Go on, with care.');
    theirs.report.setOmitted(omitted('n1'), true);
    theirs.report.setOmitted(omitted('n2'), false);
    const before = mine.report.view.snapshot();
    const change = takeIn(mine.doc, theirs.doc);
    const brought = mine.report.view.snapshot();
    expect(brought).toEqual(theirs.report.view.snapshot());
    const { undo } = valueOf(revertChange(mine.doc, 'report', change, mine.context));
    expect(mine.report.view.snapshot()).toEqual(before);
    const again = valueOf(revertChange(mine.doc, 'report', undo, mine.context));
    expect(mine.report.view.snapshot()).toEqual(brought);

    mine.report.edit({ section: 'advice' }, 'Go on, with care. Soon.');
    valueOf(revertChange(mine.doc, 'report', again.undo, mine.context));
    expect(mine.report.view.snapshot().texts.advice).toBe('Go on. Soon.');
  });
});

const RUNS = Number(process.env['CAUCUS_RUNS'] ?? 150);

it(`S2: taken back at any time, on a laptop among others that had the file too, it leaves all that was typed since and parts nobody (${RUNS} runs, seeds from ${firstSeed})`, () => {
  forSeeds(RUNS, (random, seed) => {
    const ledger = new WordLedger();
    const mine = newGroup('mine');
    const speakers = new Map<GroupLaptop, Speaker>();
    const act = (laptop: GroupLaptop, count: number): void => {
      const words = speakers.get(laptop) ?? new Speaker(random, ledger);
      speakers.set(laptop, words);
      for (let left = count; left > 0; left -= 1) playGroup(laptop.group, random, words);
    };
    act(mine, 12);
    const theirs = groupOnAnotherLaptop('theirs', mine.doc);
    const peer = groupOnAnotherLaptop('peer', mine.doc);
    act(theirs, 12);
    act(mine, random.below(6));
    const before = seen(mine);
    const file = settledUpdate(theirs.doc);
    const change = takeIn(mine.doc, theirs.doc);
    if (random.chance(0.3)) {
      // Nothing typed since: everything that people see is as it was.
      const { undo } = takeBack(mine, change);
      expect(seen(mine), `seed ${seed}`).toEqual(before);
      if (random.chance(0.5)) takeBack(mine, undo);
    }
    const theirChange = takeIn(peer.doc, theirs.doc);

    // Since then: words of a ledger of their own, all of which have to stay, once each.
    const since = new WordLedger();
    const earlier = new Set(Array.from({ length: 5_000 }, () => since.fresh()));
    const talk = (laptop: GroupLaptop): void => {
      const words = new Speaker(random, since);
      for (let left = 3 + random.below(6); left > 0; left -= 1) {
        const note = random.pick(laptop.group.view.snapshot().notes);
        if (note !== null && random.chance(0.6)) {
          const said = Array.from(note.text);
          const word = since.fresh();
          said.splice(random.below(said.length + 1), 0, word);
          words.took(laptop.group.editNote(note.id, said.join('')), {
            text: '',
            said: [word],
            cut: [],
          });
        } else {
          const sentence = words.sentence();
          words.took(laptop.group.addNote(point(sentence.text)), sentence);
        }
      }
    };
    talk(mine);
    talk(peer);
    if (random.chance(0.5)) exchange(mine.doc, peer.doc);

    // Taken back, perhaps brought in again, perhaps on both laptops.
    let { undo } = takeBack(mine, change);
    for (let again = random.below(4); again > 0; again -= 1) ({ undo } = takeBack(mine, undo));
    if (random.chance(0.3)) takeBack(peer, theirChange);
    talk(mine);
    Y.applyUpdate(mine.doc, file);

    exchange(mine.doc, peer.doc);
    exchange(mine.doc, theirs.doc);
    exchange(mine.doc, peer.doc);
    for (const other of [peer, theirs]) {
      expect(seen(other)).toEqual(seen(mine));
      expect(Y.equalSnapshots(Y.snapshot(other.doc), Y.snapshot(mine.doc))).toBe(true);
    }
    const text = Array.from(textOfGroup(mine.group.view.snapshot()))
      .filter((word) => !earlier.has(word))
      .join('');
    expect(since.missingFrom(text)).toEqual([]);
    expect(since.doubledIn(text)).toEqual([]);
    expect(checkSchema(copyOf(mine.doc), 'group')).toBeNull();
  });
}, 60_000);

it(`S5: a file that was taken back changes nothing when it is opened again, in a plan and in a report too (40 runs, seeds from ${firstSeed})`, () => {
  forSeeds(40, (random) => {
    const speaker = new Speaker(random, new WordLedger());
    const mine = newPlan('mine');
    const theirs = planOnAnotherLaptop('theirs', mine.doc);
    for (let left = 15; left > 0; left -= 1) playPlan(theirs.plan, random, speaker);
    const change = takeIn(mine.doc, theirs.doc);
    valueOf(revertChange(mine.doc, 'plan', change, mine.context));
    const before = mine.plan.view.snapshot();
    Y.applyUpdate(mine.doc, change.change);
    expect(mine.plan.view.snapshot()).toBe(before);

    const mineToo = newReport('mine');
    const theirsToo = reportOnAnotherLaptop('theirs', mineToo.doc);
    for (let left = 15; left > 0; left -= 1) playReport(theirsToo.report, random, speaker);
    const changeToo = takeIn(mineToo.doc, theirsToo.doc);
    valueOf(revertChange(mineToo.doc, 'report', changeToo, mineToo.context));
    const beforeToo = mineToo.report.view.snapshot();
    Y.applyUpdate(mineToo.doc, changeToo.change);
    expect(mineToo.report.view.snapshot()).toBe(beforeToo);
  });
});
