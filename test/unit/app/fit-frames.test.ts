import { describe, expect, it } from 'vitest';
import { fitFrame } from '../../../src/browser/app/fit-frames.ts';
import {
  MAX_DESK_FRAME_BYTES,
  readFromDesk,
} from '../../../src/core/protocol/read-voting-frames.ts';
import type { FromDesk, Part } from '../../../src/core/protocol/voting-frames.ts';

const parts = (count: number, name = 'Group', id = 'g'): readonly Part[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${id}${index}`, name }));
const room = (change: Partial<FromDesk & { type: 'room' }>): FromDesk => ({
  type: 'room',
  session: 's',
  title: 'Security by design',
  stakeholderGroups: parts(2),
  regions: [],
  breakoutGroups: [],
  codes: false,
  ...change,
});
const poll = (id: string, question: string): FromDesk => ({
  type: 'poll',
  form: { id, kind: 'agree', question, options: [], most: 0, objections: true },
  state: 'open',
  closesInMs: null,
  shown: false,
  right: null,
  current: true,
});

describe('what the hub is told', () => {
  it('is the whole of it where the hub takes it', () => {
    const frame = room({ stakeholderGroups: parts(500) });
    expect(fitFrame(frame)).toEqual({ frame, leftOut: 0 });
    expect(fitFrame(poll('p', 'Shall we?')).frame).toEqual(poll('p', 'Shall we?'));
  });

  it.each([
    ['more groups than the hub takes', parts(700), 200],
    ['names that are too long together', parts(500, 'x'.repeat(2_000)), 375],
    ['ids that nobody makes', [...parts(3), ...parts(2, 'Odd', 'y'.repeat(101))], 2],
    ['a group without an id', [...parts(3), { id: '', name: 'Nobody' }], 1],
    ['one name of a megabyte', [{ id: 'a', name: 'x'.repeat(1_000_000) }], 1],
  ])('is as many groups as fit, of %s', (_, stakeholderGroups, leftOut) => {
    const fitted = fitFrame(room({ stakeholderGroups }));
    const json = JSON.stringify(fitted.frame);
    expect(readFromDesk(json)).not.toBeNull();
    expect(json.length).toBeLessThanOrEqual(MAX_DESK_FRAME_BYTES);
    expect(fitted.leftOut).toBe(leftOut);
  });

  it('is nothing of what it would hang up on', () => {
    expect(fitFrame(poll('p'.repeat(101), 'Shall we?')).frame).toBeNull();
    expect(fitFrame(poll('p', 'x'.repeat(300_000))).frame).toBeNull();
    expect(fitFrame({ type: 'taken', id: 'i'.repeat(200), done: true }).frame).toBeNull();
    expect(fitFrame(room({ title: 'x'.repeat(300_000) }))).toEqual({ frame: null, leftOut: 2 });
  });
});
