import { wholePercent } from '../consensus/whole-percent.ts';
import type { NoteId, QuestionId } from '../session/ids.ts';
import type { Plan } from '../session/model.ts';
import { type Labelled, missing, reference, words } from './blocks.ts';
import { fill, fillCount, joinLine, type Plural } from './fill-message.ts';
import type { ReportMessages } from './messages.ts';
import type { Inline, Line } from './model.ts';
import type { ReportFormat } from './report-format.ts';
import {
  type GroupIdentity,
  isMoment,
  type MissingRecommendation,
  type NoteRecord,
  type NoteUse,
  type RecommendationRecord,
} from './session-record.ts';

/** How this report puts things into words: the messages, the format of times, and what is said often. */
export interface ReportWords {
  readonly messages: ReportMessages;
  readonly count: (forms: Plural, count: number) => string;
  readonly join: (items: readonly Line[]) => Line;
  readonly references: (items: readonly Labelled[]) => Line;
  /** The recommendations that a note went into, withdrawn ones marked. */
  readonly uses: (items: readonly NoteUse[]) => Line;
  /** The notes that a recommendation comes from, with what is missing or withdrawn said so. */
  readonly sourceNotes: (record: RecommendationRecord) => Line;
  readonly missingRecommendation: (missing: MissingRecommendation) => Inline;
  readonly groupName: (identity: GroupIdentity) => string;
  /** "b Elements" for tables; "question b (Elements)" for sentences. */
  readonly questionName: (plan: Plan, id: QuestionId | null, template: string) => string;
  /** Support as "63%", rounded down: see `wholePercent`. */
  readonly percent: (share: number) => string;
  /** A part of a whole as "63%", rounded. */
  readonly share: (share: number) => string;
  /** At most two decimal places. */
  readonly decimal: (value: number) => string;
  readonly day: (at: number) => string;
  readonly time: (at: number) => string;
}

export function reportWords(messages: ReportMessages, format: ReportFormat): ReportWords {
  const { language } = messages;
  const listFormat = new Intl.ListFormat(language, { type: 'conjunction' });
  const pluralRules = new Intl.PluralRules(language);
  const numberFormat = new Intl.NumberFormat(language);
  const percentFormat = new Intl.NumberFormat(language, { style: 'percent' });
  const decimalFormat = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const join = (items: readonly Line[]): Line => joinLine(items, listFormat);
  const count = (forms: Plural, number: number): string =>
    fillCount(forms, pluralRules.select(number), numberFormat.format(number));

  /** "N1.4 (withdrawn by the group)" */
  const marked = (item: Labelled, mark: string | null): Line =>
    mark === null ? [reference(item)] : [reference(item), words(` (${mark})`)];
  const markOf = ({ state }: NoteRecord): string | null =>
    state === 'withdrawn' || state === 'unfinished' ? messages.notes[state] : null;
  const missingNote = (id: NoteId): Inline => missing(fill(messages.missing.note, { id }));

  return {
    messages,
    count,
    join,
    references: (items) => join(items.map((item) => [reference(item)])),
    uses: (items) =>
      join(
        items.map((use) =>
          marked(use, use.withdrawn ? messages.recommendation.withdrawnShort : null),
        ),
      ),
    sourceNotes: ({ sources, missingSources }) =>
      join([
        ...sources.map((note) => marked(note, markOf(note))),
        ...missingSources.map((id) => [missingNote(id)]),
      ]),
    missingRecommendation: ({ ref, group }) => {
      const values = { id: ref.recommendationId, groupId: ref.groupId };
      const texts = messages.missing;
      if (group === null) return missing(fill(texts.recommendationOfUnknownGroup, values));
      const { recommendation, recommendationOfGroupNotHere } = texts;
      return missing(fill(group.here ? recommendation : recommendationOfGroupNotHere, values));
    },
    groupName: ({ group, tag }) => {
      if (group === null) return fill(messages.group.unlisted, { tag });
      const name = group.name.trim();
      const unnamed = fill(messages.group.unnamed, { tag });
      const saysItself = name.toLowerCase().startsWith(unnamed.toLowerCase());
      if (name === '') return unnamed;
      return saysItself ? name : fill(messages.group.named, { tag, name });
    },
    questionName: (plan, id, template) => {
      if (id === null) return messages.question.none;
      const question = plan.questions.find((each) => each.id === id);
      if (question === undefined) return messages.question.removed;
      return fill(template, { letter: question.letter, title: question.title });
    },
    percent: (share) => percentFormat.format(wholePercent(share) / 100),
    share: (share) => percentFormat.format(share),
    decimal: (value) => decimalFormat.format(value),
    day: (at) => (isMoment(at) ? format.date(at) : messages.unknownTime),
    time: (at) => (isMoment(at) ? format.time(at) : messages.unknownTime),
  };
}
