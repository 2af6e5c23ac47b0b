import type { GroupId } from '../session/ids.ts';
import type { GroupNotes, Plan, ReportDraft } from '../session/model.ts';
import { heading, reference } from './blocks.ts';
import { labelAnchors } from './link-labels.ts';
import type { ReportMessages } from './messages.ts';
import type { Block, Report } from './model.ts';
import type { ReportFormat } from './report-format.ts';
import { reportWords } from './report-words.ts';
import { asideAnchors, asideBlocks } from './sections/aside.ts';
import { assessmentBlocks } from './sections/assessment.ts';
import { countRecord, gapLines } from './sections/gaps.ts';
import { consensusBlocks } from './sections/consensus.ts';
import { groupBlocks } from './sections/groups.ts';
import { noteBlocks } from './sections/notes.ts';
import { dateLine, openingBlocks } from './sections/opening.ts';
import { participationBlocks } from './sections/participation.ts';
import { proposalBlocks } from './sections/proposals.ts';
import { consensusAnchor } from './sections/vote-gaps.ts';
import { voterBlocks } from './sections/voters.ts';
import { writtenOrPending } from './sections/written.ts';
import { recordSession } from './session-record.ts';

export interface ReportInput {
  readonly plan: Plan;
  readonly draft: ReportDraft;
  /** What has reached this laptop; a group that is not in here is named in the report as missing. */
  readonly groups: ReadonlyMap<GroupId, GroupNotes>;
  readonly texts: ReportMessages;
  /** Milliseconds since 1970. */
  readonly exportedAt: number;
  readonly format: ReportFormat;
}

type Chapter = readonly [anchor: string, title: string, blocks: readonly Block[]];

/**
 * The whole report of a session, the same for every writer. It holds every recommendation, merged
 * or not, every note and every objection, and says what is left out, unfinished, withdrawn or not on this laptop
 * (R1); every label leads on to what something came from (M1). Pure: the same input gives the
 * same report. Costs time in proportion to the session's size.
 */
export function buildReport(input: ReportInput): Report {
  const { plan, draft, texts, exportedAt } = input;
  const say = reportWords(texts, input.format);
  const record = recordSession(plan, draft, input.groups);
  const counts = countRecord(record);
  const { sections, pending, aside } = texts;
  const gaps = gapLines(
    record,
    counts,
    {
      unfinished: reference({ label: aside.unfinished, anchor: asideAnchors.unfinished }),
      leftOut: reference({ label: aside.leftOut, anchor: asideAnchors.leftOut }),
    },
    say,
  );
  const anchors = labelAnchors(record);
  const { summary, advice } = draft.texts;
  const chapters: readonly Chapter[] = [
    ['summary', `1 ${sections.summary}`, [writtenOrPending(summary, pending.summary, anchors)]],
    ['advice', `2 ${sections.advice}`, [writtenOrPending(advice, pending.advice, anchors)]],
    ['assessment', `3 ${sections.assessment}`, assessmentBlocks(record, anchors, say)],
    ['proposals', `4 ${sections.proposals}`, proposalBlocks(record, say)],
    [consensusAnchor, `5 ${sections.consensus}`, consensusBlocks(record, say)],
    ['groups', `6 ${sections.groups}`, groupBlocks(record, say)],
    [
      'participation',
      `7 ${sections.participation}`,
      [...participationBlocks(record, say), ...voterBlocks(record, say)],
    ],
    ['annex-a', sections.notesAnnex, noteBlocks(record, say)],
    ['annex-b', sections.asideAnnex, asideBlocks(record, say)],
  ];
  return {
    title: plan.title.trim() === '' ? texts.untitled : plan.title.trim(),
    documentKind: texts.documentKind,
    dateLine: dateLine(record, exportedAt, say),
    language: texts.language,
    direction: texts.direction,
    pageLine: texts.pageLine,
    gaps,
    counts,
    blocks: [
      ...openingBlocks(record, counts, gaps, exportedAt, say),
      {
        kind: 'contents',
        title: texts.contents,
        entries: chapters.map(([anchor, text]) => ({ text, anchor })),
      },
      ...chapters.flatMap(([anchor, text, blocks]): readonly Block[] => [
        { ...heading(1, anchor, text), newPage: anchor === 'annex-a' },
        ...blocks,
      ]),
    ],
  };
}
