import { heading, paragraph, pending, quiet, subtitle, target, typed, words } from '../blocks.ts';
import { fill, fillLine } from '../fill-message.ts';
import type { Block, Line } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { GroupRecord, RecommendationRecord, SessionRecord } from '../session-record.ts';
import { textOf } from './written.ts';

/** What each group found: its report-back, its recommendations, and the notes that went into none. */
export function groupBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { groups: messages, group: groupMessages } = say.messages;
  if (record.groups.length === 0) return [quiet(messages.none)];
  return record.groups.flatMap((group): readonly Block[] => [
    heading(2, groupAnchor(group), say.groupName(group)),
    ...(group.here ? oneGroup(record, group, say) : [pending(groupMessages.notHere)]),
  ]);
}

/** Where "What each group found" tells of this group. */
export const groupAnchor = ({ tag }: GroupRecord): string => `group-${tag.toLowerCase()}`;

function oneGroup(record: SessionRecord, group: GroupRecord, say: ReportWords): readonly Block[] {
  const { groups: messages } = say.messages;
  const standing = group.recommendations.filter(({ withdrawn }) => !withdrawn);
  const kept = group.notes.filter(({ note }) => !note.deleted && !note.draft);
  const unused = kept.filter(({ usedIn }) => usedIn.every((use) => use.withdrawn));
  const withdrawn = [
    ...group.recommendations.filter((each) => each.withdrawn),
    ...group.notes.filter(({ note }) => note.deleted),
  ];
  const { text } = group.reportBack;
  return [
    quiet(introduction(group, kept.length, standing.length, say)),
    ...(text.trim() === ''
      ? [quiet(messages.noReportBack)]
      : [subtitle(messages.reportBack), paragraph('body', [typed(text)])]),
    ...(standing.length === 0
      ? [quiet(messages.noRecommendations)]
      : [
          subtitle(messages.recommendations),
          ...standing.map((each) => recommendationBlock(record, each, say)),
        ]),
    ...(unused.length === 0
      ? []
      : [paragraph('quiet', fillLine(messages.unused, { notes: say.references(unused) }))]),
    ...(withdrawn.length === 0
      ? []
      : [paragraph('quiet', fillLine(messages.withdrawn, { items: say.references(withdrawn) }))]),
  ];
}

function introduction(
  group: GroupRecord,
  notes: number,
  recommendations: number,
  say: ReportWords,
): string {
  const { groups: messages, counts: forms, group: groupMessages } = say.messages;
  const { readyAt } = group.reportBack;
  const online = group.group?.online === true ? [groupMessages.online] : [];
  const collected = fill(messages.collected, {
    notes: say.count(forms.notes, notes),
    recommendations: say.count(forms.recommendations, recommendations),
  });
  const ready =
    readyAt === null
      ? messages.notReady
      : fill(messages.ready, { day: say.day(readyAt), time: say.time(readyAt) });
  return [...online, collected, ready].join(' ');
}

/** A recommendation where its label leads to, with its rationale and all that it comes from. */
export function recommendationBlock(
  record: SessionRecord,
  each: RecommendationRecord,
  say: ReportWords,
): Block {
  const { recommendation: messages } = say.messages;
  const { recommendation, sources, missingSources, mergedInto } = each;
  const question = say.questionName(
    record.plan,
    recommendation.questionId,
    say.messages.question.inSentence,
  );
  const sentences: readonly Line[] = [
    [words(fill(messages.question, { question }))],
    sources.length + missingSources.length === 0
      ? [words(messages.fromNone)]
      : fillLine(messages.from, { notes: say.sourceNotes(each) }),
    mergedInto.length === 0
      ? [words(messages.notMerged)]
      : fillLine(messages.merged, { proposals: say.references(mergedInto) }),
  ];
  return {
    kind: 'entry',
    label: target(each),
    weight: 'body',
    text: textOf(recommendation.text, say),
    details:
      recommendation.rationale.trim() === ''
        ? []
        : [fillLine(messages.rationale, { rationale: typed(recommendation.rationale) })],
    trail: [sentences.flatMap((line, index) => (index === 0 ? line : [words(' '), ...line]))],
  };
}
