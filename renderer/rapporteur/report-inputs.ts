import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Plan, ReportDraft } from '../../src/core/session/model.ts';
import type { ReportDocument } from '../../src/core/session/report-document.ts';

/** What the preview is made from. The same object until something in it has changed. */
export interface ReportInputs {
  readonly plan: Plan;
  /** With a mark in place of each text of the rapporteur's: see `withMarks`. */
  readonly draft: ReportDraft;
  readonly groups: ReadonlyMap<GroupId, GroupNotes>;
  /** When anything last changed; milliseconds since 1970. */
  readonly at: number;
}

type Source = Pick<OpenedSession, 'plan' | 'groups' | 'status'> & {
  readonly report: Pick<ReportDocument, 'view'>;
};

/**
 * Watches everything that the report is made from. The rapporteur's texts are shown from their
 * document while they are typed, so that a keystroke in one of them makes no new inputs.
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
      const stopReport = session.report.view.subscribe(listener);
      const stopStatus = session.status.subscribe(changed);
      return () => {
        stopPlan();
        stopReport();
        stopStatus();
        stops.forEach((stop) => stop());
      };
    },
  };
}

function readInputs(session: Source, before: ReportInputs | null, now: () => number): ReportInputs {
  const stopped = withoutClock(session.plan.view.snapshot());
  const plan = before !== null && samePlan(before.plan, stopped) ? before.plan : stopped;
  const marked = withMarks(session.report.view.snapshot());
  const draft = before !== null && sameDraft(before.draft, marked) ? before.draft : marked;
  const groups = new Map([...session.groups].map(([id, { view }]) => [id, view.snapshot()]));
  const sameGroups =
    before !== null &&
    before.groups.size === groups.size &&
    [...groups].every(([id, notes]) => before.groups.get(id) === notes);
  if (before !== null && sameGroups && plan === before.plan && draft === before.draft) {
    return before;
  }
  return { plan, draft, groups: sameGroups ? before.groups : groups, at: now() };
}

const MARK = '·';
const mark = (text: string): string => (text.trim() === '' ? '' : MARK);

/** Only whether a text is written matters to the rest of the report. */
function withMarks(draft: ReportDraft): ReportDraft {
  const { summary, advice, assessments } = draft.texts;
  return {
    ...draft,
    texts: {
      summary: mark(summary),
      advice: mark(advice),
      assessments: Object.fromEntries(
        Object.entries<string>(assessments).map(([id, text]) => [id, mark(text)]),
      ),
    },
  };
}
/** The clock does not matter at all. */
const withoutClock = (plan: Plan): Plan => ({
  ...plan,
  clock: { segmentId: null, startedAt: null },
});

function samePlan(a: Plan, b: Plan): boolean {
  const keys = Object.keys(b) as (keyof Plan)[];
  return keys.every((key) => key === 'clock' || Object.is(a[key], b[key]));
}
const sameDraft = (a: ReportDraft, b: ReportDraft): boolean => asText(a) === asText(b);
const asText = ({ omissions, ...rest }: ReportDraft): string =>
  JSON.stringify([rest, [...omissions]]);
