import { heading, paragraph, quiet, reference, subtitle, typed, words } from '../blocks.ts';
import { fill } from '../fill-message.ts';
import type { Block, Line, Table } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { ProposalRecord, RecommendationRecord, SessionRecord } from '../session-record.ts';
import { assessmentOf } from './gaps.ts';
import { textOf, writtenOrPending } from './written.ts';

/** What was found on each question: the assessment, then the proposals and recommendations on it. */
export function assessmentBlocks(
  record: SessionRecord,
  anchors: ReadonlyMap<string, string>,
  say: ReportWords,
): readonly Block[] {
  const { assessment, pending, question: questionMessages } = say.messages;
  const { questions } = record.plan;
  const known = new Set<string>(questions.map(({ id }) => id));
  /** Null gathers what is on no question, or on one that was removed. */
  const onQuestion = (wanted: string | null) => {
    const fits = (id: string | null): boolean =>
      wanted === null ? id === null || !known.has(id) : id === wanted;
    return {
      proposals: record.proposals.filter(
        ({ withdrawn, proposal }) => !withdrawn && fits(proposal.questionId),
      ),
      recommendations: record.groups
        .flatMap((group) => group.recommendations)
        .filter(({ withdrawn, recommendation }) => !withdrawn && fits(recommendation.questionId)),
    };
  };
  const blocks = questions.flatMap(({ id, letter, title, text }, index): Block[] => [
    heading(2, `question-${index + 1}`, fill(questionMessages.named, { letter, title })),
    ...(text.trim() === '' ? [] : [paragraph('lead', [typed(text)])]),
    writtenOrPending(assessmentOf(record, id), pending.assessment, anchors),
    ...foundBlocks(onQuestion(id), say),
  ]);
  const elsewhere = onQuestion(null);
  return [
    ...blocks,
    ...(questions.length === 0 ? [quiet(assessment.noQuestions)] : []),
    ...(elsewhere.proposals.length + elsewhere.recommendations.length === 0
      ? []
      : [
          heading(2, 'question-none', questionMessages.noneHeading),
          ...foundBlocks(elsewhere, say),
        ]),
  ];
}

function foundBlocks(
  found: {
    readonly proposals: readonly ProposalRecord[];
    readonly recommendations: readonly RecommendationRecord[];
  },
  say: ReportWords,
): readonly Block[] {
  const { assessment } = say.messages;
  const { proposals, recommendations } = found;
  return [
    ...(proposals.length === 0
      ? [quiet(assessment.noProposals)]
      : [
          subtitle(assessment.proposals),
          ...proposals.map((record): Block => ({
            kind: 'entry',
            label: reference(record),
            weight: 'body',
            text: textOf(record.proposal.text, say),
            details: [],
            trail: [],
          })),
        ]),
    ...(recommendations.length === 0
      ? [quiet(assessment.noRecommendations)]
      : [recommendationTable(recommendations, say)]),
  ];
}

function recommendationTable(
  recommendations: readonly RecommendationRecord[],
  say: ReportWords,
): Table {
  const { columns, recommendations: caption } = say.messages.assessment;
  return {
    kind: 'table',
    caption,
    columns: [
      { title: columns.label, width: 1.6, align: 'start' },
      { title: columns.recommendation, width: 9, align: 'start' },
      { title: columns.group, width: 3.6, align: 'start' },
      { title: columns.proposal, width: 2.6, align: 'start' },
    ],
    rows: recommendations.map((record) => ({
      total: false,
      cells: [
        [[reference(record)]],
        [textOf(record.recommendation.text, say)],
        [[words(say.groupName(record.group))]],
        [mergedInto(record, say)],
      ],
    })),
  };
}

const mergedInto = (record: RecommendationRecord, say: ReportWords): Line =>
  record.mergedInto.length === 0
    ? [words(say.messages.recommendation.notMergedShort)]
    : say.references(record.mergedInto);
