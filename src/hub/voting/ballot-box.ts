import { createHash } from 'node:crypto';
import { talliedBy } from '../../core/consensus/count.ts';
import { POOL, poolParts } from '../../core/consensus/pool-small-parts.ts';
import type { BallotBox } from '../../core/consensus/tally.ts';
import { countedOf, counterOf, type VotingState } from './state.ts';

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * A poll's ballots without their voters; null for a poll that is not there. Sorted, so that the order
 * says nothing of who or when, and the same ballots have the same checksum.
 */
export function ballotBox(state: VotingState, id: string): BallotBox | null {
  const poll = state.polls.get(id);
  if (poll === undefined) return null;
  const shown = poolParts(talliedBy(counterOf(state, poll)).byStakeholderGroup);
  const names = new Map(
    [...state.room.values()].flatMap((room) =>
      room.stakeholderGroups.map((part) => [part.id, part.name] as const),
    ),
  );
  const ballots = [...(state.ballots.get(id)?.values() ?? [])].flatMap((ballot) => {
    const counted = countedOf(ballot);
    return counted === null ? [] : [counted];
  });
  const lines = ballots
    .map(({ choice, stakeholderGroup: group }) => {
      const part = Object.hasOwn(shown, group) ? (names.get(group) ?? group) : POOL;
      return `${cell(JSON.stringify(choice))},${cell(part)}`;
    })
    .toSorted();
  const text = `${['choice,stakeholder group', ...lines].join('\r\n')}\r\n`;
  return {
    poll: id,
    count: ballots.length,
    text,
    checksum: createHash('sha256').update(text).digest('hex'),
  };
}
