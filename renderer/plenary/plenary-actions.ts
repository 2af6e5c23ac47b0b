import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { ProposalId, QuestionId } from '../../src/core/session/ids.ts';
import type { Proposal } from '../../src/core/session/model.ts';
import type { Outcome } from '../../src/core/session/writer.ts';
import type { Notices } from '../shared/notices.ts';
import type { Translate } from '../shared/translate.ts';
import type { BoardStore } from './board/board-state.ts';
import type { Findings } from './findings.ts';
import {
  dropOnto,
  type JoinDecision,
  joinTogether,
  missingFrom,
  proposalFrom,
  refOf,
} from './merge-decisions.ts';

/** What the moderator does to proposals. Each step says what it did and offers to take it back. */
export interface PlenaryActions {
  /** Merges recommendations, by their keys, into a new proposal. */
  merge(keys: readonly string[]): void;
  add(id: ProposalId, keys: readonly string[]): void;
  drop(keys: readonly string[], onto: string): void;
  /** Takes recommendations for the same: into one proposal, whichever is the natural one. */
  join(keys: readonly string[]): void;
  /** Takes a recommendation out of a proposal again. M1. */
  split(id: ProposalId, key: string): void;
  edit(id: ProposalId, text: string): boolean;
  assign(id: ProposalId, questionId: QuestionId | null): void;
  /** Puts the proposal at `index` (0 is first). */
  move(id: ProposalId, index: number): void;
  remove(id: ProposalId): void;
  restore(id: ProposalId): void;
  undo(): void;
  redo(): void;
}

export interface ActionTools {
  readonly session: OpenedSession;
  readonly board: BoardStore;
  readonly notices: Notices;
  readonly t: Translate;
  readonly findings: () => Findings;
}

export function createPlenaryActions(tools: ActionTools): PlenaryActions {
  const { session, board, notices, t } = tools;
  const { plan } = session;
  const proposals = (): readonly Proposal[] => plan.view.snapshot().proposals;
  const numberOf = (id: ProposalId): number => proposals().findIndex((one) => one.id === id) + 1;

  /** Says why where it was refused; true where it was done. */
  function check<T>(outcome: Outcome<T>): outcome is Extract<Outcome<T>, { readonly ok: true }> {
    if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
    return outcome.ok;
  }
  const letGo = (): void => board.setState({ picked: [], choosing: false });

  function merge(keys: readonly string[]): void {
    const input = proposalFrom(keys, tools.findings());
    if (input === null) return;
    const added = plan.addProposal(input);
    if (!check(added)) return;
    const id = added.value;
    letGo();
    board.setState({ fresh: id });
    notices.say(
      t('plenary.merged', { count: input.sources.length, number: numberOf(id) }),
      () => void check(plan.deleteProposal(id)),
    );
  }

  function add(id: ProposalId, keys: readonly string[]): void {
    const proposal = proposals().find((one) => one.id === id);
    if (proposal === undefined) {
      notices.complain(t('refusal.not-found'));
      return;
    }
    const joining = missingFrom(proposal, keys);
    const done = joining.filter((key) => check(plan.setProposalSource(id, refOf(key), true)));
    letGo();
    const number = numberOf(id);
    if (joining.length === 0) notices.say(t('plenary.already-in', { number }));
    if (done.length === 0) return;
    notices.say(t('plenary.added', { count: done.length, number }), () =>
      done.forEach((key) => check(plan.setProposalSource(id, refOf(key), false))),
    );
  }

  function carryOut(decision: JoinDecision): void {
    if (decision.kind === 'merge') merge(decision.keys);
    if (decision.kind === 'add') add(decision.proposalId, decision.keys);
  }

  return {
    merge,
    add,
    drop: (keys, onto) => carryOut(dropOnto(keys, onto, proposals())),
    join: (keys) => carryOut(joinTogether(keys, proposals())),
    split(id, key) {
      if (!check(plan.setProposalSource(id, refOf(key), false))) return;
      notices.say(
        t('plenary.split', { number: numberOf(id) }),
        () => void check(plan.setProposalSource(id, refOf(key), true)),
      );
    },
    edit: (id, text) => check(plan.editProposal(id, text)),
    assign: (id, questionId) => void check(plan.changeProposal(id, questionId)),
    move(id, index) {
      const before = numberOf(id) - 1;
      if (index < 0 || index >= proposals().length || index === before) return;
      if (!check(plan.moveProposal(id, index))) return;
      notices.say(
        t('plenary.moved', { number: index + 1 }),
        () => void check(plan.moveProposal(id, before)),
      );
    },
    remove(id) {
      const number = numberOf(id);
      if (!check(plan.deleteProposal(id))) return;
      notices.say(t('plenary.deleted', { number }), () => void check(plan.restoreProposal(id)));
    },
    restore(id) {
      if (!check(plan.restoreProposal(id))) return;
      notices.say(
        t('plenary.restored', { number: numberOf(id) }),
        () => void check(plan.deleteProposal(id)),
      );
    },
    undo() {
      const label = plan.history.undo();
      notices.say(t(label === null ? 'plenary.nothing-to-undo' : 'plenary.undone'));
    },
    redo() {
      const label = plan.history.redo();
      notices.say(t(label === null ? 'plenary.nothing-to-redo' : 'plenary.redone'));
    },
  };
}
