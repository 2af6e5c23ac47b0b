import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWaitingRoom } from '../../../src/hub/web/waiting-room.ts';

const HEAD_MS = 5_000;

/** A room with so many in it who say nothing; and how many of them have been ended. */
function openRoom(silent: number) {
  let ended = 0;
  const room = createWaitingRoom({
    most: 10_000,
    headMs: HEAD_MS,
    requestMs: 10_000,
    maxHeadBytes: 4_096,
    requests: null,
    onReady: () => undefined,
    onRefused: () => undefined,
    now: () => performance.now(),
  });
  for (let number = 0; number < silent; number += 1) {
    const socket = Object.assign(new EventEmitter(), {
      remoteAddress: '192.168.4.20',
      resetAndDestroy: () => {
        ended += 1;
      },
    });
    room.enter(socket as unknown as Socket);
  }
  return { room, ended: () => ended };
}

describe('the waiting room', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends thousands whose time is up a few at a time, so that nothing else waits for it', () => {
    const { room, ended } = openRoom(1_000);
    vi.advanceTimersByTime(HEAD_MS);
    expect(ended()).toBe(0);
    const steps: number[] = [];
    for (let before = 0; before < 1_000; before = ended()) {
      vi.advanceTimersByTime(100);
      steps.push(ended() - before);
      if (steps.length > 20) break;
    }
    expect(ended()).toBe(1_000);
    expect(Math.max(...steps)).toBeLessThanOrEqual(200);
    room.close();
  });
});
