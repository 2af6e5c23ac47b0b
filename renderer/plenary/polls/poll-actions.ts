import type { OpenedSession } from '../../../src/browser/app/types.ts';
import type {
  InboxItemId,
  ObjectionId,
  PollId,
  ProposalId,
} from '../../../src/core/session/ids.ts';
import type { TurnInput } from '../../../src/core/session/floor-operations.ts';
import type { ObjectionInput } from '../../../src/core/session/objection-operations.ts';
import type { PollInput } from '../../../src/core/session/poll-input.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import type { Outcome } from '../../../src/core/session/writer.ts';
import type { Notices } from '../../shared/notices.ts';
import type { MessageKey, Translate } from '../../shared/translate.ts';
import type { PlaceStore } from '../plenary-place.ts';
import { takeBackNewest } from '../take-back.ts';

/** What a moderator does about polls. Each step says what it did and offers to take it back. */
export interface PollActions {
  /** One step: makes the proposal's poll, or finds the one that waits, and shows it. */
  fromProposal(id: ProposalId): void;
  /** Makes one and shows it. */
  make(input: PollInput): void;
  change(id: PollId, input: PollInput): boolean;
  open(id: PollId, seconds: number | null): void;
  extend(id: PollId, seconds: number): void;
  close(id: PollId): void;
  reopen(id: PollId, seconds: number | null): void;
  /** Opens what waits, closes what is open. */
  toggle(poll: Poll): void;
  showResults(id: PollId, shown: boolean): void;
  showToRoom(id: PollId | null): void;
  secondRound(id: PollId): void;
  remove(id: PollId): void;
  /** @param over the counts that the moderator saw; all that are there where it is left out. */
  count(
    id: PollId,
    stakeholderGroup: string,
    by: Readonly<Record<string, number>>,
    over?: readonly number[],
  ): void;
  showText(id: PollId, ballot: string, shown: boolean): void;
  needCodes(needed: boolean): void;
  object(input: ObjectionInput): boolean;
  resolve(id: ObjectionId, state: 'addressed' | 'dissent', how: string): void;
  reconsider(id: ObjectionId): void;
  withdrawObjection(id: ObjectionId): void;
  confirm(proposal: ProposalId, poll: PollId, reason: string): boolean;
  decideAgainst(proposal: ProposalId, poll: PollId, reason: string): boolean;
  withdraw(proposal: ProposalId): void;
  take(id: InboxItemId): void;
  leave(id: InboxItemId): void;
  finish(id: InboxItemId): void;
  raiseHand(input: Omit<TurnInput, 'inboxId' | 'person'>): void;
  giveFloor(input: TurnInput): void;
  endTurn(): void;
}

export interface PollActionTools {
  readonly session: OpenedSession;
  readonly notices: Notices;
  readonly t: Translate;
  readonly place: PlaceStore;
}

export function createPollActions({ session, notices, t, place }: PollActionTools): PollActions {
  const { voting, history } = session.plan;

  /** Says why where it was refused; true where it was done. */
  function check<T>(outcome: Outcome<T>): outcome is Extract<Outcome<T>, { readonly ok: true }> {
    if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
    return outcome.ok;
  }
  /** Says what was done, with the way back. */
  function say<T>(outcome: Outcome<T>, words: MessageKey): boolean {
    if (!check(outcome)) return false;
    const takeBack = takeBackNewest(history);
    notices.say(t(words), () => {
      if (!takeBack()) notices.say(t('plenary.overtaken'));
    });
    return true;
  }
  const show = (poll: PollId): void => place.setState({ place: 'polls', poll });

  const actions: PollActions = {
    fromProposal(id) {
      const made = voting.makePollFromProposal(id);
      if (check(made)) show(made.value);
    },
    make(input) {
      const made = voting.makePoll(input);
      if (say(made, 'polls.made') && made.ok) show(made.value);
    },
    change: (id, input) => say(voting.changePoll(id, input), 'polls.changed'),
    open: (id, seconds) => void say(voting.openPoll(id, seconds), 'polls.opened'),
    extend: (id, seconds) => void say(voting.extendPoll(id, seconds), 'polls.extended'),
    close: (id) => void say(voting.closePoll(id), 'polls.closed'),
    reopen: (id, seconds) => void say(voting.reopenPoll(id, seconds), 'polls.reopened'),
    toggle({ id, state, seconds }) {
      if (state === 'draft') actions.open(id, seconds);
      if (state === 'open') actions.close(id);
    },
    showResults: (id, shown) =>
      void say(
        voting.showResults(id, shown),
        shown ? 'polls.results-shown' : 'polls.results-hidden',
      ),
    showToRoom: (id) =>
      void say(
        voting.movePollIntoView(id),
        id === null ? 'polls.out-of-view' : 'polls.moved-into-view',
      ),
    secondRound(id) {
      const made = voting.secondRound(id);
      if (say(made, 'polls.round-made') && made.ok) show(made.value);
    },
    remove(id) {
      if (say(voting.deletePoll(id), 'polls.deleted')) place.setState({ poll: null });
    },
    count: (id, stakeholderGroup, by, over) =>
      void check(voting.setHandCount(id, stakeholderGroup, by, over)),
    showText: (id, ballot, shown) => void check(voting.showText(id, ballot, shown)),
    needCodes: (needed) => void check(voting.needCodes(needed)),
    object: (input) => say(voting.recordObjection(input), 'polls.objection-recorded'),
    resolve: (id, state, how) =>
      void say(voting.resolveObjection(id, state, how), `polls.objection-${state}-said`),
    reconsider: (id) => void say(voting.openObjectionAgain(id), 'polls.objection-open-again'),
    withdrawObjection: (id) =>
      void say(voting.withdrawObjection(id), 'polls.objection-withdrawn-said'),
    confirm: (proposal, poll, reason) =>
      say(voting.confirmConsensus(proposal, poll, reason), 'polls.confirmed'),
    decideAgainst: (proposal, poll, reason) =>
      say(voting.decideAgainst(proposal, poll, reason), 'polls.decided-against-said'),
    withdraw: (proposal) => void say(voting.withdrawDecision(proposal), 'polls.withdrawn'),
    take: (id) => void check(voting.takeItem(id)),
    leave: (id) => void check(voting.leaveItem(id)),
    finish: (id) => void say(voting.doneItem(id), 'polls.item-done'),
    raiseHand: (input) => void check(voting.addHand(input)),
    giveFloor: (input) => void say(voting.startSpeaker(input), 'polls.floor-given'),
    endTurn: () => void check(voting.endSpeaker()),
  };
  return actions;
}
