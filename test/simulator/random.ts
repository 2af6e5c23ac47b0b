import { randomFrom, type Random } from '../tools/seeded-random.ts';

/** What a world draws from its seed, beyond what `Random` gives. */
export interface Dice extends Random {
  /** From `low` up to and without `high`. */
  between(low: number, high: number): number;
  /** The same, short ones as likely as long ones ten times as long. */
  spread(low: number, high: number): number;
  bytes(length: number): Uint8Array;
  /** One of the keys, each as likely as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Dice that do not disturb these. */
  fork(): Dice;
}

export function diceFrom(seed: number): Dice {
  const random = randomFrom(seed);
  const dice: Dice = {
    ...random,
    between: (low, high) => low + random.next() * (high - low),
    spread: (low, high) => low * (high / low) ** random.next(),
    bytes: (length) => Uint8Array.from({ length }, () => random.below(256)),
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const names = Object.keys(weights) as K[];
      let left = random.next() * names.reduce((sum, name) => sum + weights[name], 0);
      for (const name of names) {
        left -= weights[name];
        if (left < 0) return name;
      }
      const [first] = names;
      if (first === undefined) throw new Error('Nothing to choose from');
      return first;
    },
    fork: () => diceFrom(random.below(2 ** 31)),
  };
  return dice;
}
