import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  MAX_RELAY_FRAME_BYTES,
  readRelayFrame,
  type RelayFrame,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';
import { sessionKeyOf, signingSeedFrom } from '../../../src/core/protocol/session-key.ts';
import { forSeeds } from '../../tools/seeded-random.ts';
import { everyFrame, mutate } from '../hub/forged-frames.ts';
import { testKey } from '../hub/laptop.ts';

const { documentId } = testKey(1);
const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
const stateVector = Y.encodeStateVector(
  new Map([
    [1, 2],
    [4_000_000_000, 70_000],
  ]),
);

const sessionKey = sessionKeyOf(signingSeedFrom(bytes(32, 9)));

const frames: readonly RelayFrame[] = [
  { kind: 'welcome', protocol: 1, hubId: 'h'.repeat(22), time: 1_700_000_000_000 },
  { kind: 'bring', channel: 0, accessKey: bytes(32, 1), writeKey: bytes(32, 2), sessionKey },
  { kind: 'bring', channel: 300, accessKey: bytes(32, 1), writeKey: null, sessionKey: null },
  { kind: 'open', channel: 100_000, documentId, nonce: bytes(16, 3) },
  { kind: 'challenge', channel: 1, nonce: bytes(16, 4), proof: bytes(32, 5) },
  { kind: 'prove', channel: 1, proof: bytes(32, 6), pass: bytes(200, 1) },
  { kind: 'prove', channel: 1, proof: bytes(32, 6), pass: bytes(0, 1) },
  {
    kind: 'revoke',
    sessionKey,
    ticketIds: ['one', 'two'],
    groups: [{ groupId: 'g', before: 1_795_000_000_000 }],
    setAside: [documentId],
    boxes: bytes(50, 4),
  },
  { kind: 'boxes', channel: 1, boxes: bytes(50, 4) },
  { kind: 'revoke', sessionKey, ticketIds: [], groups: [], setAside: [], boxes: bytes(0, 0) },
  { kind: 'opened', channel: 1, mayWrite: true },
  { kind: 'opened', channel: 1, mayWrite: false },
  { kind: 'refused', channel: 1, reason: 'wrong-key' },
  { kind: 'refused', channel: 1, reason: 'too-many-documents' },
  { kind: 'refused', channel: 1, reason: 'hub-full' },
  { kind: 'refused', channel: 1, reason: 'no-pass' },
  { kind: 'refused', channel: 1, reason: 'pass-expired' },
  { kind: 'refused', channel: 1, reason: 'taken-back' },
  { kind: 'close', channel: 1 },
  { kind: 'have', channel: 1, stateVector },
  { kind: 'have', channel: 1, stateVector: Uint8Array.of(0) },
  { kind: 'part', channel: 1, last: false, bytes: bytes(100, 7) },
  { kind: 'part', channel: 1, last: true, bytes: bytes(1, 7) },
  { kind: 'got', bytes: 2 ** 40 },
  { kind: 'joined', channel: 1 },
  { kind: 'say', channel: 1, presence: bytes(20, 8) },
  { kind: 'signal', channel: 1, sealed: bytes(64 * 1024, 9) },
  { kind: 'ping', number: 7 },
  { kind: 'pong', number: 7, time: 0 },
];

describe('relay frames', () => {
  it.for(frames.map((frame) => [frame.kind, frame] as const))('%s arrives as sent', ([, frame]) => {
    expect(readRelayFrame(writeRelayFrame(frame))).toEqual(frame);
  });

  it.for(frames.map((frame) => [frame.kind, frame] as const))(
    '%s is refused when it is cut off',
    ([kind, frame]) => {
      const whole = writeRelayFrame(frame);
      // What goes to the end of the frame says the less the more is cut off, and something all the same.
      const open = ['have', 'part', 'say', 'signal'].includes(kind);
      const head = open ? 3 : whole.length;
      for (let length = 0; length < head; length += 1) {
        if (length < 2 || !open) expect(readRelayFrame(whole.subarray(0, length))).toBeNull();
      }
    },
  );

  it.for(
    frames
      .filter(({ kind }) => !['part', 'say', 'signal'].includes(kind))
      .map((frame) => [frame.kind, frame] as const),
  )('%s is refused with a byte more', ([, frame]) => {
    expect(readRelayFrame(Uint8Array.from([...writeRelayFrame(frame), 0]))).toBeNull();
  });

  it.for([
    ['a kind that does not exist', [16, 1]],
    ['a channel that no laptop has', [7, 0xff, 0xff, 0xff, 0x7f]],
    ['a number that is none', [12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a moment that no clock shows', [14, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['neither true nor false', [5, 1, 2]],
    ['an unknown refusal', [6, 1, 6]],
    ['a nonce that is too short', [4, 1, 1, 0, 32, ...bytes(32, 0)]],
    ['an empty part', [9, 1, 1]],
    ['no state vector', [8, 1, 1, 1]],
    ['a client that Yjs would not draw', [8, 1, 1, 0x80, 0x80, 0x80, 0x80, 0x10, 1]],
  ] as const)('is refused: %s', ([, frame]) => {
    expect(readRelayFrame(Uint8Array.from(frame))).toBeNull();
  });

  it('is refused where it is larger than any frame', () => {
    const frame = writeRelayFrame({
      kind: 'part',
      channel: 1,
      last: true,
      bytes: bytes(MAX_RELAY_FRAME_BYTES, 1),
    });
    expect(readRelayFrame(frame)).toBeNull();
  });

  it('whatever the damage, it is read as a frame that could be sent, or not at all', () => {
    const whole = everyFrame(testKey(1));
    let refused = 0;
    forSeeds(2_000, (random) => {
      const damaged = mutate(whole, random);
      const read = readRelayFrame(damaged);
      if (read === null) refused += 1;
      else expect(readRelayFrame(writeRelayFrame(read))).toEqual(read);
    });
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(1_900);
  });
});
