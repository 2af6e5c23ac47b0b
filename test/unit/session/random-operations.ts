import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type {
  GroupId,
  NoteId,
  ProposalId,
  QuestionId,
  RecommendationId,
  SegmentId,
} from '../../../src/core/session/ids.ts';
import {
  noteKinds,
  type Note,
  type Proposal,
  type Recommendation,
} from '../../../src/core/session/model.ts';
import type { PlanDocument } from '../../../src/core/session/plan-document.ts';
import type { ReportDocument } from '../../../src/core/session/report-document.ts';
import type { ReportSection } from '../../../src/core/session/report-view.ts';
import type { Random } from '../../tools/seeded-random.ts';
import { playVoting } from './random-voting.ts';
import { type Speaker, textOfGroup, textOfPlan, textOfReport } from './words.ts';

type Operations<Document> = Exclude<keyof Document, 'view' | 'history' | 'voting' | 'destroy'>;
type Play<Document> = (document: Document, random: Random, speaker: Speaker) => void;

const questions = ['q1', 'q2', null] as readonly (QuestionId | null)[];

function anyNote(group: GroupDocument, random: Random): Note | null {
  const { notes, drafts, deletedNotes } = group.view.snapshot();
  return random.pick([...notes, ...drafts, ...deletedNotes]);
}
const anyRecommendation = (group: GroupDocument, random: Random): Recommendation | null => {
  const { recommendations, deletedRecommendations } = group.view.snapshot();
  return random.pick([...recommendations, ...deletedRecommendations]);
};
const anyProposal = (plan: PlanDocument, random: Random): Proposal | null => {
  const { proposals, deletedProposals } = plan.view.snapshot();
  return random.pick([...proposals, ...deletedProposals]);
};
// Where there is nothing yet, the operation is tried all the same and must be refused.
const noteId = (note: Note | null): NoteId => note?.id ?? ('none' as NoteId);
const recommendationId = (recommendation: Recommendation | null): RecommendationId =>
  recommendation?.id ?? ('none' as RecommendationId);
const proposalId = (proposal: Proposal | null): ProposalId =>
  proposal?.id ?? ('none' as ProposalId);

/** One way to call each operation that a group's document has; a new one does not compile without. */
const groupPlays: Record<Operations<GroupDocument>, Play<GroupDocument>> = {
  addNote(group, random, speaker) {
    const change = speaker.sentence();
    const outcome = group.addNote({
      kind: random.pick(noteKinds) ?? 'point',
      questionId: random.pick(questions),
      text: change.text,
      stakeholderGroupId: random.pick(['s1', 's2', null]),
    });
    speaker.took(outcome, change);
  },
  beginNote(group, random, speaker) {
    const empty = random.chance(0.3);
    const change = empty ? { text: '', said: [], cut: [] } : speaker.sentence();
    const input = { kind: 'point', questionId: random.pick(questions), text: change.text } as const;
    speaker.took(group.beginNote(input), change);
  },
  finishNote(group, random) {
    group.finishNote(noteId(random.pick(group.view.snapshot().drafts)));
  },
  changeNote(group, random) {
    group.changeNote(noteId(anyNote(group, random)), {
      kind: random.pick(noteKinds) ?? 'idea',
      regionId: random.pick(['r1', 'r2', null]),
    });
  },
  editNote(group, random, speaker) {
    const note = anyNote(group, random);
    const change = speaker.change(note?.text ?? '');
    speaker.took(group.editNote(noteId(note), change.text), change);
  },
  deleteNote: (group, random) => void group.deleteNote(noteId(anyNote(group, random))),
  restoreNote: (group, random) => void group.restoreNote(noteId(anyNote(group, random))),
  addRecommendation(group, random, speaker) {
    const change = speaker.sentence();
    const noteIds = [anyNote(group, random), anyNote(group, random)].map(noteId);
    const questionId = random.pick(questions);
    speaker.took(group.addRecommendation({ questionId, text: change.text, noteIds }), change);
  },
  changeRecommendation(group, random) {
    const id = recommendationId(anyRecommendation(group, random));
    group.changeRecommendation(id, random.pick(questions));
  },
  editRecommendation(group, random, speaker) {
    const recommendation = anyRecommendation(group, random);
    const field = random.chance(0.5) ? 'text' : 'rationale';
    const change = speaker.change(recommendation?.[field] ?? '');
    const id = recommendationId(recommendation);
    speaker.took(group.editRecommendation(id, field, change.text), change);
  },
  setNoteSource(group, random) {
    const id = recommendationId(anyRecommendation(group, random));
    group.setNoteSource(id, noteId(anyNote(group, random)), random.chance(0.6));
  },
  moveRecommendation(group, random) {
    const id = recommendationId(anyRecommendation(group, random));
    group.moveRecommendation(id, random.below(5));
  },
  deleteRecommendation(group, random) {
    group.deleteRecommendation(recommendationId(anyRecommendation(group, random)));
  },
  restoreRecommendation(group, random) {
    group.restoreRecommendation(recommendationId(anyRecommendation(group, random)));
  },
  editReportBack(group, _random, speaker) {
    const change = speaker.change(group.view.snapshot().reportBack.text);
    speaker.took(group.editReportBack(change.text), change);
  },
  setReady: (group, random) => void group.setReady(random.chance(0.5)),
};

/** The same for a plan. */
const planPlays: Record<Operations<PlanDocument>, Play<PlanDocument>> = {
  rename: (plan, random) => void plan.rename(`Title ${random.below(100)}`),
  addGroup: (plan, random) => void plan.addGroup('A group', random.chance(0.5)),
  renameGroup(plan, random) {
    const group = random.pick(plan.view.snapshot().groups);
    plan.renameGroup(group?.id ?? ('none' as GroupId), `Group ${random.below(100)}`);
  },
  startSegment(plan, random) {
    plan.startSegment(random.pick(plan.view.snapshot().agenda)?.id ?? ('none' as SegmentId));
  },
  stopClock: (plan) => void plan.stopClock(),
  setMinutes(plan, random) {
    const segment = random.pick(plan.view.snapshot().agenda);
    plan.setMinutes(segment?.id ?? ('none' as SegmentId), random.below(60));
  },
  addProposal(plan, random, speaker) {
    const change = speaker.sentence();
    const questionId = random.pick(questions);
    const sources = [anySource(random), anySource(random)];
    speaker.took(plan.addProposal({ text: change.text, questionId, sources }), change);
  },
  editProposal(plan, random, speaker) {
    const proposal = anyProposal(plan, random);
    const change = speaker.change(proposal?.text ?? '');
    speaker.took(plan.editProposal(proposalId(proposal), change.text), change);
  },
  changeProposal(plan, random) {
    plan.changeProposal(proposalId(anyProposal(plan, random)), random.pick(questions));
  },
  setProposalSource(plan, random) {
    const id = proposalId(anyProposal(plan, random));
    plan.setProposalSource(id, anySource(random), random.chance(0.6));
  },
  moveProposal(plan, random) {
    plan.moveProposal(proposalId(anyProposal(plan, random)), random.below(4));
  },
  deleteProposal(plan, random) {
    plan.deleteProposal(proposalId(anyProposal(plan, random)));
  },
  restoreProposal(plan, random) {
    plan.restoreProposal(proposalId(anyProposal(plan, random)));
  },
};

/** The same for a report. */
const reportPlays: Record<Operations<ReportDocument>, Play<ReportDocument>> = {
  edit(report, random, speaker) {
    const { texts } = report.view.snapshot();
    const questionId = random.pick(questions);
    const section: ReportSection =
      questionId !== null
        ? { section: 'assessment', questionId }
        : { section: random.chance(0.5) ? 'summary' : 'advice' };
    const text =
      section.section === 'assessment'
        ? (texts.assessments[section.questionId] ?? '')
        : texts[section.section];
    const change = speaker.change(text);
    speaker.took(report.edit(section, change.text), change);
  },
  setOmitted(report, random) {
    const id = `n${random.below(4)}` as NoteId;
    report.setOmitted({ kind: 'note', groupId: 'g1' as GroupId, id }, random.chance(0.6));
  },
};

function anySource(random: Random) {
  const number = random.below(6);
  return {
    groupId: `g${number % 2}` as GroupId,
    recommendationId: `r${number}` as RecommendationId,
  };
}

const UNDO_SHARE = 0.15;
const VOTING_SHARE = 0.35;
const votingPlays = Object.values(playVoting);

/** One operation of a group's document, any of them, with undo and redo among them. */
export function playGroup(group: GroupDocument, random: Random, speaker: Speaker): void {
  if (random.chance(UNDO_SHARE)) {
    const way = random.chance(0.6) ? 'undo' : 'redo';
    speaker.replay(
      () => textOfGroup(group.view.snapshot()),
      () => group.history[way](),
    );
  } else {
    random.pick(Object.values(groupPlays))?.(group, random, speaker);
  }
}

/** The same for a plan. */
export function playPlan(plan: PlanDocument, random: Random, speaker: Speaker): void {
  if (random.chance(UNDO_SHARE)) {
    const way = random.chance(0.6) ? 'undo' : 'redo';
    speaker.replay(
      () => textOfPlan(plan.view.snapshot()),
      () => plan.history[way](),
    );
  } else {
    const plays = random.chance(VOTING_SHARE) ? votingPlays : Object.values(planPlays);
    random.pick(plays)?.(plan, random, speaker);
  }
}

/** The same for a report. */
export function playReport(report: ReportDocument, random: Random, speaker: Speaker): void {
  if (random.chance(UNDO_SHARE)) {
    const way = random.chance(0.6) ? 'undo' : 'redo';
    speaker.replay(
      () => textOfReport(report.view.snapshot()),
      () => report.history[way](),
    );
  } else {
    random.pick(Object.values(reportPlays))?.(report, random, speaker);
  }
}
