import { describe, expect, it } from 'vitest';
import { readRelayFrame } from '../../../src/core/protocol/relay-frame.ts';
import { createAssembler, createLane } from '../../../src/core/protocol/relay-lane.ts';
import { forSeeds } from '../../tools/seeded-random.ts';

interface Sent {
  readonly channel: number;
  readonly last: boolean;
  readonly bytes: Uint8Array;
}

/** A lane whose frames are kept, on a clock that stands still unless it is moved. */
function openLane() {
  const sent: Sent[] = [];
  const clock = { ms: 0 };
  const lane = createLane({
    send(bytes) {
      const frame = readRelayFrame(bytes);
      if (frame?.kind === 'part') sent.push(frame);
    },
    now: () => clock.ms,
  });
  return {
    lane,
    sent,
    /** Every part under way so far has arrived, `ms` after it was sent. */
    acknowledge: (ms: number): number => {
      clock.ms += ms;
      const parts = sent.splice(0);
      for (const { bytes } of parts) lane.acknowledge(bytes.length);
      return parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    },
  };
}
const message = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value);
const bytesOf = (sent: readonly Sent[]): number =>
  sent.reduce((sum, { bytes }) => sum + bytes.length, 0);
const MB = 1024 * 1024;

describe('the lane for what is long', () => {
  it('S3: never has more under way than a narrow line takes in within a moment', () => {
    const { lane, sent } = openLane();
    lane.push(1, message(10 * MB));
    // What goes beside the lane, as a ping, stands behind no more than this.
    expect(bytesOf(sent)).toBeGreaterThan(0);
    expect(bytesOf(sent)).toBeLessThanOrEqual(32 * 1024);
    const before = sent.length;
    lane.push(2, message(10));
    expect(sent).toHaveLength(before);
    expect(lane.pending()).toBe(10 * MB + 10);
  });

  it('S4: takes up speed while the line is quick, and gives it up when it is slow', () => {
    const { lane, acknowledge, sent } = openLane();
    const long = message(16 * MB);
    for (let i = 0; i < 40; i += 1) lane.push(1, long);
    const steps = Array.from({ length: 8 }, () => acknowledge(20));
    expect(steps.at(-1)).toBeGreaterThan(20 * (steps[0] ?? Infinity));
    for (let i = 0; i < 8; i += 1) acknowledge(20);
    const fast = bytesOf(sent);
    expect(fast).toBeLessThanOrEqual(9 * MB);
    for (let i = 0; i < 20; i += 1) acknowledge(900);
    expect(bytesOf(sent)).toBeLessThan(fast / 50);
    expect(bytesOf(sent)).toBeGreaterThan(0);
  });

  it('lets documents take turns, so that a short one does not wait for a long one', () => {
    const { lane, acknowledge, sent } = openLane();
    lane.push(1, message(10 * MB));
    acknowledge(20);
    lane.push(2, message(1_000));
    lane.push(3, message(1_000));
    let arrived: Sent[] = [];
    for (let i = 0; i < 3; i += 1) {
      arrived = [...arrived, ...sent];
      acknowledge(20);
    }
    expect(arrived.filter(({ channel }) => channel !== 1).map(({ channel }) => channel)).toEqual([
      2, 3,
    ]);
    const before = arrived.findIndex(({ channel }) => channel === 3);
    expect(bytesOf(arrived.slice(0, before))).toBeLessThan(MB / 4);
  });

  it('ends the message that has begun when a document is closed, and forgets the rest', () => {
    const { lane, acknowledge, sent } = openLane();
    lane.push(1, message(100_000, 1));
    lane.push(1, message(100_000, 2));
    lane.push(2, message(50_000, 3));
    const assembler = createAssembler();
    const whole: (readonly [number, number, number])[] = [];
    const take = (): void => {
      for (const { channel, last, bytes } of sent) {
        const done = assembler.add(channel, last, bytes);
        if (done instanceof Uint8Array) whole.push([channel, done.length, done[0] ?? 0]);
      }
      acknowledge(20);
    };
    take();
    lane.drop(1);
    while (sent.length > 0) take();
    expect(whole.toSorted(([a], [b]) => a - b)).toEqual([
      [1, 100_000, 1],
      [2, 50_000, 3],
    ]);
    expect(lane.pending()).toBe(0);
    expect(assembler.held()).toBe(0);
    expect([1, 2].map((channel) => lane.isSending(channel))).toEqual([false, false]);
  });

  it('goes on by what was really sent, whatever the other end says it got', () => {
    const { lane, sent } = openLane();
    lane.push(1, message(MB));
    lane.acknowledge(2 ** 52);
    lane.acknowledge(0);
    for (let i = 0; i < 100; i += 1) lane.acknowledge(1);
    expect(lane.pending()).toBeGreaterThan(0);
    expect(lane.pending()).toBeLessThanOrEqual(MB);
    while (lane.pending() > 0) lane.acknowledge(1_000);
    expect(bytesOf(sent)).toBe(MB);
    lane.acknowledge(5);
    expect(lane.pending()).toBe(0);
  });

  it('everything arrives once, whole and in its document’s order', () => {
    forSeeds(50, (random) => {
      const { lane, sent, acknowledge } = openLane();
      const assembler = createAssembler();
      const expected = new Map<number, number[]>();
      const arrived = new Map<number, number[]>();
      const note = (map: Map<number, number[]>, channel: number, value: number): void => {
        map.set(channel, [...(map.get(channel) ?? []), value]);
      };
      const take = (): void => {
        for (const { channel, last, bytes } of sent) {
          const done = assembler.add(channel, last, bytes);
          if (done instanceof Uint8Array) note(arrived, channel, done.length);
        }
        acknowledge(random.below(800));
      };
      for (let i = 0; i < 60; i += 1) {
        const channel = random.below(4);
        const length = 1 + random.below(random.chance(0.1) ? 300_000 : 300);
        lane.push(channel, message(length));
        note(expected, channel, length);
        if (random.chance(0.4)) take();
      }
      while (lane.pending() > 0) take();
      expect(arrived).toEqual(expected);
    });
  });

  it('does not slow down when much waits: thirty thousand short messages', () => {
    const { lane, acknowledge } = openLane();
    /** Milliseconds for so many messages to a laptop that answers late. */
    const timeFor = (count: number): number => {
      const begin = performance.now();
      for (let i = 0; i < count; i += 1) {
        lane.push(1, message(20));
        lane.pending();
      }
      while (lane.pending() > 0) acknowledge(200);
      return performance.now() - begin;
    };
    timeFor(3_000);
    const few = Math.max(timeFor(3_000), timeFor(3_000));
    // Ten times as many; were each to look at all that wait, it would take a hundred times as long.
    expect(timeFor(30_000)).toBeLessThan(40 * few);
  });
});

describe('the parts of messages', () => {
  it('counts what it holds, and forgets it with the document', () => {
    const assembler = createAssembler();
    expect(assembler.add(1, false, message(100))).toBeNull();
    expect(assembler.add(2, false, message(50))).toBeNull();
    expect([assembler.held(), assembler.isReceiving(1)]).toEqual([150, true]);
    assembler.drop(1);
    expect([assembler.held(), assembler.isReceiving(1)]).toEqual([50, false]);
    expect(assembler.add(2, true, message(1))).toEqual(message(51));
    expect(assembler.held()).toBe(0);
  });

  it('does not keep the frame that a part came in', () => {
    const assembler = createAssembler();
    const frame = message(1_000);
    assembler.add(1, false, frame.subarray(0, 2));
    frame.fill(9);
    expect(assembler.add(1, true, Uint8Array.of(2))).toEqual(Uint8Array.of(1, 1, 2));
  });
});
