import type {
  GroupInFile,
  PlanInFile,
  ReportInFile,
  SessionFileContents,
  SessionFileRefusal,
} from '../../src/browser/app/types.ts';
import type { Group } from '../../src/core/session/model.ts';
import type { EntryCounts } from '../../src/core/session/what-changed.ts';
import { dayOf, timeOfDay } from '../shared/time-of-day.ts';
import type { Translate } from '../shared/translate.ts';

/** Whose laptop wrote a file. */
type Source = NonNullable<SessionFileContents['from']>;

const MEGABYTE = 1_000_000;

/** "0.4 MB", or "12 kB" for what is smaller than a tenth of that. */
export function sizeWords(bytes: number, language: string): string {
  const large = bytes >= MEGABYTE / 10;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / MEGABYTE : Math.max(1, bytes / 1_000));
}

/** "11:42, 22 November 2026". */
export const momentWords = (at: number, language: string, t: Translate): string =>
  t('file.moment', { time: timeOfDay(at, language), day: dayOf(at, language) });

/** "Group 2’s laptop"; `groups` as far as this laptop knows them. */
export function sourceWords(
  from: Source | null,
  groups: readonly Pick<Group, 'id' | 'number'>[],
  t: Translate,
): string {
  if (from === null) return t('file.from-unknown');
  if (from.plenary) return t('file.from-plenary');
  const group = groups.find(({ id }) => id === from.groupId);
  return group === undefined
    ? t(`file.from-${from.role}`)
    : t('file.from-group', { number: group.number });
}

/** "3 new notes, 1 note changed"; empty where nothing that people see is different. */
export function groupWords({ news, changes }: GroupInFile, t: Translate): readonly string[] {
  const words = [
    ...countWords('notes', changes.notes, t),
    ...countWords('recommendations', changes.recommendations, t),
    ...(changes.reportBack ? [t('file.report-back')] : []),
  ];
  return news > 0 && words.length === 0 ? [t('file.small-changes', { count: news })] : words;
}

/** The same for the plan: "2 new proposals, agenda". */
export function planWords({ news, changes }: PlanInFile, t: Translate): readonly string[] {
  const words = [
    ...countWords('proposals', changes.proposals, t),
    ...changes.parts.map((part) => t(`file.plan-${part}`)),
  ];
  return news > 0 && words.length === 0 ? [t('file.small-changes', { count: news })] : words;
}

/** The same for the report: "texts, what is left out". */
export function reportWords({ news, changes }: ReportInFile, t: Translate): readonly string[] {
  const words = changes.map((part) => t(`file.report-${part}`));
  return news > 0 && words.length === 0 ? [t('file.small-changes', { count: news })] : words;
}

/** How many notes and recommendations of the file are here already. */
export const knownIn = ({ changes }: GroupInFile): number =>
  changes.notes.known + changes.recommendations.known;

function countWords(
  kind: 'notes' | 'recommendations' | 'proposals',
  counts: EntryCounts,
  t: Translate,
): readonly string[] {
  const ways = ['added', 'changed', 'removed'] as const;
  return ways.flatMap((way) =>
    counts[way] === 0 ? [] : [t(`file.${kind}-${way}`, { count: counts[way] })],
  );
}

/** "A, B, C" as the language does it. */
export const listed = (words: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(words);

/** Why a file was refused, and what to do. */
export function refusalWords(
  refusal: SessionFileRefusal,
  groups: readonly Pick<Group, 'id' | 'number'>[],
  language: string,
  t: Translate,
): string {
  if (
    refusal.reason === 'other-session' ||
    refusal.reason === 'no-access' ||
    refusal.reason === 'only-read'
  ) {
    return t(`file.refused-${refusal.reason}`, { title: refusal.title });
  }
  if (refusal.reason !== 'stands-on-more') return t(`file.refused-${refusal.reason}`);
  return t('file.refused-stands-on-more', {
    time: timeOfDay(refusal.since, language),
    whose: sourceWords(refusal.from, groups, t),
  });
}
