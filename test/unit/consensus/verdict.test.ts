import { describe, expect, it } from 'vitest';
import { agreementOfStep, gradientSteps } from '../../../src/core/consensus/agreement.ts';
import { pollKinds } from '../../../src/core/consensus/poll.ts';
import type { HandCount } from '../../../src/core/consensus/support-lines.ts';
import { supportLines } from '../../../src/core/consensus/support-lines.ts';
import type { Counts } from '../../../src/core/consensus/tally.ts';
import {
  type Decision,
  type Objection,
  type ObjectionState,
  type Verdict,
  verdictOf,
} from '../../../src/core/consensus/verdict.ts';
import { agreeing } from './forms.ts';
import { below, seeded } from './random.ts';

const seed = 7282;

const objection = (state: ObjectionState): Objection => ({
  id: `x-${state}`,
  text: 'Small makers cannot staff a response desk.',
  stakeholderGroup: 'private',
  state,
  how: state === 'open' ? '' : 'Small makers get a year.',
});

const confirmed: Decision = { confirmed: true, reason: 'Nobody spoke against it.', at: 1 };

interface Given {
  readonly groups: Readonly<Record<string, Counts>>;
  readonly hands?: readonly HandCount[];
  readonly objections?: readonly Objection[];
  readonly decision?: Decision | null;
}

function verdict({ groups, hands = [], objections = [], decision = null }: Given): Verdict {
  const found = verdictOf('agree', { byStakeholderGroup: groups }, hands, objections, decision);
  if (!found) throw new Error('a vote on an agreement has a verdict');
  return found;
}

const yes = { gov: agreeing(8, 1, 1), tech: agreeing(20, 0, 0) };

describe('C2: support by stakeholder group', () => {
  it('is (A + 1) / (N + 2), where passing counts among N', () => {
    const { lines } = verdict({ groups: { gov: agreeing(4, 3, 1) } });
    expect(lines).toEqual([
      {
        part: 'gov',
        agree: 4,
        pass: 3,
        disagree: 1,
        votes: 8,
        support: 5 / 10,
        judged: true,
        fromHands: 0,
      },
    ]);
  });

  it('takes the weakest group’s support for the proposal, however many others agree', () => {
    const found = verdict({ groups: { gov: agreeing(2, 0, 4), tech: agreeing(200, 0, 0) } });
    expect(found.figure).toBe(3 / 8);
    expect(found.weakest).toBe('gov');
    expect(found.status).toBe('no-consensus');
  });

  it('judges the small groups together, once they are enough', () => {
    const groups = { igo: agreeing(0, 0, 3), gov: agreeing(1, 0, 1), tech: agreeing(20, 0, 0) };
    const found = verdict({ groups });
    expect(found.lines.map(({ part, votes }) => [part, votes])).toEqual([
      ['tech', 20],
      ['~', 5],
    ]);
    expect(found.weakest).toBe('~');
    expect(found.figure).toBe(2 / 7);
  });

  it('judges those who declared nothing like a group', () => {
    const found = verdict({ groups: { ...yes, '': agreeing(0, 0, 12) } });
    expect(found.status).toBe('no-consensus');
    expect(found.weakest).toBe('');
    expect(found.lines.map(({ part }) => part)).toEqual(['gov', 'tech', '']);
  });

  it('says the same of a tally that was pooled already', () => {
    const groups = { igo: agreeing(0, 0, 3), gov: agreeing(1, 0, 1), tech: agreeing(20, 0, 0) };
    const pooled = { tech: agreeing(20, 0, 0), '~': agreeing(1, 0, 4) };
    expect(verdict({ groups })).toEqual(verdict({ groups: pooled }));
  });

  it('has no verdict for what asks no agreement', () => {
    const withVerdict = pollKinds.filter(
      (kind) => verdictOf(kind, { byStakeholderGroup: yes }, [], [], null) !== null,
    );
    expect(withVerdict).toEqual(['agree', 'gradient-8', 'gradient-4']);
  });

  it('takes Kaner’s steps for agreeing, standing aside and disagreeing', () => {
    const steps = (kind: 'gradient-8' | 'gradient-4') =>
      Array.from({ length: gradientSteps(kind) }, (_, index) => agreementOfStep(kind, index + 1));
    const [a, p, d] = ['agree', 'pass', 'disagree'];
    expect(steps('gradient-8')).toEqual([a, a, a, p, p, d, d, d]);
    expect(steps('gradient-4')).toEqual([a, a, p, d]);
    expect(agreementOfStep('gradient-4', 5)).toBe(undefined);
    const counts = { ballots: 36, by: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8 } };
    const [line] = supportLines('gradient-8', { gov: counts });
    expect(line).toMatchObject({ agree: 6, pass: 9, disagree: 21, votes: 36, support: 7 / 38 });
    const four = { ballots: 10, by: { 1: 1, 2: 2, 3: 3, 4: 4 } };
    expect(supportLines('gradient-4', { gov: four })[0]).toMatchObject({
      agree: 3,
      pass: 3,
      disagree: 4,
    });
  });
});

describe('a show of hands', () => {
  const hand = (
    stakeholderGroup: string,
    agree: number,
    pass: number,
    disagree: number,
  ): HandCount => ({ stakeholderGroup, agree, pass, disagree });

  it('is added to the phones of its group and marked', () => {
    const { lines } = verdict({ groups: yes, hands: [hand('gov', 1, 0, 2), hand('gov', 0, 1, 0)] });
    expect(lines[0]).toMatchObject({ part: 'gov', agree: 9, pass: 2, disagree: 3, fromHands: 4 });
    expect(lines[1]).toMatchObject({ part: 'tech', votes: 20, fromHands: 0 });
  });

  it('makes a line of its own where nobody of the group has a phone', () => {
    const { lines } = verdict({ groups: yes, hands: [hand('igo', 0, 0, 6)] });
    expect(lines[1]).toMatchObject({ part: 'igo', votes: 6, fromHands: 6, judged: true });
  });

  it('goes to the small groups where it is small, and where its phones are pooled', () => {
    const few = { ...yes, igo: agreeing(3, 0, 0), civil: agreeing(2, 0, 0) };
    const { lines } = verdict({ groups: few, hands: [hand('igo', 0, 0, 2), hand('gov', 1, 0, 0)] });
    expect(lines.map(({ part, votes, fromHands }) => [part, votes, fromHands])).toEqual([
      ['gov', 11, 1],
      ['tech', 20, 0],
      ['~', 7, 2],
    ]);
  });

  it(`C2: gives no phone’s vote away when it is taken off again (seed ${seed})`, () => {
    const random = seeded(seed);
    const names = ['', 'civil', 'gov', 'igo', 'tech'];
    for (let round = 0; round < 2000; round += 1) {
      const groups = Object.fromEntries(
        names.map((name) => [name, agreeing(below(random, 6), below(random, 2), below(random, 4))]),
      );
      const hands = names.map((name) => hand(name, below(random, 4), 0, below(random, 4)));
      const phones = verdict({ groups, hands }).lines.map((line) => line.votes - line.fromHands);
      const all = phones.reduce((sum, each) => sum + each, 0);
      expect(all).toBe(Object.values(groups).reduce((sum, each) => sum + each.ballots, 0));
      for (const each of phones) expect(each === 0 || each >= 5 || each === all).toBe(true);
    }
  });
});

describe('C3: rough consensus', () => {
  it('is there with enough support everywhere, no objection open, and a reasoned confirmation', () => {
    const found = verdict({
      groups: yes,
      objections: [objection('addressed'), objection('dissent')],
      decision: confirmed,
    });
    expect(found.status).toBe('rough-consensus');
    expect(found.missing).toEqual([]);
    expect(found.objections).toEqual({ open: 0, addressed: 1, dissent: 1 });
  });

  it('is never reached by votes alone', () => {
    const found = verdict({ groups: yes });
    expect(found.status).toBe('to-confirm');
    expect(found.missing).toEqual([{ what: 'confirmation' }]);
  });

  it('is not confirmed by a decision without a reason', () => {
    const decision = { ...confirmed, reason: ' \n' };
    expect(verdict({ groups: yes, decision }).status).toBe('to-confirm');
    expect(verdict({ groups: yes, decision }).missing).toEqual([{ what: 'confirmation' }]);
  });

  it('is undone by an objection that comes after the confirmation', () => {
    const found = verdict({ groups: yes, objections: [objection('open')], decision: confirmed });
    expect(found.status).toBe('objections-open');
    expect(found.missing).toEqual([{ what: 'objections', open: 1 }]);
  });

  it('is not made by confirming what a group does not support', () => {
    const found = verdict({ groups: { ...yes, igo: agreeing(2, 0, 4) }, decision: confirmed });
    expect(found.status).toBe('no-consensus');
    expect(found.missing).toEqual([{ what: 'support', part: 'igo', more: 2 }]);
  });

  it('can be denied by the moderator, with a reason, whatever the votes', () => {
    const decision = { ...confirmed, confirmed: false };
    expect(verdict({ groups: yes, decision }).status).toBe('decided-against');
    expect(verdict({ groups: {}, decision }).status).toBe('decided-against');
    expect(verdict({ groups: yes, decision: { ...decision, reason: '' } }).status).toBe(
      'to-confirm',
    );
  });

  it('has “too few to judge” for a status of its own, and says how many more it takes', () => {
    const found = verdict({ groups: { gov: agreeing(3, 0, 0) }, decision: confirmed });
    expect(found).toMatchObject({ status: 'too-few', figure: null, weakest: null });
    expect(found.missing).toEqual([{ what: 'votes', more: 2 }]);
    expect(verdict({ groups: {} }).missing).toEqual([
      { what: 'votes', more: 5 },
      { what: 'confirmation' },
    ]);
  });

  it('names every group that is in the way, the weakest first, then objections, then the word', () => {
    const found = verdict({
      groups: { gov: agreeing(5, 0, 5), tech: agreeing(0, 0, 10), civil: agreeing(9, 0, 1) },
      objections: [objection('open'), { ...objection('open'), id: 'x2' }],
    });
    // (A + 1) / 12 has to reach 0.6: A has to be 7 (6.2 and up).
    expect(found.missing).toEqual([
      { what: 'support', part: 'tech', more: 7 },
      { what: 'support', part: 'gov', more: 2 },
      { what: 'objections', open: 2 },
      { what: 'confirmation' },
    ]);
  });

  it('is reached exactly at the threshold: two of three agree is 3 / 5', () => {
    const groups = { gov: agreeing(2, 0, 1) };
    const rules = { threshold: 0.6, enough: 3 };
    const found = verdictOf('agree', { byStakeholderGroup: groups }, [], [], null, rules);
    expect(found).toMatchObject({ status: 'to-confirm', figure: 0.6 });
  });

  it('says so where not even everybody agreeing would do', () => {
    const rules = { threshold: 0.9, enough: 5 };
    const groups = { gov: agreeing(5, 0, 0) };
    const found = verdictOf('agree', { byStakeholderGroup: groups }, [], [], confirmed, rules);
    expect(found?.missing).toEqual([{ what: 'support', part: 'gov', more: null }]);
  });

  it(`counts how many more have to agree: so many do, and one fewer does not (seed ${seed})`, () => {
    const random = seeded(seed);
    for (let round = 0; round < 3000; round += 1) {
      const [agree, pass, disagree] = [below(random, 60), below(random, 20), below(random, 60)];
      const threshold = below(random, 100) / 100;
      const votes = agree + pass + disagree;
      const found = verdictOf(
        'agree',
        { byStakeholderGroup: { gov: agreeing(agree, pass, disagree) } },
        [],
        [],
        null,
        { threshold, enough: 1 },
      );
      if (!found || votes === 0) continue;
      const missing = found.missing.find((each) => each.what === 'support');
      const enough = (agreeing: number): boolean => (agreeing + 1) / (votes + 2) >= threshold;
      if (missing === undefined) expect(enough(agree)).toBe(true);
      else if (missing.more === null) expect(enough(votes)).toBe(false);
      else {
        expect(enough(agree + missing.more)).toBe(true);
        expect(enough(agree + missing.more - 1)).toBe(false);
      }
    }
  });
});
