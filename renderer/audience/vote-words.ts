import type { PhonePoll, PhoneRefusal } from '../../src/core/protocol/voting-frames.ts';
import type { Said } from './kept.ts';
import type { Key } from './words.ts';

/** How what is said about the vote is meant: it counts, it is on its way, it is in danger. */
export type Tone = 'none' | 'wait' | 'good' | 'bad';
export interface VoteNews {
  readonly keys: readonly Key[];
  readonly tone: Tone;
}

const said = (tone: Tone, ...keys: Key[]): VoteNews => ({ tone, keys });

const refusals: Readonly<Partial<Record<PhoneRefusal, Key>>> = {
  'not-open': 'vote.not-open',
  late: 'vote.late',
  'unknown-poll': 'vote.unknown-poll',
  'not-a-choice': 'vote.not-a-choice',
  'too-long': 'vote.too-long',
};

/**
 * What happened to my vote: "counted" is said only of what the plenary laptop has on its disk. C1
 *
 * @param up whether the plenary laptop is there.
 * @param draft whether there is an answer on the screen that is not the one that was sent.
 */
export function voteNews(
  answer: Said<unknown> | undefined,
  poll: PhonePoll,
  up: boolean,
  draft: boolean,
): VoteNews {
  const counted = answer?.counted ?? null;
  const refused = answer?.refused ?? null;
  if (answer !== undefined && answer.pending !== null) {
    if (!up) return said('wait', 'vote.away');
    if (refused === 'not-kept' || refused === 'too-many') {
      return said('wait', `vote.${refused}`);
    }
    return said('wait', 'vote.sending');
  }
  if (refused !== null) {
    const keys = [refusals[refused] ?? 'vote.refused'];
    if (refused !== 'late' && counted !== null && counted.value !== null) {
      keys.push('vote.before-counts');
    }
    return said('bad', ...keys);
  }
  const nothing = counted === null || counted.value === null;
  if (!poll.open)
    return nothing ? said('none', 'vote.unanswered') : said('good', 'vote.counted-closed');
  if (draft) return said('wait', nothing ? 'vote.unsent' : 'vote.changed');
  if (counted === null) return said('none', 'vote.none');
  return nothing ? said('none', 'vote.back') : said('good', 'vote.counted');
}
