import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPhones, type Phone, type Phones } from '../../../../src/hub/voting/phones.ts';

const ROUND_MS = 30_000;
const COUNT = 300;

describe('asking phones whether they are there', () => {
  let asked: Phone[] = [];
  let dropped: { readonly phone: Phone; readonly reason: string }[] = [];
  let phones: Phones;

  function phone(): Phone {
    const made: Phone = {
      socket: { OPEN: 1, readyState: 1, ping: () => asked.push(made) } as unknown as WebSocket,
      raw: {} as Socket,
      address: '192.168.4.20',
      voter: '',
      speaksAs: '',
      isIn: false,
      waitsWith: null,
      left: 0,
      leftAt: 0,
      strikes: 0,
      isThere: true,
      part: 0,
      heardRoom: 0,
      heardPoll: 0,
    };
    phones.add(made);
    return made;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    dropped = [];
    phones = createPhones({
      now: () => performance.now(),
      drop: (gone, reason) => {
        dropped.push({ phone: gone, reason });
        phones.delete(gone);
      },
      pingEveryMs: ROUND_MS,
    });
  });
  afterEach(() => {
    phones.stop();
    vi.useRealTimers();
  });

  it('asks each once a round, and never many at a time', () => {
    const all = Array.from({ length: COUNT }, phone);
    let most = 0;
    for (let second = 0; second < ROUND_MS / 1_000; second += 1) {
      const before = asked.length;
      vi.advanceTimersByTime(1_000);
      most = Math.max(most, asked.length - before);
    }
    expect(new Set(asked)).toEqual(new Set(all));
    expect(asked).toHaveLength(COUNT);
    expect(most).toBe(COUNT / 30);
  });

  it('lets go, a round later, of who has not answered, and of nobody else', () => {
    const silent = phone();
    const honest = phone();
    for (let second = 0; second < (2 * ROUND_MS) / 1_000; second += 1) {
      vi.advanceTimersByTime(1_000);
      honest.isThere = true;
    }
    expect(dropped).toEqual([{ phone: silent, reason: 'gone' }]);
    expect([...phones.all()]).toEqual([honest]);
  });
});
