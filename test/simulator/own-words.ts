import { WordLedger } from '../unit/session/words.ts';

/** One laptop's part in everybody's ledger, which also knows what was said there since it started. */
export class OwnWords extends WordLedger {
  /** What the laptop has put in, or put back, and may lose where it dies before it has saved it. */
  readonly said = new Set<string>();
  /** What was taken out here and put back: the disk may still hold it as it was before. */
  readonly putBack = new Set<string>();
  private readonly takenOut = new Set<string>();
  private readonly everybody: WordLedger;

  constructor(everybody: WordLedger) {
    super();
    this.everybody = everybody;
  }
  override fresh(): string {
    return this.everybody.fresh();
  }
  override add(words: Iterable<string>): void {
    for (const word of words) {
      this.said.add(word);
      if (this.takenOut.has(word)) this.putBack.add(word);
      this.everybody.add([word]);
    }
  }
  override remove(words: Iterable<string>): void {
    for (const word of words) {
      this.takenOut.add(word);
      this.everybody.remove([word]);
    }
  }
}
