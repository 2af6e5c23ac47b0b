import { heading, paragraph, quiet, reference, target, words } from '../blocks.ts';
import { fill, fillLine } from '../fill-message.ts';
import type { Block, Line, TableRow } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type {
  MissingRecommendation,
  ProposalRecord,
  RecommendationRecord,
  SessionRecord,
} from '../session-record.ts';
import { verdictOn, verdictWords, voteAnchor } from './consensus.ts';
import { partNames } from './support-table.ts';
import { textOf } from './written.ts';

/** What the plenary merged, each proposal with all that it was made from, and what it did not merge. */
export function proposalBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { proposals: messages } = say.messages;
  const standing = record.proposals.filter(({ withdrawn }) => !withdrawn);
  return [
    quiet(standing.length === 0 ? messages.none : messages.intro),
    ...standing.flatMap((proposal) => proposalBlock(record, proposal, say)),
    ...unmergedBlocks(record, say),
  ];
}

/** One proposal with its sources, whether it stands or was withdrawn. */
export function proposalBlock(
  record: SessionRecord,
  proposal: ProposalRecord,
  say: ReportWords,
): readonly Block[] {
  const { columns } = say.messages.proposals;
  const { sources, missingSources } = proposal;
  const entry: Block = {
    kind: 'entry',
    label: target(proposal),
    weight: 'lead',
    text: textOf(proposal.proposal.text, say),
    details: verdictLine(record, proposal, say),
    trail: [[words(trailOf(record, proposal, say))]],
  };
  if (sources.length + missingSources.length === 0) return [entry];
  return [
    entry,
    {
      kind: 'table',
      caption: '',
      columns: [
        { title: columns.label, width: 1.6, align: 'start' },
        { title: columns.recommendation, width: 8, align: 'start' },
        { title: columns.group, width: 3.6, align: 'start' },
        { title: columns.notes, width: 3.6, align: 'start' },
      ],
      rows: [
        ...sources.map((source) => sourceRow(source, say)),
        ...missingSources.map((missing) => missingRow(missing, say)),
      ],
    },
  ];
}

/** What the room said to it, where it was asked; the votes themselves stand in a chapter of their own. */
function verdictLine(
  record: SessionRecord,
  proposal: ProposalRecord,
  say: ReportWords,
): readonly Line[] {
  const verdict = verdictOn(record, proposal);
  if (!verdict) return [];
  const { votes, sections } = say.messages;
  const status = verdictWords(verdict, partNames(record, say), say);
  const vote = reference({ label: sections.consensus, anchor: voteAnchor(proposal) });
  return [fillLine(votes.seeVote, { status, vote })];
}

function trailOf(
  record: SessionRecord,
  { proposal, sources, missingSources }: ProposalRecord,
  say: ReportWords,
): string {
  const { proposals: messages, counts: forms, recommendation } = say.messages;
  const question = say.questionName(
    record.plan,
    proposal.questionId,
    say.messages.question.inSentence,
  );
  if (sources.length + missingSources.length === 0) {
    return `${fill(recommendation.question, { question })} ${messages.noSources}`;
  }
  const groups = new Set(proposal.sources.map(({ groupId }) => groupId));
  const notes = new Set(
    sources.flatMap(({ group, recommendation }) =>
      recommendation.noteIds.map((noteId) => `${group.groupId}/${noteId}`),
    ),
  );
  return fill(messages.trail, {
    question,
    recommendations: say.count(forms.recommendations, sources.length + missingSources.length),
    groups: say.count(forms.groups, groups.size),
    notes: say.count(forms.notes, notes.size),
  });
}

function sourceRow(source: RecommendationRecord, say: ReportWords): TableRow {
  const { recommendation: messages } = say.messages;
  const withdrawn: Line[] = source.withdrawn ? [[words(`(${messages.withdrawnShort})`)]] : [];
  const hasNotes = source.sources.length + source.missingSources.length > 0;
  return {
    total: false,
    cells: [
      [[reference(source)]],
      [textOf(source.recommendation.text, say), ...withdrawn],
      [[words(say.groupName(source.group))]],
      [hasNotes ? say.sourceNotes(source) : [words(messages.fromNone)]],
    ],
  };
}

function missingRow(missing: MissingRecommendation, say: ReportWords): TableRow {
  const group = missing.group === null ? [] : [[words(say.groupName(missing.group))]];
  return { total: false, cells: [[], [[say.missingRecommendation(missing)]], group, []] };
}

function unmergedBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { proposals: messages } = say.messages;
  const standing = record.groups
    .flatMap((group) => group.recommendations)
    .filter(({ withdrawn }) => !withdrawn);
  if (standing.length === 0) return [];
  const unmerged = standing.filter(({ mergedInto }) => mergedInto.length === 0);
  const labels = say.references(unmerged);
  return [
    heading(2, 'not-merged', messages.unmergedHeading),
    paragraph(
      'body',
      unmerged.length === 0
        ? [words(messages.allMerged)]
        : fillLine(say.count(messages.unmerged, unmerged.length), { labels }),
    ),
  ];
}
