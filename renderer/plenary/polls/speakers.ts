import {
  speakingOrder,
  type Spoken,
  type WaitingSpeaker,
} from '../../../src/core/consensus/speakers.ts';
import type { InboxItem, SpeakerTurn, Voting } from '../../../src/core/session/voting-model.ts';

export interface Floor {
  /** Who speaks now. */
  readonly turn: SpeakerTurn | null;
  /** In the order that the rule gives, the next one first. */
  readonly waiting: readonly { readonly item: InboxItem; readonly why: WaitingSpeaker }[];
}

/** Who speaks and who waits, fair by rule; `now` in milliseconds since 1970. */
export function floorOf({ inbox, turns }: Pick<Voting, 'inbox' | 'turns'>, now: number): Floor {
  const hands = inbox.filter(({ kind, doneAt }) => kind === 'hand' && doneAt === null);
  const byId = new Map<string, InboxItem>(hands.map((item) => [item.id, item]));
  const spoken = turns.map(({ person, label, stakeholderGroup, startedAt, endedAt }): Spoken => ({
    // Somebody without a phone is known by what the moderator calls them.
    person: person === '' ? label : person,
    stakeholderGroup,
    ms: Math.max(0, (endedAt ?? now) - startedAt),
  }));
  const order = speakingOrder(
    hands.map(({ id, person, text, stakeholderGroup, online, at }) => ({
      id,
      person: person === '' ? text : person,
      stakeholderGroup,
      online,
      raisedAt: at,
    })),
    spoken,
  );
  return {
    turn: turns.findLast(({ endedAt }) => endedAt === null) ?? null,
    waiting: order.flatMap((why) => {
      const item = byId.get(why.hand.id);
      return item === undefined ? [] : [{ item, why }];
    }),
  };
}
