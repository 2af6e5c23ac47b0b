import { describe, expect, it } from 'vitest';
import { createFrameMeter } from '../../../src/hub/web/frame-meter.ts';
import { randomFrom } from '../../tools/seeded-random.ts';
import { rawFrame } from './raw-frame.ts';

const BINARY = 2;
const CONTINUATION = 0;
const PING = 9;

describe('following frames by their headers', () => {
  it.for([0, 1, 125, 126, 65_535, 65_536, 100_000])('a message of %i bytes', (length) => {
    const meter = createFrameMeter();
    const frame = rawFrame(BINARY, true, new Uint8Array(length));
    const cut = frame.length - 1;
    expect(meter.take(frame.subarray(0, cut))).toBe(false);
    expect([meter.isUnderWay(), meter.longest()]).toEqual([true, length]);
    expect(meter.take(frame.subarray(cut))).toBe(true);
    expect([meter.isUnderWay(), meter.longest()]).toEqual([false, length]);
  });

  it('knows of 100 MB from the header alone', () => {
    const meter = createFrameMeter();
    meter.take(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 1, 2, 3, 4]));
    expect(meter.longest()).toBe(100 * 1024 * 1024);
  });

  it('adds up fragments, with a ping in between, to their end', () => {
    const meter = createFrameMeter();
    expect(meter.take(rawFrame(BINARY, false, new Uint8Array(3)))).toBe(false);
    expect(meter.take(rawFrame(PING, true, new Uint8Array(5)))).toBe(false);
    expect(meter.take(rawFrame(CONTINUATION, false, new Uint8Array(4)))).toBe(false);
    expect([meter.isUnderWay(), meter.longest()]).toEqual([true, 7]);
    expect(meter.take(rawFrame(CONTINUATION, true, new Uint8Array(0)))).toBe(true);
    meter.take(rawFrame(BINARY, true, new Uint8Array(6)));
    expect([meter.isUnderWay(), meter.longest()]).toEqual([false, 7]);
  });

  it('says the same however the bytes are cut', () => {
    const seed = 20_181_112;
    const random = randomFrom(seed);
    const frames = Array.from({ length: 200 }, () =>
      rawFrame(random.chance(0.2) ? PING : BINARY, true, new Uint8Array(random.below(125))),
    );
    const meter = createFrameMeter();
    let ended = 0;
    for (const frame of frames) {
      for (let at = 0; at < frame.length;) {
        const end = at + 1 + random.below(30);
        if (meter.take(frame.subarray(at, end))) ended += 1;
        at = end;
      }
    }
    expect([ended, meter.isUnderWay()], `seed ${seed}`).toEqual([200, false]);
  });
});
