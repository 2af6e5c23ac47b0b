import type { Plan, Segment } from '../../src/core/session/model.ts';

export interface ClockState {
  readonly segment: Segment;
  /** Whole seconds that are left; negative once the time is over. */
  readonly secondsLeft: number;
  /** How much of the segment has gone, from 0 to 1. */
  readonly gone: number;
  /** Turns at 5 minutes, at 1 minute and at the end. */
  readonly stage: 'calm' | 'soon' | 'last' | 'over';
}

/**
 * What the clock shows at `now` (milliseconds since 1970 by the plenary laptop's clock), or null while
 * none runs. A laptop that does not know that clock yet and whose own is behind would show more time
 * than the segment has, so that is cut.
 */
export function clockState(plan: Pick<Plan, 'agenda' | 'clock'>, now: number): ClockState | null {
  const { segmentId, startedAt } = plan.clock;
  const segment = plan.agenda.find(({ id }) => id === segmentId);
  if (segment === undefined || startedAt === null) return null;
  const length = segment.minutes * 60;
  const elapsed = Math.max(0, Math.floor((now - startedAt) / 1000));
  const secondsLeft = length - elapsed;
  return {
    segment,
    secondsLeft,
    gone: Math.min(1, elapsed / length),
    stage:
      secondsLeft < 0 ? 'over' : secondsLeft <= 60 ? 'last' : secondsLeft <= 300 ? 'soon' : 'calm',
  };
}

/** "18:42", "1:02:05"; of any number of seconds, without a sign. */
export function clockDigits(seconds: number): string {
  const whole = Math.abs(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}
