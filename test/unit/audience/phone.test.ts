import { describe, expect, it } from 'vitest';
import { createShelf, type Kept, type Shelf } from '../../../renderer/audience/kept.ts';
import { createPhone } from '../../../renderer/audience/phone.ts';
import { hasDeclared } from '../../../renderer/audience/phone-state.ts';
import type {
  PhoneFrame,
  PhonePoll,
  PhoneRoom,
  PhoneSelf,
  ShownVerdict,
} from '../../../src/core/protocol/voting-frames.ts';

const room: PhoneRoom = {
  title: 'IoT security by design',
  stakeholderGroups: [{ id: 'gov', name: 'Government' }],
  regions: [],
  breakoutGroups: [],
  codeNeeded: false,
};
const open: PhonePoll = {
  form: { id: 'p1', kind: 'agree', question: 'Yes?', options: [], most: 0, objections: true },
  open: true,
  closesInMs: null,
  tally: null,
  right: null,
};
const nobody: PhoneSelf = {
  declared: null,
  handUp: false,
  name: '',
  choice: null,
  sequence: 0,
  objection: '',
  points: 0,
  place: 0,
};
const government = { stakeholderGroup: 'gov', region: '', breakoutGroup: '' };

/** A browser's storage, in memory. */
function createStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, text) => void entries.set(key, text),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    key: (at) => [...entries.keys()][at] ?? null,
    get length() {
      return entries.size;
    },
  };
}

/** One page, with a link that only writes down, and a clock that stands still. */
function openPage(storage = createStorage(), shelf: Shelf = createShelf(() => storage)) {
  const sent: PhoneFrame[] = [];
  const later: (() => void)[] = [];
  let stopped = false;
  let clock = 1_000;
  const phone = createPhone({
    shelf,
    link: () => ({
      send: (frame) => {
        sent.push(frame);
        return true;
      },
      again: () => undefined,
      stop: () => {
        stopped = true;
      },
    }),
    changed: () => undefined,
    elapsed: () => clock,
    newId: () => `id-${sent.length}`,
    after: (_, run) => void later.push(run),
    room,
    poll: open,
  });
  return {
    phone,
    storage,
    sent,
    isStopped: () => stopped,
    pass: (ms: number) => {
      clock += ms;
    },
    /** Lets what waits for its time have it. */
    runLater: () => later.splice(0).forEach((run) => run()),
    welcome: (self: Partial<PhoneSelf> = {}, poll: PhonePoll | null = open) =>
      phone.onFrame({ type: 'welcome', voter: 'token', room, poll, self: { ...nobody, ...self } }),
    take: () => sent.splice(0),
  };
}
const answerOf = (page: ReturnType<typeof openPage>, id = 'p1') =>
  page.phone.state().kept.answers[id];

describe('a phone', () => {
  it('C1 counts a vote only when the plenary laptop says that it has this one', () => {
    const page = openPage();
    page.welcome();
    page.take();
    page.phone.answer('agree');
    page.phone.answer('disagree');
    const [first, second] = page.take();
    expect(first).toMatchObject({ type: 'ballot', choice: 'agree' });
    expect(second).toMatchObject({ type: 'ballot', choice: 'disagree' });
    const [one = 0, two = 0] = [first, second].map((frame) =>
      frame?.type === 'ballot' ? frame.sequence : 0,
    );
    expect(two).toBeGreaterThan(one);
    page.phone.onFrame({ type: 'counted', what: 'ballot', poll: 'p1', sequence: one });
    expect(answerOf(page)?.pending?.value).toBe('disagree');
    page.phone.onFrame({ type: 'counted', what: 'ballot', poll: 'p1', sequence: two });
    expect(answerOf(page)).toMatchObject({ pending: null, counted: { value: 'disagree' } });
  });

  it('C1 sends what does not count again after a reload, with the same number', () => {
    const before = openPage();
    before.welcome();
    before.phone.answer('agree');
    before.phone.object('because');
    const said = before.take().filter(({ type }) => type === 'ballot' || type === 'object');
    const after = openPage(before.storage);
    after.phone.onUp();
    expect(after.take()).toEqual([{ type: 'hello', version: 1, voter: 'token' }]);
    after.welcome();
    expect(after.take()).toEqual(said);
    const ballot = said[0]?.type === 'ballot' ? said[0].sequence : 0;
    after.phone.onDown();
    // It had arrived, and only the answer was lost.
    after.welcome({ choice: 'agree', sequence: ballot, objection: 'because' });
    expect(answerOf(after)).toMatchObject({ pending: null, counted: { value: 'agree' } });
  });

  it('never gives a number twice, in another tab neither', () => {
    const storage = createStorage();
    const [one, other] = [openPage(storage), openPage(storage)];
    one.welcome();
    other.welcome();
    one.phone.answer('agree');
    other.phone.answer('pass');
    one.phone.answer('disagree');
    const numbers = [...one.take(), ...other.take()].flatMap((frame) =>
      frame.type === 'ballot' ? [frame.sequence] : [],
    );
    expect(new Set(numbers).size).toBe(3);
    expect(Math.max(...numbers)).toBe(answerOf(one)?.pending?.sequence);
  });

  it('tells a refused vote from a refused objection, and keeps what counts', () => {
    const page = openPage();
    page.welcome({ choice: 'agree', sequence: 4 });
    page.take();
    page.phone.answer('pass');
    page.phone.object('because');
    const [, objection] = page.take();
    const sequence = objection?.type === 'object' ? objection.sequence : 0;
    page.phone.onFrame({ type: 'refused', reason: 'not-open', poll: 'p1', sequence });
    expect(answerOf(page)?.pending?.value).toBe('pass');
    expect(page.phone.state().kept.objections['p1']).toMatchObject({ refused: 'not-open' });
    const ballot = answerOf(page)?.pending?.sequence ?? 0;
    page.phone.onFrame({ type: 'refused', reason: 'not-open', poll: 'p1', sequence: ballot });
    expect(answerOf(page)).toMatchObject({
      counted: { value: 'agree' },
      pending: null,
      refused: 'not-open',
    });
    // Opened again, it can be said again.
    page.phone.onFrame({ type: 'poll', poll: open });
    expect(answerOf(page)?.refused).toBeNull();
  });

  it('tries again by itself what the disk did not take', () => {
    const page = openPage();
    page.welcome();
    page.phone.answer('agree');
    const [ballot] = page.take();
    const sequence = ballot?.type === 'ballot' ? ballot.sequence : 0;
    page.phone.onFrame({ type: 'refused', reason: 'not-kept', poll: 'p1', sequence });
    expect(answerOf(page)).toMatchObject({ refused: 'not-kept', pending: { sequence } });
    page.runLater();
    expect(page.take()).toEqual([ballot]);
  });

  it('asks what counts when a later answer counts already', () => {
    const page = openPage();
    page.welcome();
    page.phone.answer('agree');
    page.take();
    const sequence = answerOf(page)?.pending?.sequence ?? 0;
    page.phone.onFrame({ type: 'refused', reason: 'late', poll: 'p1', sequence });
    expect(page.take().map(({ type }) => type)).toEqual(['hello']);
    page.welcome({ choice: 'pass', sequence: sequence + 5 });
    expect(answerOf(page)).toMatchObject({ counted: { value: 'pass' }, refused: 'late' });
    page.phone.answer('agree');
    expect(answerOf(page)?.pending?.sequence).toBe(sequence + 6);
  });

  it('becomes somebody new at a plenary laptop that does not know it, and votes there again', () => {
    const page = openPage();
    page.welcome();
    page.phone.declare(government);
    page.phone.onFrame({ type: 'kept', what: 'me' });
    page.phone.answer('agree');
    const sequence = answerOf(page)?.pending?.sequence ?? 0;
    page.phone.onFrame({ type: 'counted', what: 'ballot', poll: 'p1', sequence });
    page.take();
    page.phone.onFrame({ type: 'refused', reason: 'unknown-voter' });
    expect(page.take()).toEqual([{ type: 'hello', version: 1 }]);
    page.welcome();
    expect(page.take()).toEqual([
      { type: 'me', ...government },
      { type: 'ballot', poll: 'p1', sequence, choice: 'agree' },
    ]);
  });

  it('asks anew who one is where the room has other groups', () => {
    const page = openPage();
    page.welcome();
    page.phone.declare(government);
    expect(hasDeclared(page.phone.state())).toBe(true);
    page.take();
    page.phone.onFrame({ type: 'room', room: { ...room, stakeholderGroups: [] } });
    expect(hasDeclared(page.phone.state())).toBe(false);
    page.phone.onFrame({ type: 'refused', reason: 'not-a-choice' });
    expect(page.phone.state().kept.declared.pending).toBeNull();
  });

  it('stops for good where the plenary laptop speaks another version', () => {
    const page = openPage();
    page.phone.onFrame({ type: 'refused', reason: 'other-version' });
    expect(page.phone.state().barred).toBe('other-version');
    expect(page.isStopped()).toBe(true);
  });

  it('keeps a code until it is told that it is none', () => {
    const page = openPage();
    page.phone.onFrame({ type: 'refused', reason: 'code-needed' });
    expect(page.phone.state().barred).toBe('code-needed');
    page.phone.enterCode('ABCD');
    expect(page.take()).toEqual([{ type: 'hello', version: 1, code: 'ABCD' }]);
    page.phone.onFrame({ type: 'refused', reason: 'too-many' });
    expect(page.phone.state().barred).toBe('too-many-codes');
    page.runLater();
    expect(page.take()).toEqual([{ type: 'hello', version: 1, code: 'ABCD' }]);
    page.phone.onFrame({ type: 'refused', reason: 'unknown-voter' });
    expect(page.phone.state()).toMatchObject({ barred: 'unknown-code', kept: { code: '' } });
  });

  it('counts down by time gone by', () => {
    const page = openPage();
    page.pass(500);
    page.welcome({}, { ...open, closesInMs: 30_000 });
    expect(page.phone.state().closesAt).toBe(31_500);
    page.phone.onFrame({ type: 'poll', poll: { ...open, open: false, closesInMs: 5 } });
    expect(page.phone.state().closesAt).toBeNull();
  });

  it('says of a question that was not taken which one, and of a hand what became of it', () => {
    const page = openPage();
    page.welcome();
    page.phone.ask('question', 'first');
    page.phone.onFrame({
      type: 'kept',
      what: 'ask',
      id: page.phone.state().kept.asked[0]?.id ?? '',
    });
    page.phone.ask('read-out', 'second');
    page.phone.onFrame({ type: 'refused', reason: 'too-long' });
    expect(page.phone.state().kept.asked.map(({ state }) => state)).toEqual(['too-long', 'kept']);
    page.phone.raiseHand(true);
    page.phone.onFrame({ type: 'kept', what: 'hand' });
    page.phone.onFrame({ type: 'taken', id: 'of-the-hand', done: false });
    expect(page.phone.state().kept).toMatchObject({ handTaken: true });
    page.phone.onFrame({ type: 'taken', id: 'of-the-hand', done: true });
    expect(page.phone.state().kept.hand.counted).toBeNull();
  });

  it('ignores what a newer plenary laptop says besides', () => {
    const page = openPage();
    page.welcome();
    page.phone.onFrame(JSON.parse('{"type":"fireworks"}'));
    expect(page.phone.state().up).toBe(true);
  });
});

describe('the result before', () => {
  const verdict = (poll: string): ShownVerdict => ({
    poll,
    status: 'rough-consensus',
    threshold: 60,
    lines: [],
    missing: null,
  });
  const all = { ballots: 6, by: { agree: 6 } };
  const tally = {
    version: 1,
    byStakeholderGroup: {},
    byRegion: {},
    byBreakoutGroup: {},
    texts: [],
  };
  const closed: PhonePoll = { ...open, open: false, tally: { ...tally, poll: 'p1', all } };
  /** In this order, as the plenary laptop says it. */
  const takeFromRoom = ({ phone }: ReturnType<typeof openPage>) => {
    phone.onFrame({ type: 'room', room });
    phone.onFrame({ type: 'poll', poll: null });
  };

  it('C2, C3 keeps its verdict when the moderator takes it from the room', () => {
    const page = openPage();
    page.welcome({}, closed);
    page.phone.onFrame({ type: 'room', room: { ...room, verdict: verdict('p1') } });
    takeFromRoom(page);
    expect(page.phone.state().before).toMatchObject({ ...closed, verdict: verdict('p1') });
  });

  it('C4 has none of an earlier time, and none of another poll', () => {
    const page = openPage();
    page.welcome({}, closed);
    page.phone.onFrame({ type: 'room', room: { ...room, verdict: verdict('p1') } });
    page.phone.onFrame({ type: 'room', room });
    page.phone.onFrame({ type: 'poll', poll: open });
    page.phone.onFrame({ type: 'poll', poll: closed });
    takeFromRoom(page);
    expect(page.phone.state().before).toMatchObject({ ...closed, verdict: null });
    page.phone.onFrame({ type: 'room', room: { ...room, verdict: verdict('p2') } });
    page.phone.onFrame({ type: 'poll', poll: closed });
    takeFromRoom(page);
    expect(page.phone.state().before).toMatchObject({ verdict: null });
  });
});

describe('what a phone keeps', () => {
  it('is nothing where the browser throws, and then says so', () => {
    const shelf = createShelf(() => {
      throw new Error('denied');
    });
    const page = openPage(createStorage(), shelf);
    page.welcome();
    page.phone.answer('agree');
    expect(shelf.lasts()).toBe(false);
    expect(page.take().at(-1)).toMatchObject({ type: 'ballot', choice: 'agree' });
  });

  it('begins anew where what was kept cannot be read', () => {
    const storage = createStorage();
    storage.setItem('caucus-phone-1', '{"voter":');
    const page = openPage(storage);
    expect(page.phone.state().kept.voter).toBe('');
  });

  it('forgets polls of long ago, but for what does not count yet', () => {
    const page = openPage();
    page.welcome();
    page.phone.answer('agree');
    for (let n = 2; n < 60; n += 1) {
      const poll = { ...open, form: { ...open.form, id: `p${n}` } };
      page.phone.onFrame({ type: 'poll', poll });
      page.phone.answer('pass');
      const sequence = answerOf(page, `p${n}`)?.pending?.sequence ?? 0;
      page.phone.onFrame({ type: 'counted', what: 'ballot', poll: `p${n}`, sequence });
    }
    const kept: Readonly<Kept> = page.phone.state().kept;
    expect(kept.answers['p1']?.pending?.value).toBe('agree');
    expect(Object.keys(kept.answers).length).toBeLessThan(35);
  });
});
