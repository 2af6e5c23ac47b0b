import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Plan, ReportTexts } from '../../src/core/session/model.ts';

/** What the preview is made from. The same object until something in it has changed. */
export interface ReportInputs {
  /** The plan with a mark in place of each text of the rapporteur's: see `withMarks`. */
  readonly plan: Plan;
  readonly groups: ReadonlyMap<GroupId, GroupNotes>;
  /** When anything last changed; milliseconds since 1970. */
  readonly at: number;
}

type Source = Pick<OpenedSession, 'plan' | 'groups' | 'status'>;

/**
 * Watches everything that the report is made from. The rapporteur's texts are shown from the plan
 * itself while they are typed, so that a keystroke in one of them makes no new inputs.
 */
export function createReportInputs(
  session: Source,
  now: () => number,
): {
  readonly snapshot: () => ReportInputs;
  readonly subscribe: (listener: () => void) => () => void;
} {
  let current: ReportInputs | null = null;
  const snapshot = (): ReportInputs => {
    current = readInputs(session, current, now);
    return current;
  };
  return {
    snapshot,
    subscribe(listener) {
      const stops = new Map<GroupId, () => void>();
      // Groups may be added while the session runs; the plan or the status then changes too.
      const watchGroups = (): void => {
        for (const [id, group] of session.groups) {
          if (!stops.has(id)) stops.set(id, group.view.subscribe(listener));
        }
      };
      const changed = (): void => {
        watchGroups();
        listener();
      };
      watchGroups();
      const stopPlan = session.plan.view.subscribe(changed);
      const stopStatus = session.status.subscribe(changed);
      return () => {
        stopPlan();
        stopStatus();
        stops.forEach((stop) => stop());
      };
    },
  };
}

function readInputs(session: Source, before: ReportInputs | null, now: () => number): ReportInputs {
  const marked = withMarks(session.plan.view.snapshot());
  const plan = before !== null && sameFields(before.plan, marked) ? before.plan : marked;
  const groups = new Map([...session.groups].map(([id, { view }]) => [id, view.snapshot()]));
  const sameGroups =
    before !== null &&
    before.groups.size === groups.size &&
    [...groups].every(([id, notes]) => before.groups.get(id) === notes);
  if (before !== null && sameGroups && plan === before.plan) return before;
  return { plan, groups: sameGroups ? before.groups : groups, at: now() };
}

const MARK = '·';
const mark = (text: string): string => (text.trim() === '' ? '' : MARK);

/** Only whether a text is written matters to the rest of the report; the clock does not at all. */
function withMarks(plan: Plan): Plan {
  const { summary, advice, assessments } = plan.report;
  const report: ReportTexts = {
    summary: mark(summary),
    advice: mark(advice),
    assessments: Object.fromEntries(
      Object.entries(assessments).map(([id, text]) => [id, mark(text)]),
    ),
  };
  return { ...plan, report, clock: { segmentId: null, startedAt: null } };
}

function sameFields(a: Plan, b: Plan): boolean {
  const keys = Object.keys(b) as (keyof Plan)[];
  return keys.every((key) =>
    key === 'report' || key === 'clock'
      ? JSON.stringify(a[key]) === JSON.stringify(b[key])
      : Object.is(a[key], b[key]),
  );
}
