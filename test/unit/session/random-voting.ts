import { pollKinds } from '../../../src/core/consensus/poll.ts';
import type {
  InboxItemId,
  ObjectionId,
  PollId,
  ProposalId,
} from '../../../src/core/session/ids.ts';
import type { PlanDocument } from '../../../src/core/session/plan-document.ts';
import type { PollInput } from '../../../src/core/session/poll-input.ts';
import type { VotingOperations } from '../../../src/core/session/voting-operations.ts';
import type { Random } from '../../tools/seeded-random.ts';

type Play = (plan: PlanDocument, random: Random) => void;

const voting = (plan: PlanDocument) => plan.view.snapshot().voting;
// Where there is nothing yet, the operation is tried all the same and must be refused.
function anyPoll(plan: PlanDocument, random: Random): PollId {
  const { polls, deletedPolls } = voting(plan);
  return random.pick([...polls, ...deletedPolls])?.id ?? ('none' as PollId);
}
const anyProposal = (plan: PlanDocument, random: Random): ProposalId =>
  random.pick(plan.view.snapshot().proposals)?.id ?? ('none' as ProposalId);
const anyObjection = (plan: PlanDocument, random: Random): ObjectionId =>
  random.pick(voting(plan).objections)?.id ?? ('none' as ObjectionId);
const anyItem = (plan: PlanDocument, random: Random): InboxItemId =>
  random.pick(voting(plan).inbox)?.id ?? ('none' as InboxItemId);

const anyInput = (plan: PlanDocument, random: Random): PollInput => ({
  proposalId: random.chance(0.5) ? anyProposal(plan, random) : null,
  kind: random.pick(pollKinds) ?? 'agree',
  question: random.chance(0.8) ? `Question ${random.below(100)}` : '',
  options: Array.from({ length: random.below(5) }, (_, index) => ({
    id: `o${index}`,
    text: `Option ${random.below(9)}`,
  })),
  most: random.below(6),
  seconds: random.pick([null, 30, 0]),
  right: random.pick([null, 'o0', 'o9']),
});

/** One way to call each operation on polls and speakers; a new one does not compile without. */
export const playVoting: Record<keyof VotingOperations, Play> = {
  makePoll: (plan, random) => void plan.voting.makePoll(anyInput(plan, random)),
  makePollFromProposal: (plan, random) =>
    void plan.voting.makePollFromProposal(anyProposal(plan, random)),
  changePoll: (plan, random) =>
    void plan.voting.changePoll(anyPoll(plan, random), { question: `Changed ${random.below(9)}` }),
  movePollIntoView: (plan, random) =>
    void plan.voting.movePollIntoView(random.chance(0.3) ? null : anyPoll(plan, random)),
  openPoll: (plan, random) =>
    void plan.voting.openPoll(anyPoll(plan, random), random.pick([null, 60])),
  extendPoll: (plan, random) => void plan.voting.extendPoll(anyPoll(plan, random), 30),
  closePoll: (plan, random) => void plan.voting.closePoll(anyPoll(plan, random)),
  reopenPoll: (plan, random) => void plan.voting.reopenPoll(anyPoll(plan, random)),
  showResults: (plan, random) =>
    void plan.voting.showResults(anyPoll(plan, random), random.chance(0.5)),
  secondRound: (plan, random) => void plan.voting.secondRound(anyPoll(plan, random)),
  deletePoll: (plan, random) => void plan.voting.deletePoll(anyPoll(plan, random)),
  restorePoll: (plan, random) => void plan.voting.restorePoll(anyPoll(plan, random)),
  setHandCount: (plan, random) =>
    void plan.voting.setHandCount(
      anyPoll(plan, random),
      random.pick(['s1', 's2', '']) ?? '',
      random.chance(0.2) ? null : { agree: random.below(9), disagree: random.below(9) },
      random.pick([undefined, []]) ?? undefined,
    ),
  showText: (plan, random) =>
    void plan.voting.showText(anyPoll(plan, random), `${random.below(4)}`, random.chance(0.5)),
  needCodes: (plan, random) => void plan.voting.needCodes(random.chance(0.5)),
  closeByTime: (plan, random) => void plan.voting.closeByTime(anyPoll(plan, random), 5_000),
  writeResult(plan, random) {
    const poll = anyPoll(plan, random);
    const all = { ballots: random.below(9), by: { agree: random.below(9) } };
    const parts = { byStakeholderGroup: {}, byRegion: {}, byBreakoutGroup: {} };
    plan.voting.writeResult(poll, {
      tally: { poll, version: random.below(9), all, ...parts, texts: [] },
      count: all.ballots,
      checksum: 'c',
      at: random.below(9_000),
    });
  },
  recordObjection: (plan, random) =>
    void plan.voting.recordObjection({
      proposalId: anyProposal(plan, random),
      pollId: random.chance(0.5) ? anyPoll(plan, random) : null,
      text: `Why ${random.below(9)}`,
      stakeholderGroup: 's1',
    }),
  receiveObjection: (plan, random) =>
    void plan.voting.receiveObjection({
      pollId: anyPoll(plan, random),
      // Only the plenary laptop's page receives: one maker for each person's objection.
      person: `${random.below(3)} at ${plan.view.snapshot().title.length}`,
      text: random.chance(0.3) ? '' : `Why ${random.below(9)}`,
      stakeholderGroup: '',
      at: random.below(5_000),
    }),
  resolveObjection: (plan, random) =>
    void plan.voting.resolveObjection(
      anyObjection(plan, random),
      random.chance(0.5) ? 'addressed' : 'dissent',
      `How ${random.below(9)}`,
    ),
  openObjectionAgain: (plan, random) =>
    void plan.voting.openObjectionAgain(anyObjection(plan, random)),
  withdrawObjection: (plan, random) =>
    void plan.voting.withdrawObjection(anyObjection(plan, random)),
  writeLeaders: (plan, random) =>
    void plan.voting.writeLeaders([{ place: 1, name: 'Blue', points: random.below(9_000) }]),
  confirmConsensus: (plan, random) =>
    void plan.voting.confirmConsensus(anyProposal(plan, random), anyPoll(plan, random), 'A reason'),
  decideAgainst: (plan, random) =>
    void plan.voting.decideAgainst(anyProposal(plan, random), anyPoll(plan, random), 'A reason'),
  withdrawDecision: (plan, random) => void plan.voting.withdrawDecision(anyProposal(plan, random)),
  receiveItem: (plan, random) =>
    void plan.voting.receiveItem({
      id: `i${random.below(9)}`,
      kind: random.pick(['hand', 'question', 'read-out']) ?? 'hand',
      person: `p${random.below(3)}`,
      text: 'Something',
      stakeholderGroup: 's1',
      region: 'r1',
      online: random.chance(0.5),
      at: random.below(5_000),
    }),
  lowerHand: (plan, random) => void plan.voting.lowerHand(`p${random.below(3)}`, 5_000),
  addHand: (plan) =>
    void plan.voting.addHand({ label: 'At the back', stakeholderGroup: 's1', online: false }),
  takeItem: (plan, random) => void plan.voting.takeItem(anyItem(plan, random)),
  leaveItem: (plan, random) => void plan.voting.leaveItem(anyItem(plan, random)),
  doneItem: (plan, random) => void plan.voting.doneItem(anyItem(plan, random)),
  startSpeaker: (plan, random) =>
    void plan.voting.startSpeaker({
      inboxId: random.chance(0.5) ? anyItem(plan, random) : null,
      person: `p${random.below(3)}`,
      label: '',
      stakeholderGroup: 's1',
      online: random.chance(0.5),
    }),
  endSpeaker: (plan) => void plan.voting.endSpeaker(),
};
