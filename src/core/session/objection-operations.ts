import type * as Y from 'yjs';
import { MAX_OBJECTION_CHARACTERS } from '../consensus/poll.ts';
import type { ObjectionId, PollId, ProposalId } from './ids.ts';
import type { PlanView } from './plan-view.ts';
import { verdictOfPoll } from './poll-verdict.ts';
import type { Objection } from './voting-model.ts';
import { done, type Outcome, refused, type Writer } from './writer.ts';

export interface ObjectionInput {
  readonly proposalId: ProposalId;
  readonly pollId: PollId | null;
  readonly text: string;
  readonly stakeholderGroup: string;
}

/** An objection as a phone made it. */
export interface ReceivedObjection {
  readonly pollId: PollId;
  /** The same for everything from one phone: one objection for each poll. */
  readonly person: string;
  /** Empty where the person takes it back. */
  readonly text: string;
  readonly stakeholderGroup: string;
  readonly at: number;
}

/** C3: an objection is addressed or recorded as dissent, never outvoted in silence. */
export interface ObjectionOperations {
  /** One that was spoken in the room, by somebody without a phone. */
  recordObjection(input: ObjectionInput): Outcome<ObjectionId>;
  /**
   * One from a phone, however often it is given: changes it where it is newer than what is there,
   * and opens it again where the person still cannot live with it. Not undone by `history`.
   */
  receiveObjection(received: ReceivedObjection): Outcome;
  /** "addressed" by the change of wording that `how` says; or "dissent", to be in the report. */
  resolveObjection(id: ObjectionId, state: 'addressed' | 'dissent', how: string): Outcome;
  openObjectionAgain(id: ObjectionId): Outcome;
  /**
   * Takes back one that the moderator wrote down. It stays on record as withdrawn (R1); those from
   * phones are their voters' to take back.
   */
  withdrawObjection(id: ObjectionId): Outcome;
  /**
   * Refused as 'not-allowed' unless the poll is a closed one about the proposal, its figure as written
   * down is high enough, and no objection is open (verdict.ts). C3
   */
  confirmConsensus(id: ProposalId, pollId: PollId, reason: string): Outcome;
  /** There is no rough consensus, and why; the room goes on. */
  decideAgainst(id: ProposalId, pollId: PollId, reason: string): Outcome;
  /** Takes either decision back. */
  withdrawDecision(id: ProposalId): Outcome;
}

/** A reason, or what was changed: some sentences. UTF-16 code units. */
const MAX_REASON_LENGTH = 3_000;

/** Objections to a proposal that nobody has dealt with yet. C3 */
export const openObjections = (
  objections: readonly Objection[],
  proposalId: ProposalId,
): readonly Objection[] =>
  objections.filter((one) => one.proposalId === proposalId && one.state === 'open');

export function createObjectionOperations(
  doc: Y.Doc,
  view: PlanView,
  writer: Writer,
): ObjectionOperations {
  const { context } = writer;
  const voting = () => view.snapshot().voting;
  function decide(
    proposalId: ProposalId,
    pollId: PollId,
    confirmed: boolean,
    reason: string,
  ): Outcome {
    if (reason.trim() === '') return refused('empty');
    if (reason.length > MAX_REASON_LENGTH) return refused('too-long');
    if (writer.entry('proposals', proposalId) === null) return refused('not-found');
    const poll = voting().polls.find((one) => one.id === pollId);
    if (poll?.proposalId !== proposalId || poll.state !== 'closed') return refused('not-allowed');
    const decision = { confirmed, reason: reason.trim(), at: context.now(), pollId };
    writer.set(
      doc.getMap('decisions'),
      { [proposalId]: JSON.stringify(decision) },
      'voting-changed',
    );
    return done(undefined);
  }
  const change = (
    id: ObjectionId,
    fields: Parameters<Writer['set']>[1],
    allowed: (objection: Objection) => boolean,
  ): Outcome =>
    writer.write(() => {
      const entry = writer.entry('objections', id);
      const objection = voting().objections.find((one) => one.id === id);
      if (entry === null || objection === undefined) return refused('not-found');
      if (!allowed(objection)) return refused('not-allowed');
      writer.set(entry, fields, 'voting-changed');
      return done(undefined);
    });

  return {
    recordObjection: ({ proposalId, pollId, text, stakeholderGroup }) =>
      writer.write(() => {
        if (text.trim() === '') return refused('empty');
        if (text.length > MAX_OBJECTION_CHARACTERS) return refused('too-long');
        if (writer.entry('proposals', proposalId) === null) return refused('not-found');
        const id = context.newId() as ObjectionId;
        const fields = {
          pollId,
          proposalId,
          text: text.trim(),
          stakeholderGroup: stakeholderGroup === '' ? null : stakeholderGroup,
          at: context.now(),
          state: 'open',
          device: context.deviceId,
        };
        const entry = writer.create('objections', id, fields, {});
        writer.setAll([], 'voting-changed', [entry]);
        return done(id);
      }),
    receiveObjection: ({ pollId, person, text, stakeholderGroup, at }) =>
      writer.write(() => {
        const poll = writer.entry('polls', pollId);
        if (poll === null) return refused('not-found');
        const id = `${pollId}.${person}`;
        const known = writer.entry('objections', id);
        const knownAt = Number(known?.get('at') ?? 0);
        if (known !== null && knownAt >= at) return done(undefined);
        const why = text.slice(0, MAX_OBJECTION_CHARACTERS).trim();
        if (known === null) {
          if (why === '') return done(undefined);
          const proposalId = poll.get('proposalId');
          writer.create(
            'objections',
            id,
            {
              pollId,
              proposalId: typeof proposalId === 'string' ? proposalId : null,
              person,
              text: why,
              stakeholderGroup: stakeholderGroup === '' ? null : stakeholderGroup,
              at,
              state: 'open',
            },
            {},
          );
          return done(undefined);
        }
        // What was said stays readable after it was taken back.
        const fields =
          why === ''
            ? { at, state: 'withdrawn' }
            : { at, state: 'open', text: why, deleted: false };
        writer.setAll([{ map: known, fields }], null);
        return done(undefined);
      }),
    resolveObjection: (id, state, how) =>
      how.length > MAX_REASON_LENGTH
        ? refused('too-long')
        : change(id, { state, how: how.trim() }, () => true),
    openObjectionAgain: (id) => change(id, { state: 'open' }, () => true),
    withdrawObjection: (id) => change(id, { state: 'withdrawn' }, ({ person }) => person === ''),
    confirmConsensus: (proposalId, pollId, reason) =>
      writer.write(() => {
        const poll = voting().polls.find(({ id }) => id === pollId);
        const status = poll && verdictOfPoll(voting(), poll)?.status;
        return status === 'to-confirm' || status === 'rough-consensus' || reason.trim() === ''
          ? decide(proposalId, pollId, true, reason)
          : refused('not-allowed');
      }),
    decideAgainst: (proposalId, pollId, reason) =>
      writer.write(() => decide(proposalId, pollId, false, reason)),
    withdrawDecision: (proposalId) =>
      writer.write(() => {
        if (voting().decisions[proposalId] === undefined) return refused('not-found');
        writer.set(doc.getMap('decisions'), { [proposalId]: null }, 'voting-changed');
        return done(undefined);
      }),
  };
}
