import type { QuestionId } from '../../session/ids.ts';
import { words } from '../blocks.ts';
import { fill, fillLine } from '../fill-message.ts';
import type { Inline, Line, ReportCounts } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';
import { voteGapLines } from './vote-gaps.ts';

export function countRecord({ groups, proposals, votes }: SessionRecord): ReportCounts {
  const notes = groups.flatMap((group) => group.notes);
  const recommendations = groups.flatMap((group) => group.recommendations);
  const standing = recommendations.filter(({ withdrawn }) => !withdrawn);
  const inState = (wanted: string): number => notes.filter(({ state }) => state === wanted).length;
  const keptAndLeftOut = notes.filter(({ note }) => !note.deleted && !note.draft).length;
  const missing = [...recommendations, ...proposals].reduce(
    (sum, { missingSources }) => sum + missingSources.length,
    0,
  );
  return {
    notes: keptAndLeftOut,
    leftOut: inState('left-out'),
    unfinished: inState('unfinished'),
    withdrawnNotes: inState('withdrawn'),
    recommendations: standing.length,
    unmerged: standing.filter(({ mergedInto }) => mergedInto.length === 0).length,
    withdrawnRecommendations: recommendations.length - standing.length,
    proposals: proposals.filter(({ withdrawn }) => !withdrawn).length,
    withdrawnProposals: proposals.filter(({ withdrawn }) => withdrawn).length,
    objections: votes.objections.length,
    openObjections: votes.objections.filter(({ objection }) => objection.state === 'open').length,
    groupsNotHere: groups.filter(({ here }) => !here).length,
    missingSources: missing,
  };
}

/** The assessment of a question; empty where none is written. */
export const assessmentOf = ({ draft }: SessionRecord, id: QuestionId): string =>
  draft.texts.assessments[id] ?? '';

/** What a reader must know that the report lacks, most important first. */
export function gapLines(
  record: SessionRecord,
  counts: ReportCounts,
  aside: { readonly unfinished: Inline; readonly leftOut: Inline },
  say: ReportWords,
): readonly Line[] {
  const { gaps } = say.messages;
  const { plan, draft, groups } = record;
  const lines: Line[] = groups
    .filter(({ here }) => !here)
    .map((group) => [words(fill(gaps.groupNotHere, { group: say.groupName(group) }))]);
  const sentence = (applies: boolean, text: string): void => {
    if (applies) lines.push([words(text)]);
  };
  sentence(counts.missingSources > 0, say.count(gaps.missingSources, counts.missingSources));
  sentence(plan.readOnly || draft.readOnly || groups.some(({ newer }) => newer), gaps.newerVersion);
  sentence(
    counts.notes === 0 && counts.unfinished === 0 && counts.groupsNotHere === 0,
    gaps.noNotes,
  );
  lines.push(...voteGapLines(record, counts, say));
  sentence(draft.texts.summary.trim() === '', gaps.noSummary);
  sentence(draft.texts.advice.trim() === '', gaps.noAdvice);
  const unassessed = plan.questions.filter(({ id }) => assessmentOf(record, id).trim() === '');
  if (unassessed.length > 0) {
    const questions = say.join(unassessed.map(({ letter }) => [words(letter)]));
    lines.push(fillLine(say.count(gaps.noAssessment, unassessed.length), { questions }));
  }
  if (counts.unfinished > 0) {
    lines.push(
      fillLine(say.count(gaps.unfinished, counts.unfinished), { annex: aside.unfinished }),
    );
  }
  if (counts.leftOut > 0) {
    lines.push(fillLine(say.count(gaps.leftOut, counts.leftOut), { annex: aside.leftOut }));
  }
  return lines;
}
