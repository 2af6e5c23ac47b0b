import type { Plan, Segment } from '../../../src/core/session/model.ts';
import { clockState } from '../../shared/clock-state.ts';

export interface AgendaLine {
  readonly segment: Segment;
  readonly state: 'past' | 'running' | 'next' | 'later';
}

export interface AgendaState {
  readonly lines: readonly AgendaLine[];
  readonly running: Segment | null;
  /** The one obvious next step; null after the last segment. */
  readonly next: Segment | null;
  /** All planned minutes together. */
  readonly minutes: number;
  /** When it all ends as things stand (milliseconds since 1970); null while the clock is stopped. */
  readonly endsAt: number | null;
  /**
   * Whole minutes in hand, negative where it is over; null where it is not known. A last segment
   * of no particular kind ("Time in hand") is a reserve and counts as in hand until it runs.
   */
  readonly inHand: number | null;
}

type Timed = Pick<Plan, 'agenda' | 'clock'>;

/** Where the session stands at `now`, if the room has to be left by `until`; both as Date.now(). */
export function agendaState(plan: Timed, now: number, until: number | null): AgendaState {
  const { agenda, clock } = plan;
  const current = agenda.findIndex(({ id }) => id === clock.segmentId);
  const state = clockState(plan, now);
  const running = state?.segment ?? null;
  const next = agenda[current + 1] ?? null;
  const lines = agenda.map((segment, index): AgendaLine => ({
    segment,
    state:
      segment === running
        ? 'running'
        : index <= current
          ? 'past'
          : segment === next
            ? 'next'
            : 'later',
  }));
  const minutes = sum(agenda);
  if (state === null) return { lines, running, next, minutes, endsAt: null, inHand: null };
  const rest = agenda.slice(current + 1);
  const left = Math.max(0, state.secondsLeft) * 1000;
  const endsAt = now + left + sum(rest) * MINUTE;
  const reserve = rest.at(-1)?.kind === 'other' ? (rest.at(-1)?.minutes ?? 0) : 0;
  const inHand = until === null ? null : Math.floor((until - endsAt) / MINUTE + reserve + ROUNDING);
  return { lines, running, next, minutes, endsAt, inHand };
}

const MINUTE = 60_000;
/** A few seconds between the press and the clock's first tick are no lost minute. */
const ROUNDING = 0.1;

const sum = (segments: readonly Segment[]): number =>
  segments.reduce((total, { minutes }) => total + minutes, 0);

/** When the session would end if everything from the running segment on went as planned now. */
export function plannedEnd({ agenda, clock }: Timed): number | null {
  const current = agenda.findIndex(({ id }) => id === clock.segmentId);
  if (current === -1 || clock.startedAt === null) return null;
  return clock.startedAt + sum(agenda.slice(current)) * MINUTE;
}

/** A clock time "12:30" of the day of `near`, or of the next where it would lie long before. */
export function momentOf(time: string, near: number): number | null {
  const parts = /^(\d{1,2}):(\d{2})$/u.exec(time);
  if (parts === null) return null;
  const moment = new Date(near);
  moment.setHours(Number(parts[1]), Number(parts[2]), 0, 0);
  const SIX_HOURS = 6 * 60 * MINUTE;
  if (moment.getTime() < near - SIX_HOURS) moment.setDate(moment.getDate() + 1);
  return moment.getTime();
}
