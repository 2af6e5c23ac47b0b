/** A hand that is up. */
export interface RaisedHand {
  readonly id: string;
  /** The same for all hands and turns of one person; "" where nobody knows who it is. */
  readonly person: string;
  /** "" where it was not declared. */
  readonly stakeholderGroup: string;
  /** Takes part over the internet. Nothing in the order depends on it. */
  readonly online: boolean;
  /** Milliseconds since 1970. */
  readonly raisedAt: number;
}

/** A turn that somebody had. */
export interface Spoken {
  readonly person: string;
  readonly stakeholderGroup: string;
  readonly ms: number;
}

/** Why a hand stands where it stands, to be shown beside it. */
export interface WaitingSpeaker {
  readonly hand: RaisedHand;
  readonly turns: number;
  /** How long this person, and this person's stakeholder group, have spoken. */
  readonly personMs: number;
  readonly groupMs: number;
}

/** Who is "" is nobody in particular: what one such has said is not held against another. */
function sumBy(
  spoken: readonly Spoken[],
  key: 'person' | 'stakeholderGroup',
): ReadonlyMap<string, { readonly turns: number; readonly ms: number }> {
  const sums = new Map<string, { turns: number; ms: number }>();
  for (const turn of spoken) {
    if (turn[key] === '') continue;
    const before = sums.get(turn[key]) ?? { turns: 0, ms: 0 };
    sums.set(turn[key], { turns: before.turns + 1, ms: before.ms + turn.ms });
  }
  return sums;
}

/**
 * The list of speakers, the next one first. Who has not spoken yet comes before everybody who has;
 * then who has spoken least; then whose stakeholder group has spoken least; then who has waited
 * longest. Room and online stand in one list: raising a hand on a phone in the room and over the
 * internet is the same, and nothing looks at which it was.
 *
 * Among those who have not spoken everybody has spoken least, so there the group decides, and a
 * stakeholder group that nobody has heard comes first. A person with two hands up stands once, where
 * the earlier hand puts it. The moderator may still call anybody.
 */
export function speakingOrder(
  hands: readonly RaisedHand[],
  spoken: readonly Spoken[],
): readonly WaitingSpeaker[] {
  const persons = sumBy(spoken, 'person');
  const groups = sumBy(spoken, 'stakeholderGroup');
  const seen = new Set<string>();
  return hands
    .toSorted((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1))
    .filter(({ person }) => {
      if (person === '') return true;
      if (seen.has(person)) return false;
      seen.add(person);
      return true;
    })
    .map((hand) => ({
      hand,
      turns: persons.get(hand.person)?.turns ?? 0,
      personMs: persons.get(hand.person)?.ms ?? 0,
      groupMs: groups.get(hand.stakeholderGroup)?.ms ?? 0,
    }))
    .toSorted(
      (a, b) =>
        Number(a.turns > 0) - Number(b.turns > 0) ||
        a.personMs - b.personMs ||
        a.groupMs - b.groupMs,
    );
}
