import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { openVotingDesk, type VotingDesk } from '../../../src/browser/app/voting-desk.ts';
import type { Tally } from '../../../src/core/consensus/tally.ts';
import {
  type FromDesk,
  type Given,
  type ToDesk,
  VOTING_DESK_PATH,
} from '../../../src/core/protocol/voting-frames.ts';
import { readFromDesk } from '../../../src/core/protocol/read-voting-frames.ts';
import type { PollId } from '../../../src/core/session/ids.ts';
import { newPlan, type PlanLaptop, valueOf } from '../session/laptops.ts';

/** A hub that only listens and says what the test has it say. */
interface FakeHub {
  readonly address: string;
  readonly heard: FromDesk[];
  say(frame: ToDesk): void;
  /** Cuts the connection, as a restart does. */
  cut(): void;
  close(): Promise<void>;
}

async function openFakeHub(): Promise<FakeHub> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: VOTING_DESK_PATH });
  await once(server, 'listening');
  const heard: FromDesk[] = [];
  let latest: Socket | null = null;
  server.on('connection', (socket) => {
    latest = socket;
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as FromDesk));
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `ws://127.0.0.1:${port}`,
    heard,
    say: (frame) => latest?.send(JSON.stringify(frame)),
    cut: () => latest?.terminate(),
    async close() {
      server.clients.forEach((client) => client.terminate());
      server.close();
      await once(server, 'close');
    },
  };
}

const until = async (holds: () => boolean): Promise<void> =>
  await expect.poll(holds, { timeout: 5_000, interval: 10 }).toBe(true);

const tallyOf = (poll: PollId, change: Partial<Tally> = {}): Tally => ({
  poll,
  version: 1,
  all: { ballots: 6, by: { agree: 6 } },
  byStakeholderGroup: {
    government: { ballots: 5, by: { agree: 5 } },
    civil: { ballots: 1, by: { disagree: 1 } },
  },
  byRegion: {},
  byBreakoutGroup: {},
  texts: [],
  ...change,
});

let hub: FakeHub;
let laptop: PlanLaptop;
let desk: VotingDesk;
let flushes = 0;
let disk: () => Promise<void>;

const voting = () => laptop.plan.view.snapshot().voting;
const ofType = <T extends FromDesk['type']>(type: T) =>
  hub.heard.filter((frame): frame is Extract<FromDesk, { type: T }> => frame.type === type);

function openDesk(): void {
  desk = openVotingDesk({
    address: hub.address,
    plan: laptop.plan,
    flush: () => disk(),
    now: laptop.context.now,
  });
}

beforeEach(async () => {
  flushes = 0;
  disk = async () => {
    flushes += 1;
  };
  laptop = newPlan('plenary');
  hub = await openFakeHub();
  openDesk();
  await until(() => ofType('room').length === 1);
});
afterEach(async () => {
  desk.close();
  await hub.close();
});

function proposalPoll(): PollId {
  const proposal = valueOf(
    laptop.plan.addProposal({ text: 'A register', questionId: null, sources: [] }),
  );
  return valueOf(laptop.plan.voting.makePollFromProposal(proposal));
}

describe('what the hub hears', () => {
  it('is the room first, and that it looks at no poll', async () => {
    await until(() => hub.heard.length === 2);
    expect(hub.heard).toMatchObject([
      { type: 'room', title: 'Security by design', codes: false },
      { type: 'no-poll' },
    ]);
    expect(ofType('room')[0]?.stakeholderGroups).toHaveLength(2);
  });

  it('is a poll once it is open, as often as it changes, and nothing of those that wait', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id, 30);
    await until(() => ofType('poll').length === 1);
    expect(ofType('poll')[0]).toMatchObject({
      form: { id, kind: 'agree', question: 'A register', objections: true },
      state: 'open',
      closesInMs: 30_000,
      shown: false,
      current: true,
    });
    laptop.context.time += 10_000;
    laptop.plan.voting.extendPoll(id, 30);
    laptop.plan.voting.showResults(id, true);
    await until(() => ofType('poll').length === 3);
    expect(ofType('poll')[2]).toMatchObject({ closesInMs: 50_000, shown: true });
    // Nothing is said twice because something else has changed.
    laptop.plan.rename('Another title');
    await until(() => ofType('room').length === 2);
    expect(ofType('poll')).toHaveLength(3);
    laptop.plan.voting.movePollIntoView(null);
    await until(() => ofType('no-poll').length === 2);
    expect(ofType('poll').at(-1)).toMatchObject({ current: false });
  });

  it('of a poll that was deleted is that it is over, and nothing of one that only waits in view', async () => {
    const id = proposalPoll();
    laptop.plan.voting.movePollIntoView(id);
    laptop.plan.voting.openPoll(id);
    laptop.plan.voting.closePoll(id);
    laptop.plan.voting.deletePoll(id);
    await until(() => ofType('no-poll').length === 2);
    expect(ofType('poll').map(({ state, current }) => [state, current])).toEqual([
      ['open', true],
      ['closed', true],
      ['closed', false],
    ]);
  });

  it('is everything again after the hub was started anew', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    await until(() => ofType('poll').length === 1);
    hub.heard.length = 0;
    hub.cut();
    await until(() => ofType('poll').length === 1);
    expect(hub.heard.map(({ type }) => type)).toEqual(['room', 'poll']);
    expect(desk.live.getState().connected).toBe(true);
  });

  it('C4: lets a short text through, and takes it away again', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    laptop.plan.voting.showText(id, '7', true);
    await until(() => ofType('let-through').length === 1);
    laptop.plan.voting.showText(id, '7', false);
    await until(() => ofType('let-through').length === 2);
    expect(ofType('let-through').map(({ ballot, shown }) => [ballot, shown])).toEqual([
      ['7', true],
      ['7', false],
    ]);
  });
});

describe('what the room’s screen says', () => {
  it('C2, C3: is told to phones once the poll is closed and written down, hands and objections too', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    laptop.plan.voting.closePoll(id);
    await until(() => ofType('poll').at(-1)?.state === 'closed');
    expect(ofType('room').at(-1)?.verdict).toBeUndefined();
    const { proposals, stakeholderGroups } = laptop.plan.view.snapshot();
    const [government, civil] = stakeholderGroups.map((group) => group.id);
    const part = (agree: number, disagree: number) => ({
      ballots: agree + disagree,
      by: { agree, disagree },
    });
    const parts = { [civil ?? '']: part(3, 5), [government ?? '']: part(9, 0) };
    const tally = tallyOf(id, { byStakeholderGroup: parts });
    laptop.plan.voting.writeResult(id, { tally, count: 17, checksum: 'c', at: 1 });
    const last = () => ofType('room').at(-1)?.verdict;
    await until(() => last()?.status === 'no-consensus');
    expect(last()).toEqual({
      poll: id,
      status: 'no-consensus',
      threshold: 60,
      lines: [
        { part: government, agree: 9, votes: 9, percent: 90 },
        { part: civil, agree: 3, votes: 8, percent: 40 },
      ],
      missing: { what: 'support', part: civil, more: 2 },
    });
    laptop.plan.voting.setHandCount(id, civil ?? '', { agree: 9 });
    const proposalId = proposals[0]?.id;
    if (proposalId === undefined) throw new Error('No proposal');
    const objection = { proposalId, pollId: id, text: 'Too early', stakeholderGroup: '' };
    laptop.plan.voting.recordObjection(objection);
    await until(() => last()?.status === 'objections-open');
    expect(last()?.missing).toEqual({ what: 'objections', open: 1 });
    // C4: not while people can still change their minds.
    laptop.plan.voting.reopenPoll(id);
    await until(() => ofType('poll').at(-1)?.state === 'open');
    expect(last()).toBeUndefined();
  });
});

describe('what is too odd for the hub', () => {
  it('is not told again and again: the connection stays, and the page knows what is missing', async () => {
    const groups = laptop.doc.getMap('stakeholderGroups');
    laptop.doc.transact(() => {
      for (let index = 0; index < 600; index += 1) {
        const entry = new Y.Map<unknown>();
        groups.set(`group-${index}`, entry);
        entry.set('name', `Group ${index}`);
        entry.set('order', `b${index}`);
      }
    });
    await until(() => desk.live.getState().partsLeftOut > 0);
    expect(readFromDesk(JSON.stringify(ofType('room').at(-1)))).not.toBeNull();
    const id = proposalPoll();
    (laptop.doc.getMap('polls').get(id) as Y.Map<unknown>).set('most', 0.5);
    laptop.plan.voting.openPoll(id);
    await until(() => desk.live.getState().unfitPolls.length === 1);
    expect(desk.live.getState().unfitPolls).toEqual([id]);
    expect(ofType('poll')).toEqual([]);
    (laptop.doc.getMap('polls').get(id) as Y.Map<unknown>).set('most', 0);
    await until(() => ofType('poll').length === 1);
    expect(desk.live.getState()).toMatchObject({ connected: true, unfitPolls: [] });
  });
});

describe('the quiz', () => {
  it('has its best in the plan as often as they change, for whoever comes later', async () => {
    const leaders = [{ place: 1, name: 'Blue', points: 900 }];
    hub.say({ type: 'leaders', leaders });
    await until(() => voting().leaders.length === 1);
    expect(voting().leaders).toEqual(leaders);
    const before = Y.encodeStateVector(laptop.doc);
    hub.say({ type: 'leaders', leaders });
    hub.say({ type: 'trouble', reason: 'disk-full' });
    await until(() => desk.live.getState().trouble !== null);
    expect(Y.encodeStateVector(laptop.doc)).toEqual(before);
  });
});

describe('what phones gave', () => {
  const objection = (poll: string, change: Partial<Given> = {}): ToDesk => ({
    type: 'given',
    given: {
      id: 'g1',
      what: 'objection',
      person: 'p1',
      declared: { stakeholderGroup: 'civil', region: '', breakoutGroup: '' },
      at: 5_000,
      poll,
      text: 'Small makers cannot pay',
      ...change,
    } as Given,
  });

  it('S1: is noted once it is on disk and not before, and is there once', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    let store = (): void => undefined;
    disk = () => {
      flushes += 1;
      return new Promise((resolve) => {
        store = resolve;
      });
    };
    hub.say(objection(id));
    await until(() => flushes === 1);
    expect(voting().objections).toMatchObject([{ text: 'Small makers cannot pay', state: 'open' }]);
    expect(ofType('noted')).toEqual([]);
    store();
    await until(() => ofType('noted').length === 1);
    expect(ofType('noted')).toEqual([{ type: 'noted', id: 'g1' }]);
    disk = async () => undefined;
    hub.say(objection(id));
    await until(() => ofType('noted').length === 2);
    expect(voting().objections).toHaveLength(1);
  });

  it('S1: is not noted while the disk takes nothing; the hub gives it again', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    disk = () => {
      flushes += 1;
      return Promise.reject(new Error('no space'));
    };
    hub.say(objection(id));
    await until(() => flushes === 1);
    disk = async () => undefined;
    hub.say(objection(id, { id: 'g2', at: 6_000 }));
    await until(() => ofType('noted').length === 2);
    expect(ofType('noted').map((frame) => frame.id)).toEqual(['g1', 'g2']);
  });

  it('hands and questions come into the inbox, and their phones hear who took them', async () => {
    const online = laptop.plan.view.snapshot().groups.find((group) => group.online)?.id ?? '';
    const declared = { stakeholderGroup: 'civil', region: 'African', breakoutGroup: online };
    const base = { person: 'p1', declared, at: 5_000 };
    hub.say({ type: 'given', given: { ...base, id: 'h1', what: 'hand', up: true } });
    hub.say({ type: 'given', given: { ...base, id: 'q1', what: 'question', text: 'Who pays?' } });
    await until(() => ofType('noted').length === 2);
    expect(voting().inbox).toMatchObject([
      { id: 'h1', kind: 'hand', online: true },
      { id: 'q1', kind: 'question', text: 'Who pays?', region: 'African' },
    ]);
    const [, question] = voting().inbox;
    if (question === undefined) throw new Error('No question');
    laptop.plan.voting.takeItem(question.id);
    await until(() => ofType('taken').length === 1);
    laptop.plan.voting.doneItem(question.id);
    await until(() => ofType('taken').length === 2);
    expect(ofType('taken')).toEqual([
      { type: 'taken', id: 'q1', done: false },
      { type: 'taken', id: 'q1', done: true },
    ]);
    hub.say({ type: 'given', given: { ...base, id: 'h2', at: 6_000, what: 'hand', up: false } });
    await until(() => voting().inbox[0]?.doneAt === 6_000);
  });
});

describe('what a poll comes to', () => {
  it('C2: is written down pooled and with the checksum, once it is closed', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    hub.say({ type: 'tally', tally: tallyOf(id), open: true });
    await until(() => desk.live.getState().tallies[id]?.all.ballots === 6);
    expect(voting().results).toEqual({});
    laptop.plan.voting.closePoll(id);
    const last = tallyOf(id, { version: 2, all: { ballots: 7, by: { agree: 7 } } });
    hub.say({ type: 'tally', tally: last, open: false });
    await until(() => ofType('export').length > 0);
    const box = { poll: id, count: 7, text: '', checksum: 'c0ffee' };
    hub.say({ type: 'box', box });
    await until(() => voting().results[id]?.tally.version === 2);
    expect(voting().results[id]).toMatchObject({ checksum: 'c0ffee', count: 7 });
    // The one voter of a small group cannot be told from the others.
    expect(Object.keys(voting().results[id]?.tally.byStakeholderGroup ?? {})).toEqual(['~']);
  });

  it('is written down by a page that was not there when it closed', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id);
    await until(() => ofType('poll').length === 1);
    desk.close();
    laptop.plan.voting.closePoll(id);
    openDesk();
    await until(() => ofType('poll').length === 2);
    hub.say({ type: 'tally', tally: tallyOf(id), open: false });
    await until(() => ofType('export').length === 1);
    hub.say({ type: 'box', box: { poll: id, count: 6, text: '', checksum: 'c' } });
    await until(() => voting().results[id] !== undefined);
    const exported = desk.exportBox(id);
    await until(() => ofType('export').length === 2);
    hub.say({ type: 'box', box: { poll: id, count: 6, text: 'all', checksum: 'c' } });
    expect(await exported).toMatchObject({ text: 'all' });
  });

  it('closes when the hub says that its time is over, and an older word does not close it', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id, 30);
    hub.say({ type: 'tally', tally: tallyOf(id), open: false });
    await until(() => desk.live.getState().tallies[id] !== undefined);
    expect(voting().polls[0]?.state).toBe('open');
    laptop.context.time += 29_500;
    hub.say({ type: 'tally', tally: tallyOf(id, { version: 2 }), open: false });
    await until(() => voting().polls[0]?.state === 'closed');
    expect(laptop.plan.history.undo()).toBe('voting-changed');
  });

  it('closes what ran out of time while no page was there', async () => {
    const id = proposalPoll();
    laptop.plan.voting.openPoll(id, 30);
    desk.close();
    laptop.context.time += 60_000;
    openDesk();
    await until(() => ofType('poll').at(-1)?.state === 'closed');
    expect(voting().polls[0]).toMatchObject({ state: 'closed', closedAt: 31_000 });
  });

  it('trouble of the hub with its disk is known to the page', async () => {
    hub.say({ type: 'trouble', reason: 'disk-full' });
    await until(() => desk.live.getState().trouble === 'disk-full');
  });
});
