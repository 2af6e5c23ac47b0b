import type { Page } from 'playwright-core';
import {
  answer,
  offered,
  objectTo,
  type Person,
  sayWho,
  waitForQuestion,
} from '../tools/screens/phone-screen.ts';
import {
  addressObjection,
  anotherRound,
  closePoll,
  confirmConsensus,
  openPoll,
  pollOnProposal,
  readResult,
  recordDissent,
  waitForObjection,
  waitForVerdict,
} from '../tools/screens/polls-screen.ts';
import { openPhones } from './phones.ts';
import type { Venue } from './venue/venue.ts';

export interface VoteOptions {
  readonly venue: Venue;
  readonly plenary: Page;
  /** The plenary laptop's, as the phones reach it. */
  readonly address: string;
  readonly phones: number;
  /** The first proposal's words. */
  readonly proposal: string;
  readonly shoot: (page: Page, name: string) => Promise<void>;
  readonly say: (what: string) => void;
}

export interface VoteSummary {
  readonly phones: number;
  /** Answers that phones were told are counted, over both rounds. */
  readonly ballotsAcknowledged: number;
  /** Answers in the two results that the plenary screen shows. */
  readonly ballotsCounted: number;
  /** Lines of the results that are not what was answered. */
  readonly wrongLines: number;
  readonly objections: readonly string[];
  readonly strayRequests: number;
  readonly pageErrors: number;
}

type Answer = 'agree' | 'pass' | 'disagree';

/** Of each group's people, the first round's answers: the last group cannot live with it. */
const firstRound = (person: number, group: number, groups: number): Answer => {
  if (group === groups - 1) return person % 3 === 0 ? 'agree' : 'disagree';
  return person % 6 === 5 ? 'pass' : 'agree';
};
const secondRound = (person: number): Answer => (person % 6 === 5 ? 'disagree' : 'agree');

const OBJECTIONS = [
  'Small makers cannot answer within ninety days without help.',
  'A register without an appeal is a pillory.',
] as const;
const AT_ONCE = 10;

async function inTens<T>(items: readonly T[], act: (item: T, at: number) => Promise<void>) {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE);
    await Promise.all(some.map((item, at) => act(item, from + at)));
  }
}

/** From a proposal to confirmed rough consensus: two rounds, with objections between them. */
export async function playVote(options: VoteOptions): Promise<VoteSummary> {
  const { plenary, say, shoot } = options;
  const phones = await openPhones(options.venue, options.address, options.phones);
  try {
    const [asked] = phones.pages;
    if (asked === undefined) throw new Error('There are no phones');
    const stakeholderGroups = await offered(asked, 'who.stakeholderGroup');
    const regions = await offered(asked, 'who.region');
    const groups = stakeholderGroups.length;
    const groupOf = (phone: number): number => phone % groups;
    const placeIn = (phone: number): number => Math.floor(phone / groups);
    await inTens(phones.pages, async (page, phone) => {
      const person: Person = {
        stakeholderGroup: stakeholderGroups[groupOf(phone)] ?? null,
        region: regions[phone % regions.length] ?? null,
      };
      await sayWho(page, person);
    });
    say(`${phones.pages.length} phones are in.`);

    let acknowledged = 0;
    const results: Awaited<ReturnType<typeof readResult>>[] = [];
    let wrongLines = 0;
    const playRound = async (
      question: string,
      answerOf: (phone: number) => Answer,
    ): Promise<void> => {
      await openPoll(plenary);
      await inTens(phones.pages, async (page, phone) => {
        await waitForQuestion(page, question);
        await answer(page, answerOf(phone));
        acknowledged += 1;
      });
    };
    const finishRound = async (answerOf: (phone: number) => Answer): Promise<void> => {
      await closePoll(plenary);
      const result = await readResult(plenary);
      results.push(result);
      for (const [group, name] of stakeholderGroups.entries()) {
        const mine = phones.pages.map((_, phone) => phone).filter((p) => groupOf(p) === group);
        const agree = mine.filter((phone) => answerOf(phone) === 'agree').length;
        const line = result.find((one) => one.line.includes(name));
        if (line?.agree !== agree || line.votes !== mine.length) wrongLines += 1;
      }
    };

    const first = (phone: number): Answer => firstRound(placeIn(phone), groupOf(phone), groups);
    await pollOnProposal(plenary, 1);
    await playRound(options.proposal, first);
    // Two people of the last group say why they cannot live with it.
    const objecting = phones.pages.filter((_, phone) => groupOf(phone) === groups - 1);
    for (const [at, why] of OBJECTIONS.entries()) {
      const page = objecting[at];
      if (page === undefined) throw new Error('There are too few phones to object');
      await objectTo(page, why);
    }
    await shoot(asked, 'phone');
    await finishRound(first);
    await waitForVerdict(plenary, 'no-consensus');
    for (const why of OBJECTIONS) await waitForObjection(plenary, why);
    await shoot(plenary, 'poll-first-round');
    say('The first round is closed: no rough consensus, two objections.');

    const wording = `${options.proposal} Small makers get help to answer.`;
    await addressObjection(plenary, OBJECTIONS[0], wording, 'Help for small makers was added');
    await recordDissent(plenary, OBJECTIONS[1]);
    await anotherRound(plenary);
    const second = (phone: number): Answer => secondRound(placeIn(phone));
    await playRound(wording, second);
    await finishRound(second);
    await waitForVerdict(plenary, 'to-confirm');
    await confirmConsensus(plenary, 'Every group supports it with the new wording.');
    await shoot(plenary, 'poll-second-round');
    say('The second round is closed, and rough consensus is confirmed.');

    return {
      phones: phones.pages.length,
      ballotsAcknowledged: acknowledged,
      ballotsCounted: results.flat().reduce((sum, { votes }) => sum + votes, 0),
      wrongLines,
      objections: OBJECTIONS,
      strayRequests: phones.strayRequests.length,
      pageErrors: phones.errors.length,
    };
  } finally {
    await phones.close();
  }
}
