import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket as RawSocket } from 'ws';
import { openVotingDesk, type VotingDesk } from '../../../src/browser/app/voting-desk.ts';
import {
  type PhoneFrame,
  type ToPhone,
  VOTE_PATH,
  VOTE_SUBPROTOCOL,
} from '../../../src/core/protocol/voting-frames.ts';
import type { PollId } from '../../../src/core/session/ids.ts';
import { verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import { startTestHub, type TestHub } from '../hub/laptop.ts';
import { newPlan, type PlanLaptop, valueOf } from '../session/laptops.ts';

/** A phone as its page speaks. */
interface Phone {
  readonly heard: ToPhone[];
  say(frame: PhoneFrame): void;
}

const running: (() => unknown)[] = [];
let folder: string;
let test: TestHub;
let laptop: PlanLaptop;
let desk: VotingDesk;

const voting = () => laptop.plan.view.snapshot().voting;
const until = async (holds: () => boolean): Promise<void> =>
  await expect.poll(holds, { timeout: 8_000, interval: 20 }).toBe(true);

function openDesk(local: string): VotingDesk {
  return openVotingDesk({
    address: `ws://${local}`,
    plan: laptop.plan,
    flush: async () => undefined,
    now: Date.now,
  });
}
async function openPhone(address: string, stakeholderGroup: string): Promise<Phone> {
  const socket = new RawSocket(`${address}${VOTE_PATH}`, [VOTE_SUBPROTOCOL]);
  const heard: ToPhone[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as ToPhone));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  const phone: Phone = {
    heard,
    say: (frame) => socket.send(JSON.stringify(frame)),
  };
  running.push(() => socket.terminate());
  phone.say({ type: 'hello', version: 1 });
  await until(() => heard.some(({ type }) => type === 'welcome'));
  phone.say({ type: 'me', stakeholderGroup, region: '', breakoutGroup: '' });
  return phone;
}
async function openRoom(): Promise<string> {
  const opened = await test.hub.openToNetwork();
  const [address] = opened.ok ? opened.state.addresses : [];
  if (address === undefined) throw new Error('It is not open to the network');
  return address;
}
function proposalPoll(): PollId {
  const proposal = valueOf(
    laptop.plan.addProposal({ text: 'A public register', questionId: null, sources: [] }),
  );
  return valueOf(laptop.plan.voting.makePollFromProposal(proposal));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-voting-'));
  test = await startTestHub({ vaultDirectory: () => folder });
  laptop = newPlan('plenary');
  laptop.context.time = Date.now();
  desk = openDesk(test.local);
});
afterEach(async () => {
  for (const close of running.splice(0)) close();
  desk.close();
  await test.hub.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the plenary page beside the real hub', () => {
  it('C1, C2, C3: from the proposal to the verdict, with an objection on the way', async () => {
    const address = await openRoom();
    const [government] = laptop.plan.view.snapshot().stakeholderGroups;
    const group = government?.id ?? '';
    const poll = proposalPoll();
    valueOf(laptop.plan.voting.openPoll(poll));
    await until(() => desk.live.getState().connected);
    const phones = await Promise.all(Array.from({ length: 6 }, () => openPhone(address, group)));
    for (const [index, phone] of phones.entries()) {
      await until(() => phone.heard.some((frame) => 'poll' in frame && frame.poll !== null));
      const choice = index === 0 ? 'disagree' : 'agree';
      phone.say({ type: 'ballot', poll, sequence: 1, choice });
    }
    phones[0]?.say({ type: 'object', poll, sequence: 1, text: 'Small makers cannot pay' });
    phones[1]?.say({ type: 'hand', sequence: 1, up: true });
    phones[2]?.say({ type: 'ask', id: 'q1', kind: 'question', text: 'Who pays?' });
    await until(() => desk.live.getState().tallies[poll]?.all.ballots === 6);
    await until(() => voting().objections.length === 1 && voting().inbox.length === 2);
    expect(voting().objections).toMatchObject([
      { text: 'Small makers cannot pay', stakeholderGroup: group, state: 'open' },
    ]);

    valueOf(laptop.plan.voting.closePoll(poll));
    await until(() => voting().results[poll] !== undefined);
    const result = voting().results[poll];
    expect(result).toMatchObject({ count: 6, tally: { all: { by: { agree: 5, disagree: 1 } } } });
    expect(result?.checksum).toMatch(/^[0-9a-f]{64}$/u);
    const verdict = () => {
      const [closed] = voting().polls;
      return closed === undefined ? null : verdictOfPoll(voting(), closed);
    };
    expect(verdict()).toMatchObject({ status: 'objections-open', figure: 6 / 8 });
    const [objection] = voting().objections;
    if (objection === undefined) throw new Error('No objection');
    laptop.plan.voting.resolveObjection(objection.id, 'dissent', '');
    expect(verdict()?.status).toBe('to-confirm');
    const box = await desk.exportBox(poll);
    expect(box).toMatchObject({ count: 6, checksum: result?.checksum });

    const hand = voting().inbox.find(({ kind }) => kind === 'hand');
    if (hand === undefined) throw new Error('No hand');
    valueOf(laptop.plan.voting.takeItem(hand.id));
    await until(() => phones[1]?.heard.some(({ type }) => type === 'taken') === true);
  });

  it('C2, C3: phones hear the verdict as the room sees it, and the quiz’s best are in the plan', async () => {
    const address = await openRoom();
    const [government] = laptop.plan.view.snapshot().stakeholderGroups;
    const group = government?.id ?? '';
    const poll = proposalPoll();
    valueOf(laptop.plan.voting.openPoll(poll));
    const phones = await Promise.all(Array.from({ length: 5 }, () => openPhone(address, group)));
    phones.forEach((phone) => phone.say({ type: 'ballot', poll, sequence: 1, choice: 'agree' }));
    await until(() => desk.live.getState().tallies[poll]?.all.ballots === 5);
    valueOf(laptop.plan.voting.closePoll(poll));
    const shown = () => {
      const last = phones[0]?.heard.findLast((frame) => 'room' in frame);
      return last !== undefined && 'room' in last ? last.room.verdict : undefined;
    };
    await until(() => shown()?.poll === poll);
    expect(shown()).toMatchObject({
      status: 'to-confirm',
      lines: [{ part: group, agree: 5, votes: 5, percent: 85 }],
      missing: { what: 'confirmation' },
    });
    // One that comes later has it with the greeting.
    const late = await openPhone(address, group);
    expect(late.heard.find((frame) => frame.type === 'welcome')?.room.verdict).toEqual(shown());

    const quiz = valueOf(
      laptop.plan.voting.makePoll({
        proposalId: null,
        kind: 'quiz',
        question: 'How many call it valuable?',
        options: [
          { id: 'a', text: '62%' },
          { id: 'b', text: '26%' },
        ],
        most: 0,
        seconds: 20,
        right: 'a',
      }),
    );
    valueOf(laptop.plan.voting.openPoll(quiz));
    await until(() =>
      phones.every(({ heard }) =>
        heard.some((frame) => frame.type === 'poll' && frame.poll?.form.id === quiz),
      ),
    );
    phones[0]?.say({ type: 'name', name: 'Blue' });
    phones[0]?.say({ type: 'ballot', poll: quiz, sequence: 2, choice: ['a'] });
    phones[1]?.say({ type: 'ballot', poll: quiz, sequence: 2, choice: ['b'] });
    await until(() => desk.live.getState().tallies[quiz]?.all.ballots === 2);
    expect(voting().leaders).toEqual([]);
    valueOf(laptop.plan.voting.closePoll(quiz));
    await until(() => voting().leaders.length === 1);
    const [best] = voting().leaders;
    expect(best).toMatchObject({ place: 1, name: 'Blue' });
    expect(best?.points).toBeGreaterThan(500);
    expect(best?.points).toBeLessThanOrEqual(1_000);
    // Those of a question that was deleted do not stay in the plan, and so not in the report.
    valueOf(laptop.plan.voting.deletePoll(quiz));
    await until(() => voting().leaders.length === 0);
    valueOf(laptop.plan.voting.restorePoll(quiz));
    await until(() => voting().leaders.length === 1);
    expect(voting().leaders).toEqual([best]);
  });

  it('S1: writes nothing twice and loses nothing when the page is reloaded', async () => {
    const address = await openRoom();
    const poll = proposalPoll();
    valueOf(laptop.plan.voting.openPoll(poll));
    await until(() => desk.live.getState().connected);
    const phone = await openPhone(address, '');
    await until(() => phone.heard.some((frame) => 'poll' in frame && frame.poll !== null));
    desk.close();
    phone.say({ type: 'ballot', poll, sequence: 1, choice: 'agree' });
    phone.say({ type: 'object', poll, sequence: 1, text: 'Not while nobody looks' });
    await until(() => phone.heard.filter(({ type }) => type === 'counted').length === 2);
    expect(voting().objections).toEqual([]);
    desk = openDesk(test.local);
    await until(() => voting().objections.length === 1);
    laptop.plan.voting.closePoll(poll);
    await until(() => voting().results[poll]?.count === 1);
    const written = voting().results[poll];
    desk.close();
    desk = openDesk(test.local);
    await until(() => desk.live.getState().tallies[poll]?.all.ballots === 1);
    await desk.exportBox(poll);
    expect(voting().objections).toHaveLength(1);
    expect(voting().results[poll]).toEqual(written);
  });

  it('the hub closes at its own moment, and the plan says so', async () => {
    const poll = proposalPoll();
    laptop.context.time = Date.now();
    valueOf(laptop.plan.voting.openPoll(poll, 1));
    await until(() => voting().polls[0]?.state === 'closed');
    await until(() => voting().results[poll]?.count === 0);
  });

  it('C4: a short text is seen by phones once it is let through', async () => {
    const address = await openRoom();
    const made = laptop.plan.voting.makePoll({
      proposalId: null,
      kind: 'text',
      question: 'In one word?',
      options: [],
      most: 0,
      seconds: null,
      right: null,
    });
    const poll = valueOf(made);
    valueOf(laptop.plan.voting.openPoll(poll));
    const phone = await openPhone(address, '');
    await until(() => phone.heard.some((frame) => 'poll' in frame && frame.poll !== null));
    phone.say({ type: 'ballot', poll, sequence: 1, choice: { text: 'Trust' } });
    await until(() => desk.live.getState().tallies[poll]?.texts.length === 1);
    laptop.plan.voting.closePoll(poll);
    await until(() => voting().results[poll] !== undefined);
    const [text] = voting().results[poll]?.tally.texts ?? [];
    expect(text).toMatchObject({ text: 'Trust', shown: false });
    const seen = (): readonly string[] => {
      const last = phone.heard.findLast((frame) => frame.type === 'poll');
      return last?.type === 'poll' ? (last.poll?.tally?.texts ?? []).map((one) => one.text) : [];
    };
    expect(seen()).toEqual([]);
    laptop.plan.voting.showText(poll, text?.ballot ?? '', true);
    await until(() => seen().length === 1);
    expect(voting().results[poll]?.tally.texts[0]?.shown).toBe(true);
  });
});
