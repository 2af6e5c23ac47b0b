import { POOL } from './pool-small-parts.ts';
import type { SupportLine } from './support-lines.ts';
import type { VerdictStatus } from './verdict-status.ts';
import type { Verdict } from './verdict.ts';

/** How one part of the room has moved between two rounds on the same proposal. */
export interface LineChange {
  readonly part: string;
  /** Null where the part had no line of its own: nobody of it voted, or it was pooled. */
  readonly before: SupportLine | null;
  readonly after: SupportLine | null;
  /** Support after less support before; null where it was not judged both times. */
  readonly moved: number | null;
}

export interface RoundChange {
  readonly lines: readonly LineChange[];
  readonly status: { readonly before: VerdictStatus; readonly after: VerdictStatus };
  /** The proposal's figure after less before; null where one of the two has none. */
  readonly moved: number | null;
}

/**
 * What changed from one round to the next. Lines stand in the order of the later round, those that it
 * no longer has behind them. The pool is compared only by name: who is in it may have changed, which
 * is why it has not moved, whatever its support.
 */
export function changeBetween(before: Verdict, after: Verdict): RoundChange {
  const earlier = new Map(before.lines.map((line) => [line.part, line]));
  const later = new Map(after.lines.map((line) => [line.part, line]));
  const lines = [...new Set([...later.keys(), ...earlier.keys()])].map((part): LineChange => {
    const a = earlier.get(part) ?? null;
    const b = later.get(part) ?? null;
    return {
      part,
      before: a,
      after: b,
      moved: a?.judged && b?.judged && part !== POOL ? b.support - a.support : null,
    };
  });
  return {
    lines,
    status: { before: before.status, after: after.status },
    moved: before.figure === null || after.figure === null ? null : after.figure - before.figure,
  };
}
