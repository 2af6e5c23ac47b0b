import type { GroupNotes, Plan, ReportDraft } from '../../../src/core/session/model.ts';
import type { Random } from '../../tools/seeded-random.ts';

/** An edit of a text in which every character is a word that nobody else ever says. */
export interface Change {
  readonly text: string;
  readonly said: readonly string[];
  readonly cut: readonly string[];
}

/**
 * Who said which word, and which were taken out again on purpose. Whatever is left must be found
 * on every laptop in the end: S2.
 */
export class WordLedger {
  private count = 0;
  private readonly expected = new Set<string>();
  /** Taken out at some time, if only to be put back: two may put it back, and then it is there twice. */
  private readonly moved = new Set<string>();

  /**
   * A word of one character, so that where it was put in is never in doubt; every other one is a
   * surrogate pair.
   */
  fresh(): string {
    this.count += 1;
    return String.fromCodePoint((this.count % 2 === 0 ? 0x4e00 : 0x20000) + this.count);
  }
  add(words: Iterable<string>): void {
    for (const word of words) this.expected.add(word);
  }
  remove(words: Iterable<string>): void {
    for (const word of words) {
      this.expected.delete(word);
      this.moved.add(word);
    }
  }
  missingFrom(text: string): string[] {
    const found = wordsIn(text);
    return [...this.expected].filter((word) => !found.has(word));
  }
  doubledIn(text: string): string[] {
    const seen = new Set<string>();
    return Array.from(text).filter((word) => {
      const again = seen.has(word);
      seen.add(word);
      return again && !this.moved.has(word);
    });
  }
}

/** One person's part in a ledger. */
export class Speaker {
  private readonly touched = new Set<string>();
  private readonly random: Random;
  private readonly ledger: WordLedger;

  constructor(random: Random, ledger: WordLedger) {
    this.random = random;
    this.ledger = ledger;
  }

  /** Something new to say. */
  sentence(): Change {
    const said = Array.from({ length: 1 + this.random.below(3) }, () => this.ledger.fresh());
    return { text: said.join(''), said, cut: [] };
  }

  /** `text` with a word put in, some taken out, or some replaced. */
  change(text: string): Change {
    const words = Array.from(text);
    const at = this.random.below(words.length + 1);
    const insert = this.random.chance(0.75);
    const said = insert ? [this.ledger.fresh()] : [];
    const cut = words.splice(at, insert && this.random.chance(0.7) ? 0 : 1 + this.random.below(2));
    words.splice(at, 0, ...said);
    return { text: words.join(''), said, cut };
  }

  /** To be told of each change that an operation took. */
  took(outcome: { readonly ok: boolean }, change: Change): void {
    if (!outcome.ok) return;
    for (const word of [...change.said, ...change.cut]) this.touched.add(word);
    this.ledger.add(change.said);
    this.ledger.remove(change.cut);
  }

  /** Runs an undo or redo, which may take away only what this person had changed. */
  replay(read: () => string, way: () => unknown): void {
    const before = wordsIn(read());
    way();
    const after = wordsIn(read());
    const gone = without(before, after);
    const others = gone.filter((word) => !this.touched.has(word));
    if (others.length > 0) throw new Error(`Undo took what others said: ${others.join(' ')}`);
    this.ledger.remove(gone);
    this.ledger.add(without(after, before));
  }
}

const without = (words: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...words].filter((word) => !others.has(word));
const wordsIn = (text: string): ReadonlySet<string> => new Set(Array.from(text));

/** All that can be read in a group's notes, wherever it stands, in one piece. */
export function textOfGroup(group: GroupNotes): string {
  const { notes, drafts, deletedNotes, recommendations, deletedRecommendations } = group;
  return [
    ...[...notes, ...drafts, ...deletedNotes].map(({ text }) => text),
    ...[...recommendations, ...deletedRecommendations].map(
      ({ text, rationale }) => text + rationale,
    ),
    group.reportBack.text,
  ].join('');
}

/** All that can be read in the texts of a plan, in one piece. */
export const textOfPlan = ({ proposals, deletedProposals }: Plan): string =>
  [...proposals, ...deletedProposals].map(({ text }) => text).join('');

/** All that can be read in the texts of a report, in one piece. */
export const textOfReport = ({ texts }: ReportDraft): string =>
  [texts.summary, texts.advice, ...Object.values(texts.assessments)].join('');
