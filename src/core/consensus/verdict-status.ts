/** What a verdict says in one word, and what it says is missing. Nothing is imported here: phones read it. */
export const verdictStatuses = [
  /** No group, and not the small ones together, has enough votes. */
  'too-few',
  /** At least one group that can be judged does not support it enough. */
  'no-consensus',
  /** Enough support everywhere, but somebody cannot live with it and was not heard yet. */
  'objections-open',
  /** Enough support, nothing open: the moderator has the word. */
  'to-confirm',
  'rough-consensus',
  /** The moderator decided, with a reason, that there is none. */
  'decided-against',
] as const;
export type VerdictStatus = (typeof verdictStatuses)[number];

/** Something that is in the way of rough consensus, in the order in which a room would work at it. */
export type Missing =
  | {
      readonly what: 'votes';
      /** How many votes more would let one part of the room be judged. */
      readonly more: number;
    }
  | {
      readonly what: 'support';
      readonly part: string;
      /** How many of those who voted otherwise would have to agree; null where all would not do. */
      readonly more: number | null;
    }
  | { readonly what: 'objections'; readonly open: number }
  | { readonly what: 'confirmation' };
