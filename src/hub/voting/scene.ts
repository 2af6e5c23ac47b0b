import type {
  Given,
  PhoneFrame,
  PhoneRefusal,
  ToPhone,
} from '../../core/protocol/voting-frames.ts';
import type { Transaction } from './ledger.ts';
import { pollRow, voterRow } from './rows.ts';
import type { Poll, Room, Voter, VotingState } from './state.ts';
import { newVoter } from './state.ts';

/** What somebody's wish is carried out on. */
export interface Scene {
  readonly state: VotingState;
  readonly room: Room;
  readonly transaction: Transaction;
  readonly personOf: (voter: string) => string;
  readonly newId: () => string;
  /** Once it is on the disk: what this poll has come to is another. */
  readonly counted: (poll: string) => void;
  /** Once it is on the disk: something for the moderators. */
  readonly give: (given: Given) => void;
  /** Once it is on the disk: who takes part is another. */
  readonly votersChanged: () => void;
}

export type Frame<Type extends PhoneFrame['type']> = PhoneFrame & { readonly type: Type };

export const refuse = (
  reason: PhoneRefusal,
  about: { readonly poll?: string; readonly sequence?: number } = {},
): ToPhone => ({ type: 'refused', reason, ...about });

/** More than any room holds: what goes beyond is made up. */
const MAX_VOTERS = 30_000;

export const mayHaveVoter = ({ state }: Scene, voter: string): boolean =>
  state.voters.has(voter) || state.voters.size < MAX_VOTERS;

/** Whoever gives something becomes a voter of this session with it. */
export function setVoter(scene: Scene, voter: string, change: Partial<Voter>): Voter {
  const { state, transaction, room } = scene;
  const before = state.voters.get(voter);
  const after = { ...(before ?? newVoter), ...change };
  transaction.set(state.voters, voter, after, 'voters', voterRow(room.session, voter, after));
  if (change.declared !== undefined || before === undefined) {
    transaction.after(scene.votersChanged);
  }
  return after;
}

export function setPoll({ state, room, transaction }: Scene, poll: Poll): void {
  const { id } = poll.form;
  transaction.set(state.polls, id, poll);
  transaction.writeLast(`poll ${id}`, 'polls', () =>
    pollRow(room.session, state.polls.get(id) ?? poll),
  );
}
