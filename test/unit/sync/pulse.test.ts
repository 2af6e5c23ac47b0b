import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createPulse, type PulseSelf } from '../../../src/browser/sync/pulse.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const self: PulseSelf = {
  deviceId: 'group',
  role: 'facilitator',
  plenary: false,
  writing: false,
  waiting: 0,
  receipt: null,
};

it('S3: a laptop that goes on by another address, and back, is heard at once', () => {
  const doc = new Y.Doc();
  const listener = new Awareness(new Y.Doc());
  const heard = createPulse(listener, 'plenary window', () => undefined);
  const ways = [new Awareness(doc), new Awareness(doc)].map((awareness) => ({
    awareness,
    pulse: createPulse(awareness, 'group window', () => undefined),
  }));
  let said = 0;
  for (const [first, other] of [ways, ways.toReversed(), ways]) {
    if (first === undefined || other === undefined) throw new Error('There are two ways');
    for (let beat = 0; beat < 20; beat += 1) {
      first.pulse.beat(self);
      vi.advanceTimersByTime(1_000);
    }
    for (const { awareness, pulse } of [first, other]) {
      said += 1;
      vi.advanceTimersByTime(60);
      pulse.beat({ ...self, waiting: said });
      applyAwarenessUpdate(listener, encodeAwarenessUpdate(awareness, [doc.clientID]), null);
      expect(heard.peers().map(({ waiting }) => waiting)).toEqual([said]);
    }
  }
  listener.destroy();
  for (const { awareness } of ways) awareness.destroy();
});
