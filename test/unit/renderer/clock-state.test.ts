import { describe, expect, it } from 'vitest';
import { clockDigits, clockState } from '../../../renderer/shared/clock-state.ts';
import type { SegmentId } from '../../../src/core/session/ids.ts';
import type { Segment } from '../../../src/core/session/model.ts';

const breakout: Segment = {
  id: 'breakout' as SegmentId,
  title: 'Breakout groups',
  kind: 'breakout',
  minutes: 30,
  order: 'a0',
  deleted: false,
};
const startedAt = 1_000_000;
const at = (seconds: number, started: number | null = startedAt) =>
  clockState(
    { agenda: [breakout], clock: { segmentId: breakout.id, startedAt: started } },
    startedAt + seconds * 1000,
  );

describe('the clock', () => {
  it('is not there while nothing runs', () => {
    expect(at(0, null)).toBeNull();
    expect(clockState({ agenda: [], clock: { segmentId: breakout.id, startedAt } }, 0)).toBeNull();
  });

  it('turns at 5 minutes, at 1 minute and after the end', () => {
    const stages = [0, 1499, 1500, 1739, 1740, 1800, 1801].map((second) => at(second)?.stage);
    expect(stages).toEqual(['calm', 'calm', 'soon', 'soon', 'last', 'last', 'over']);
  });

  it('counts on below zero', () => {
    expect(at(1930)).toMatchObject({ secondsLeft: -130, gone: 1 });
  });

  it('shows no more than the segment has on a laptop whose clock is behind', () => {
    expect(at(-600)?.secondsLeft).toBe(1800);
  });

  it('follows a segment that is stretched while it runs', () => {
    const plan = {
      agenda: [{ ...breakout, minutes: 45 }],
      clock: { segmentId: breakout.id, startedAt },
    };
    expect(clockState(plan, startedAt + 1_800_000)?.secondsLeft).toBe(900);
  });

  it('writes minutes and hours, without a sign', () => {
    expect([1122, 59, 0, -130, 3725].map(clockDigits)).toEqual([
      '18:42',
      '0:59',
      '0:00',
      '2:10',
      '1:02:05',
    ]);
  });
});
