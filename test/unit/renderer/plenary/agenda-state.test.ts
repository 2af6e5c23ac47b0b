import { describe, expect, it } from 'vitest';
import {
  agendaState,
  momentOf,
  plannedEnd,
} from '../../../../renderer/plenary/agenda/agenda-state.ts';
import { readUntil } from '../../../../renderer/plenary/agenda/room-until.ts';
import type { SegmentId } from '../../../../src/core/session/ids.ts';
import type { Segment } from '../../../../src/core/session/model.ts';
import { minute, segment } from '../../../fixtures/read-model.ts';

/** 90 minutes, five of them in reserve. */
const agenda: readonly Segment[] = [
  { ...segment('Introduction', 5), kind: 'introduction' },
  { ...segment('Breakout', 30), kind: 'breakout' },
  { ...segment('Plenary', 30), kind: 'plenary' },
  { ...segment('Conclusions', 20), kind: 'conclusions' },
  segment('Time in hand', 5),
];
const running = (title: string, startedAt: number, segments = agenda) => ({
  agenda: segments,
  clock: { segmentId: title as SegmentId, startedAt },
});
const stretched = (title: string, by: number): readonly Segment[] =>
  agenda.map((one) => (one.title === title ? { ...one, minutes: one.minutes + by } : one));

describe('the one obvious next step', () => {
  it('is the first segment before the start', () => {
    const state = agendaState(
      { agenda, clock: { segmentId: null, startedAt: null } },
      minute(0),
      null,
    );
    expect(state.next?.title).toBe('Introduction');
    expect(state.running).toBeNull();
    expect(state).toMatchObject({ minutes: 90, endsAt: null, inHand: null });
    expect(state.lines.map((line) => line.state)).toEqual([
      'next',
      'later',
      'later',
      'later',
      'later',
    ]);
  });

  it('is the one after the running one, and nothing after the last', () => {
    expect(agendaState(running('Breakout', minute(5)), minute(6), null).next?.title).toBe(
      'Plenary',
    );
    expect(agendaState(running('Time in hand', minute(85)), minute(86), null).next).toBeNull();
    expect(
      agendaState(running('Breakout', minute(5)), minute(6), null).lines.map(({ state }) => state),
    ).toEqual(['past', 'running', 'next', 'later', 'later']);
  });

  it('is the one after what was stopped', () => {
    const stopped = { agenda, clock: { segmentId: 'Breakout' as SegmentId, startedAt: null } };
    const state = agendaState(stopped, minute(50), null);
    expect(state.next?.title).toBe('Plenary');
    expect(state.lines[1]?.state).toBe('past');
  });
});

describe('time in hand', () => {
  const until = minute(90);

  it('is the reserve while all goes as planned', () => {
    expect(agendaState(running('Introduction', minute(0)), minute(0), until).inHand).toBe(5);
    expect(agendaState(running('Breakout', minute(5)), minute(20), until).inHand).toBe(5);
    expect(agendaState(running('Breakout', minute(5)), minute(20), until).endsAt).toBe(minute(90));
  });

  it('shrinks when a segment starts late, is stretched or runs over', () => {
    expect(agendaState(running('Breakout', minute(8)), minute(9), until).inHand).toBe(2);
    expect(
      agendaState(running('Plenary', minute(35), stretched('Plenary', 9)), minute(40), until)
        .inHand,
    ).toBe(-4);
    expect(agendaState(running('Conclusions', minute(65)), minute(87), until).inHand).toBe(3);
  });

  it('grows when a segment is cut, or ended early', () => {
    expect(
      agendaState(running('Plenary', minute(35), stretched('Plenary', -5)), minute(40), until)
        .inHand,
    ).toBe(10);
    expect(agendaState(running('Plenary', minute(30)), minute(30), until).inHand).toBe(10);
  });

  it('counts the reserve no more once it runs', () => {
    expect(agendaState(running('Time in hand', minute(85)), minute(86), until).inHand).toBe(0);
  });

  it('loses no minute to the seconds between a press and the clock’s tick', () => {
    const late = minute(0) + 4000;
    expect(agendaState(running('Introduction', late), late, until).inHand).toBe(5);
  });
});

describe('until when the room may be used', () => {
  it('is as planned from the running segment on', () => {
    expect(plannedEnd(running('Breakout', minute(5)))).toBe(minute(90));
    expect(plannedEnd({ agenda, clock: { segmentId: null, startedAt: null } })).toBeNull();
  });

  it('is what is kept, unless it is of a run long before', () => {
    expect(readUntil(String(minute(90)), minute(0))).toBe(minute(90));
    expect(readUntil(String(minute(90)), minute(24 * 60))).toBeNull();
    expect(readUntil(String(minute(90)), null)).toBe(minute(90));
    expect(readUntil(null, minute(0))).toBeNull();
    expect(readUntil('', minute(0))).toBeNull();
    expect(readUntil('rubbish', minute(0))).toBeNull();
  });

  it('is typed as a time of the day, of the next one around midnight', () => {
    const evening = new Date(2018, 10, 14, 23, 30).getTime();
    expect(momentOf('23:45', evening)).toBe(new Date(2018, 10, 14, 23, 45).getTime());
    expect(momentOf('00:30', evening)).toBe(new Date(2018, 10, 15, 0, 30).getTime());
    expect(momentOf('', evening)).toBeNull();
  });
});
