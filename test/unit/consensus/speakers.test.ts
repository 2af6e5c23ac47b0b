import { describe, expect, it } from 'vitest';
import {
  type RaisedHand,
  speakingOrder,
  type Spoken,
} from '../../../src/core/consensus/speakers.ts';
import { below, pick, seeded } from './random.ts';

const seed = 41;

const hand = (person: string, raisedAt: number, more: Partial<RaisedHand> = {}): RaisedHand => ({
  id: `hand of ${person} at ${raisedAt}`,
  person,
  stakeholderGroup: 'gov',
  online: false,
  raisedAt,
  ...more,
});
const turn = (person: string, ms: number, stakeholderGroup = 'gov'): Spoken => ({
  person,
  stakeholderGroup,
  ms,
});
const order = (hands: readonly RaisedHand[], spoken: readonly Spoken[] = []): readonly string[] =>
  speakingOrder(hands, spoken).map((each) => each.hand.person);

describe('the list of speakers', () => {
  it('puts who has not spoken before who has, however long they wait', () => {
    expect(order([hand('a', 1), hand('b', 2)], [turn('a', 100)])).toEqual(['b', 'a']);
  });

  it('counts a turn of no time as having spoken', () => {
    expect(order([hand('a', 1), hand('b', 2)], [turn('a', 0)])).toEqual(['b', 'a']);
  });

  it('then who has spoken least, all turns together', () => {
    const spoken = [turn('a', 3000), turn('a', 3000), turn('b', 5000)];
    expect(order([hand('a', 1), hand('b', 2)], spoken)).toEqual(['b', 'a']);
  });

  it('then whose stakeholder group has spoken least', () => {
    const hands = [hand('a', 1), hand('b', 2, { stakeholderGroup: 'tech' })];
    expect(order(hands, [turn('c', 5000)])).toEqual(['b', 'a']);
  });

  it('then who has waited longest', () => {
    expect(order([hand('c', 3), hand('a', 1), hand('b', 2)])).toEqual(['a', 'b', 'c']);
  });

  it('lists a person once, and everybody whom nobody knows each for themselves', () => {
    expect(order([hand('a', 1), hand('a', 5), hand('', 2), hand('', 3)])).toEqual(['a', '', '']);
    const spoken = [turn('', 5000, ''), turn('a', 1)];
    expect(order([hand('a', 1), hand('', 2, { stakeholderGroup: '' })], spoken)).toEqual(['', 'a']);
  });

  it('says why a hand stands where it stands', () => {
    const spoken = [turn('a', 1000), turn('a', 500), turn('b', 250)];
    expect(speakingOrder([hand('a', 1)], spoken)).toEqual([
      { hand: hand('a', 1), turns: 2, personMs: 1500, groupMs: 1750 },
    ]);
  });

  it(`treats room and online alike, and order of arrival in the list too (seed ${seed})`, () => {
    const random = seeded(seed);
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const groups = ['gov', 'tech', ''];
    for (let round = 0; round < 500; round += 1) {
      const hands = people.map((person) =>
        hand(person, below(random, 5), {
          stakeholderGroup: pick(random, groups),
          online: random() < 0.5,
        }),
      );
      const spoken = Array.from({ length: below(random, 12) }, () =>
        turn(pick(random, people), below(random, 4) * 1000, pick(random, groups)),
      );
      const found = order(hands, spoken);
      const turned = hands.map((each) => ({ ...each, online: !each.online })).toReversed();
      expect(order(turned, spoken)).toEqual(found);
      expect(found.toSorted()).toEqual(people);
      const hasSpoken = found.map((person) => spoken.some((each) => each.person === person));
      expect(hasSpoken.toSorted((a, b) => Number(a) - Number(b))).toEqual(hasSpoken);
    }
  });
});
