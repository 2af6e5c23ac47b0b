import { describe, expect, it } from 'vitest';
import {
  addBallot,
  countBallots,
  createCounter,
  removeBallot,
  replaceBallot,
  talliedBy,
} from '../../../src/core/consensus/count.ts';
import { type PollKind, pollKinds } from '../../../src/core/consensus/poll.ts';
import { readChoice, stepsOf } from '../../../src/core/consensus/read-choice.ts';
import type { CountedBallot } from '../../../src/core/consensus/tally.ts';
import { form } from './forms.ts';
import { below, pick, seeded } from './random.ts';

const ballot = (
  choice: CountedBallot['choice'],
  stakeholderGroup = 'gov',
  region = 'africa',
  breakoutGroup = 'g1',
): CountedBallot => ({ choice, stakeholderGroup, region, breakoutGroup });

const seed = 20_181_112;

function randomChoice(random: () => number, kind: PollKind): CountedBallot['choice'] {
  const asked = form(kind);
  const options = asked.options.map(({ id }) => id).toSorted(() => random() - 0.5);
  const answers: Readonly<Record<string, unknown>> = {
    agree: pick(random, ['agree', 'pass', 'disagree']),
    ranking: options,
    multiple: options.slice(0, 1 + below(random, asked.most)),
    text: { text: `No. ${below(random, 1000)}` },
  };
  const steps = stepsOf(asked);
  const value = answers[kind] ?? (steps > 0 ? 1 + below(random, steps) : options.slice(0, 1));
  const choice = readChoice(asked, value);
  if (choice === undefined || choice === null) throw new Error(`no answer: ${kind}`);
  return choice;
}

describe('counting ballots', () => {
  it('counts each in the whole room and in each part that was declared', () => {
    expect(
      countBallots(form('agree'), [
        ballot('agree'),
        ballot('agree', 'tech', 'africa', ''),
        ballot('disagree', '', '', ''),
      ]),
    ).toEqual({
      all: { ballots: 3, by: { agree: 2, disagree: 1 } },
      byStakeholderGroup: {
        gov: { ballots: 1, by: { agree: 1 } },
        tech: { ballots: 1, by: { agree: 1 } },
        '': { ballots: 1, by: { disagree: 1 } },
      },
      byRegion: {
        africa: { ballots: 2, by: { agree: 2 } },
        '': { ballots: 1, by: { disagree: 1 } },
      },
      byBreakoutGroup: {
        g1: { ballots: 1, by: { agree: 1 } },
        '': { ballots: 2, by: { agree: 1, disagree: 1 } },
      },
    });
  });

  it('counts a ranking by option and place, several options each, and of a text only that it is there', () => {
    const all = (kind: PollKind, choice: CountedBallot['choice']) =>
      countBallots(form(kind), [ballot(choice)]).all;
    expect(all('ranking', ['o2', 'o1'])).toEqual({ ballots: 1, by: { 'o2/1': 1, 'o1/2': 1 } });
    expect(all('multiple', ['o1', 'o3'])).toEqual({ ballots: 1, by: { o1: 1, o3: 1 } });
    expect(all('scale', 7)).toEqual({ ballots: 1, by: { 7: 1 } });
    expect(all('text', { text: 'A register' })).toEqual({ ballots: 1, by: {} });
  });

  it('leaves nothing of a ballot that was taken out', () => {
    const counter = createCounter(form('agree'));
    addBallot(counter, ballot('agree'));
    removeBallot(counter, ballot('agree'));
    expect(talliedBy(counter)).toEqual(countBallots(form('agree'), []));
  });

  it('gives values that do not change when counting goes on', () => {
    const counter = createCounter(form('agree'));
    addBallot(counter, ballot('agree'));
    const before = talliedBy(counter);
    addBallot(counter, ballot('agree'));
    expect(before.all.ballots).toBe(1);
    expect(talliedBy(counter).all.ballots).toBe(2);
  });

  it('is not led astray by a part or an option called like a part of the language', () => {
    const tally = countBallots(form('single'), [
      ballot(['__proto__'], '__proto__', 'constructor', 'toString'),
    ]);
    expect(Object.keys(tally.byStakeholderGroup)).toEqual(['__proto__']);
    expect(Object.keys(tally.all.by)).toEqual(['__proto__']);
    expect(tally.byRegion['constructor']).toEqual({ ballots: 1, by: expect.anything() });
  });

  it.each(pollKinds)(
    `C1: counting one by one is counting all at once, however voters change: %s (seed ${seed})`,
    (kind) => {
      const random = seeded(seed);
      const counter = createCounter(form(kind));
      const box = new Map<number, CountedBallot>();
      for (let step = 0; step < 3000; step += 1) {
        const voter = below(random, 200);
        const before = box.get(voter) ?? null;
        const after =
          random() < 0.1
            ? null
            : ballot(
                randomChoice(random, kind),
                pick(random, ['gov', 'tech', 'civil', '']),
                pick(random, ['africa', 'weog', '']),
                pick(random, ['g1', 'g2', '']),
              );
        replaceBallot(counter, before, after);
        if (after) box.set(voter, after);
        else box.delete(voter);
        if (step % 500 === 0) {
          expect(talliedBy(counter)).toEqual(countBallots(form(kind), box.values()));
        }
      }
      const counted = talliedBy(counter);
      expect(counted).toEqual(countBallots(form(kind), box.values()));
      expect(counted.all.ballots).toBe(box.size);
      for (const parts of [counted.byStakeholderGroup, counted.byRegion, counted.byBreakoutGroup]) {
        const sum = Object.values(parts).reduce((sum, { ballots }) => sum + ballots, 0);
        expect(sum).toBe(box.size);
      }
    },
  );
});
