import type { GroupNotes, Note, Plan, Recommendation, ReportDraft } from './model.ts';

/** Of one kind of entry, how many a change adds, changes, takes away, and leaves as they are. */
export interface EntryCounts {
  readonly added: number;
  readonly changed: number;
  /** Deleted by the change. */
  readonly removed: number;
  /** Those that the other side has too, just as they are here. */
  readonly known: number;
}
export interface GroupChanges {
  /** Notes that are still being written count as notes. */
  readonly notes: EntryCounts;
  readonly recommendations: EntryCounts;
  /** What the facilitator wants to tell the plenary, or whether the group is ready. */
  readonly reportBack: boolean;
}

export const planParts = [
  'title',
  'questions',
  'groups',
  'agenda',
  'clock',
  'voting',
  'lists',
] as const;
/** "voting" is polls and what came of them; "lists" are those of stakeholder groups and regions. */
export type PlanPart = (typeof planParts)[number];
export interface PlanChanges {
  readonly proposals: EntryCounts;
  /** The other parts that differ. */
  readonly parts: readonly PlanPart[];
}

export const reportParts = ['texts', 'omissions'] as const;
/** "omissions" is what the report leaves out. */
export type ReportPart = (typeof reportParts)[number];

/**
 * What is different in `after`, as people count. `other` is the group as somebody else has it, for
 * the number of things known to both; null where that is not known.
 */
export function compareGroups(
  before: GroupNotes,
  after: GroupNotes,
  other: GroupNotes | null,
): GroupChanges {
  const notes = (group: GroupNotes): readonly Note[] => [...group.notes, ...group.drafts];
  const recommendations = (group: GroupNotes): readonly Recommendation[] => group.recommendations;
  return {
    notes: count(notes(before), notes(after), other && notes(other)),
    recommendations: count(
      recommendations(before),
      recommendations(after),
      other && recommendations(other),
    ),
    reportBack: !same(before.reportBack, after.reportBack),
  };
}

/** The same for a plan. */
export function comparePlans(before: Plan, after: Plan, other: Plan | null): PlanChanges {
  return {
    proposals: count(before.proposals, after.proposals, other && other.proposals),
    parts: planParts.filter((part) => !same(partOf(before, part), partOf(after, part))),
  };
}

function partOf(plan: Plan, part: PlanPart): unknown {
  if (part === 'title') return [plan.title, plan.description, plan.attribution];
  if (part === 'lists') return [plan.stakeholderGroups, plan.regions];
  return plan[part];
}

/** Which parts of the report differ. */
export const compareReports = (before: ReportDraft, after: ReportDraft): readonly ReportPart[] =>
  reportParts.filter((part) => !same(partOfReport(before, part), partOfReport(after, part)));

const partOfReport = ({ texts, omissions }: ReportDraft, part: ReportPart): unknown =>
  part === 'texts' ? texts : [...omissions].toSorted();

function count<Entry extends { readonly id: string }>(
  before: readonly Entry[],
  after: readonly Entry[],
  other: readonly Entry[] | null,
): EntryCounts {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const fresh = new Map(after.map((entry) => [entry.id, entry]));
  const unchanged = (entry: Entry): boolean => same(old.get(entry.id), fresh.get(entry.id));
  const kept = after.filter(({ id }) => old.has(id));
  return {
    added: after.length - kept.length,
    changed: kept.filter((entry) => !unchanged(entry)).length,
    removed: before.filter(({ id }) => !fresh.has(id)).length,
    known: (other ?? []).filter((entry) => old.has(entry.id) && unchanged(entry)).length,
  };
}

/** The read model is plain objects, made key by key in one order, so their text tells. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
