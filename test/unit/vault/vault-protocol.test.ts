import { describe, expect, it } from 'vitest';
import {
  createFrameJoiner,
  cutIntoFrames,
  MAX_VAULT_FRAME_BYTES,
} from '../../../src/core/protocol/vault-parts.ts';
import {
  decodeVaultReply,
  decodeVaultRequest,
  encodeVaultReply,
  encodeVaultRequest,
} from '../../../src/core/protocol/vault.ts';
import type { VaultReply, VaultRequest } from '../../../src/core/protocol/vault.ts';
import { testKey } from '../hub/laptop.ts';
import { randomFrom } from '../../tools/seeded-random.ts';

const { documentId } = testKey(1);
const hash = new Uint8Array(32).fill(7);
const update = Uint8Array.of(1, 2, 3);

const requests: VaultRequest[] = [
  { type: 'summary', request: 1 },
  { type: 'hashes', request: 2, documentId },
  { type: 'read', request: 3, documentId },
  { type: 'append', request: 4, documentId, update },
  { type: 'compact', request: 5, documentId, replaces: [hash, hash], update },
  { type: 'put', request: 6, key: 'session:abc', text: '{"title":"设计"}' },
  { type: 'forget', request: 7, key: 'session:abc', documentIds: [documentId] },
];
const replies: VaultReply[] = [
  { type: 'done', request: 1 },
  { type: 'failed', request: 2, reason: 'no-space' },
  { type: 'summary', request: 3, records: [['device', 'x']], documents: [[documentId, 12]] },
  { type: 'hashes', request: 4, hashes: [hash] },
  { type: 'updates', request: 5, updates: [update, hash] },
];

describe('the vault’s messages', () => {
  it.for(requests)('are read as they were written: $type', (request) => {
    expect(decodeVaultRequest(encodeVaultRequest(request))).toEqual(request);
  });
  it.for(replies)('are read as they were written, replies too: $type', (reply) => {
    expect(decodeVaultReply(encodeVaultReply(reply))).toEqual(reply);
  });

  it('are refused when they end early or go on', () => {
    for (const request of requests) {
      const message = encodeVaultRequest(request);
      for (let length = 0; length < message.length; length += 1) {
        expect(decodeVaultRequest(message.subarray(0, length))).toBeNull();
      }
      expect(decodeVaultRequest(Uint8Array.from([...message, 0]))).toBeNull();
    }
  });

  it.for([
    ['no document’s id', { type: 'read', request: 1, documentId: '../../etc/passwd' }],
    ['an empty update', { type: 'append', request: 1, documentId, update: new Uint8Array() }],
    ['half a hash', { type: 'compact', request: 1, documentId, replaces: [update], update }],
    ['a key of another kind', { type: 'put', request: 1, key: 'Session 1', text: '' }],
    ['a text beyond measure', { type: 'put', request: 1, key: 'a', text: 'x'.repeat(2 ** 20 + 1) }],
  ] as [string, VaultRequest][])('are refused with %s', ([, request]) => {
    expect(decodeVaultRequest(encodeVaultRequest(request))).toBeNull();
  });

  it('changed by chance, 20,000 times, are refused or are requests, without a throw', () => {
    const random = randomFrom(20_260_301);
    let refused = 0;
    for (let count = 0; count < 20_000; count += 1) {
      const message = encodeVaultRequest(
        requests[count % requests.length] ?? { type: 'summary', request: 1 },
      );
      for (let changes = 1 + random.below(3); changes > 0; changes -= 1) {
        message[random.below(message.length)] = random.below(256);
      }
      const request = decodeVaultRequest(message);
      if (request === null) refused += 1;
      else expect(decodeVaultRequest(encodeVaultRequest(request))).toEqual(request);
    }
    expect(refused).toBeGreaterThan(5_000);
  });
});

describe('frames', () => {
  it('S4: carry a message of any size in parts of 256 KiB at most', () => {
    for (const length of [0, 1, MAX_VAULT_FRAME_BYTES - 1, MAX_VAULT_FRAME_BYTES, 1_000_000]) {
      const message = new Uint8Array(length).map((_, index) => index % 251);
      const frames = cutIntoFrames(message);
      expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThanOrEqual(
        MAX_VAULT_FRAME_BYTES,
      );
      const join = createFrameJoiner(1_000_000);
      const joined = frames.map(join);
      expect(joined.slice(0, -1).every(({ state }) => state === 'more')).toBe(true);
      expect(joined.at(-1)).toEqual({ state: 'whole', message });
    }
  });

  it('are refused when they make a message longer than it may be, or are no frames', () => {
    const join = createFrameJoiner(5);
    expect(join(Uint8Array.of(0, 1, 2, 3))).toEqual({ state: 'more' });
    expect(join(Uint8Array.of(1, 1, 2, 3))).toEqual({ state: 'malformed' });
    for (const frame of [[], [2, 1], [0]]) {
      expect(createFrameJoiner(5)(Uint8Array.from(frame))).toEqual({ state: 'malformed' });
    }
  });
});
