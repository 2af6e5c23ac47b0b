import { talliedBy } from '../../core/consensus/count.ts';
import { poolSmallParts } from '../../core/consensus/pool-small-parts.ts';
import type { ShortText, Tally } from '../../core/consensus/tally.ts';
import type { PhonePoll, PhoneRoom, PhoneSelf, ToDesk } from '../../core/protocol/voting-frames.ts';
import type { Scores } from './quiz.ts';
import { counterOf, newVoter, type Poll, type Room, ROOM, type VotingState } from './state.ts';

/** The latest short texts are what a screen has room for. */
const TEXTS_ON_PHONES = 30;

function textsOf(state: VotingState, { form }: Poll): readonly ShortText[] {
  if (form.kind !== 'text') return [];
  return [...(state.ballots.get(form.id)?.values() ?? [])]
    .flatMap(({ choice, number, shown }) =>
      typeof choice === 'object' && choice !== null && 'text' in choice
        ? [{ number, text: choice.text, shown }]
        : [],
    )
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, text, shown }) => ({ ballot: String(number), text, shown }));
}

/** What a poll has come to, for the moderators; parts too small to be shown are pooled (C2). */
export function tallyOf(state: VotingState, poll: Poll): Tally {
  return poolSmallParts({
    poll: poll.form.id,
    version: poll.version,
    ...talliedBy(counterOf(state, poll)),
    texts: textsOf(state, poll),
  });
}

export const roomOf = (state: VotingState): Room | null => state.room.get(ROOM) ?? null;

export function currentPoll(state: VotingState): Poll | null {
  const room = roomOf(state);
  return room === null ? null : (state.polls.get(room.current) ?? null);
}

export const phoneRoom = (room: Room): PhoneRoom => ({
  title: room.title,
  stakeholderGroups: room.stakeholderGroups,
  regions: room.regions,
  breakoutGroups: room.breakoutGroups,
  codeNeeded: room.codes,
  ...(room.verdict !== undefined && { verdict: room.verdict }),
});

/** The poll that the room looks at; what it came to only once closed or shown (C4). */
export function phonePoll(state: VotingState, now: number): PhonePoll | null {
  const poll = currentPoll(state);
  if (poll === null) return null;
  const { form, open, shown, right, closesAt } = poll;
  const tally = open && !shown ? null : tallyOf(state, poll);
  return {
    form,
    open,
    closesInMs: closesAt === null ? null : Math.max(0, Math.round(closesAt - now)),
    tally:
      tally === null
        ? null
        : { ...tally, texts: tally.texts.filter((text) => text.shown).slice(-TEXTS_ON_PHONES) },
    right: open ? null : right,
  };
}

export function phoneSelf(state: VotingState, scores: Scores, voter: string): PhoneSelf {
  const { declared, handUp, name } = state.voters.get(voter) ?? newVoter;
  const id = currentPoll(state)?.form.id ?? '';
  const ballot = state.ballots.get(id)?.get(voter);
  return {
    declared,
    handUp,
    name,
    choice: ballot?.choice ?? null,
    sequence: ballot?.sequence ?? 0,
    objection: state.objections.get(id)?.get(voter)?.text ?? '',
    ...scores.of(voter),
  };
}

export function votersOf(state: VotingState, connected: number): ToDesk {
  const by: Record<string, number> = {};
  for (const { declared } of state.voters.values()) {
    const group = declared?.stakeholderGroup ?? '';
    by[group] = (by[group] ?? 0) + 1;
  }
  return { type: 'voters', connected, voters: state.voters.size, byStakeholderGroup: by };
}
