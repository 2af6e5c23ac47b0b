import type { GroupStatus, SessionStatus } from '../../src/browser/sync/status.ts';
import type { GroupId, QuestionId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Plan, ReportTexts } from '../../src/core/session/model.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';
import { unmergedRecommendations } from '../../src/core/session/provenance.ts';
import { isWritten } from './report-section.ts';

/** Where something missing is put right. */
export type Place =
  | { readonly kind: 'text'; readonly section: ReportSection }
  | { readonly kind: 'unmerged' }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'group'; readonly groupId: GroupId }
  | { readonly kind: 'session-file' };

export interface GroupLack {
  readonly groupId: GroupId;
  readonly number: number;
  readonly name: string;
  /** How many changes its laptops have that this one lacks; 0 where that is not known. */
  readonly changes: number;
  /** Milliseconds since 1970; null where there was never contact. */
  readonly lastContactAt: number | null;
}

/** One thing that the report still lacks. */
export type Missing =
  | { readonly kind: 'no-notes' }
  | {
      readonly kind: 'assessments';
      readonly questions: readonly { readonly id: QuestionId; readonly letter: string }[];
    }
  | { readonly kind: 'summary' }
  | { readonly kind: 'advice' }
  | { readonly kind: 'unmerged'; readonly count: number }
  | { readonly kind: 'unfinished'; readonly count: number }
  /** This laptop does not reach the plenary laptop, so that nobody knows what it lacks. */
  | { readonly kind: 'no-contact'; readonly lastContactAt: number | null }
  | {
      /**
       * not-here: nothing of the group has ever arrived; on-the-way: more is known to exist;
       * out-of-contact: it had not said that it is ready when it was last heard of; not-ready: it
       * is there and still at work.
       */
      readonly kind: 'not-here' | 'on-the-way' | 'out-of-contact' | 'not-ready';
      readonly groups: readonly GroupLack[];
    };

export interface MissingInput {
  readonly plan: Plan;
  /** The rapporteur's. */
  readonly texts: ReportTexts;
  readonly groups: ReadonlyMap<GroupId, GroupNotes>;
  readonly status: SessionStatus;
}

/**
 * What keeps the report from being whole, in the order in which a rapporteur sees to it: own texts
 * first, then what is for the plenary to do, then what is awaited from the groups. Empty where
 * nothing is missing.
 */
export function whatIsMissing(input: MissingInput): readonly Missing[] {
  const { plan, texts, groups } = input;
  const all = [...groups.values()];
  const unfinished = all.reduce((sum, { drafts }) => sum + drafts.length, 0);
  const notes = all.reduce((sum, group) => sum + group.notes.length, 0);
  const unmerged = unmergedRecommendations(plan, groups).length;
  const unassessed = plan.questions.filter(
    ({ id }) => !isWritten(texts, { section: 'assessment', questionId: id }),
  );
  const missing: Missing[] = [];
  if (notes + unfinished === 0) missing.push({ kind: 'no-notes' });
  if (unassessed.length > 0) {
    const questions = unassessed.map(({ id, letter }) => ({ id, letter }));
    missing.push({ kind: 'assessments', questions });
  }
  for (const section of ['summary', 'advice'] as const) {
    if (!isWritten(texts, { section })) missing.push({ kind: section });
  }
  if (unmerged > 0) missing.push({ kind: 'unmerged', count: unmerged });
  if (unfinished > 0) missing.push({ kind: 'unfinished', count: unfinished });
  return [...missing, ...awaited(input)];
}

const groupKinds = ['not-here', 'on-the-way', 'out-of-contact', 'not-ready'] as const;
type GroupKind = (typeof groupKinds)[number];

/** What is awaited from the groups, one entry per kind; each group in the first that fits. */
function awaited({ plan, groups, status }: MissingInput): readonly Missing[] {
  const byKind = new Map<GroupKind, GroupLack[]>();
  const statuses = plan.groups.map(({ id }) => status.groups.get(id));
  const cutOff =
    !status.plenary && statuses.length > 0 && statuses.every((one) => one?.inContact !== true);
  for (const { id, number, name } of plan.groups) {
    const groupStatus = status.groups.get(id);
    const kind = lackOf(groups.get(id), groupStatus, cutOff);
    if (kind === null) continue;
    const lack: GroupLack = {
      groupId: id,
      number,
      name,
      changes: changesElsewhere(groupStatus),
      lastContactAt: groupStatus?.lastContactAt ?? null,
    };
    byKind.set(kind, [...(byKind.get(kind) ?? []), lack]);
  }
  const times = statuses.flatMap((one) => one?.lastContactAt ?? []);
  const lastContactAt = times.length === 0 ? null : Math.max(...times);
  return [
    ...(cutOff ? [{ kind: 'no-contact', lastContactAt } as const] : []),
    ...groupKinds.flatMap((kind): Missing[] => {
      const lacking = byKind.get(kind);
      return lacking === undefined ? [] : [{ kind, groups: lacking }];
    }),
  ];
}

function lackOf(
  content: GroupNotes | undefined,
  status: GroupStatus | undefined,
  cutOff: boolean,
): GroupKind | null {
  if (content === undefined || isEmpty(content)) {
    // A group that is in contact has simply not written anything yet.
    return status?.inContact === true && !status.behind ? 'not-ready' : 'not-here';
  }
  // While in contact it takes a moment, and saying so at every keystroke would only flicker.
  const knownElsewhere = status?.behind === true || changesElsewhere(status) > 0;
  if (knownElsewhere && status?.inContact !== true) return 'on-the-way';
  if (content.reportBack.readyAt !== null) return null;
  return status?.inContact === true || cutOff ? 'not-ready' : 'out-of-contact';
}

const isEmpty = (content: GroupNotes): boolean =>
  content.notes.length +
    content.drafts.length +
    content.deletedNotes.length +
    content.recommendations.length +
    content.deletedRecommendations.length ===
    0 && content.reportBack.text === '';

/** On the plenary laptop: what the group's own laptops said that has not arrived here. */
const changesElsewhere = (status: GroupStatus | undefined): number =>
  Math.max(0, ...(status?.laptops ?? []).map(({ waiting }) => waiting ?? 0));

/** The one thing to do next: the first that a person at this laptop can do something about. */
export function nextStep(missing: readonly Missing[]): Place | null {
  if (missing.some(({ kind }) => kind === 'no-notes')) return null;
  const first = missing[0];
  return first === undefined ? null : (placesOf(first)[0] ?? null);
}

/** Where each part of it is put right; in the order of its questions or groups. */
export function placesOf(missing: Missing): readonly Place[] {
  const { kind } = missing;
  if (kind === 'no-notes') return [];
  if (kind === 'no-contact') return [{ kind: 'session-file' }];
  if (kind === 'unmerged' || kind === 'unfinished') return [{ kind }];
  if (kind === 'summary' || kind === 'advice')
    return [{ kind: 'text', section: { section: kind } }];
  if (kind === 'assessments') {
    return missing.questions.map(({ id }) => ({
      kind: 'text',
      section: { section: 'assessment', questionId: id },
    }));
  }
  return missing.groups.map(({ groupId }) => ({ kind: 'group', groupId }));
}
