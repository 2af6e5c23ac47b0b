import { getCiphers } from 'node:crypto';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { nobleKeyAgreement } from '../../../src/core/protocol/noble-key-agreement.ts';
import {
  answerSecureChannel,
  beginSecureChannel,
  HELLO_BYTES,
  hubIdOf,
  type KeyAgreement,
  nobleAead,
  REPLY_BYTES,
  type SecureChannel,
} from '../../../src/core/protocol/secure-channel.ts';
import { systemAead } from '../../../src/hub/relay/system-aead.ts';
import { keyPairFrom, systemKeyAgreement } from '../../../src/hub/relay/system-key-agreement.ts';
import { firstSeed, forSeeds, randomFrom } from '../../tools/seeded-random.ts';

const range = (from: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, at) => from + at);
const noble = (secretKey?: Uint8Array): KeyAgreement =>
  nobleKeyAgreement((length) => secretKey ?? crypto.getRandomValues(new Uint8Array(length)));
const hub = keyPairFrom(range(65));

interface Pair {
  readonly app: SecureChannel;
  readonly hub: SecureChannel;
}
const openssl = systemAead(getCiphers());
function open(
  app: KeyAgreement = noble(),
  server: KeyAgreement = systemKeyAgreement,
  aead = openssl,
): Pair {
  const begun = beginSecureChannel(app, '/relay');
  const answered = answerSecureChannel(server, '/relay', hub, begun.hello, aead);
  const channel = begun.finish(answered?.reply ?? new Uint8Array());
  if (answered === null || channel === null) throw new Error('No channel');
  return { app: channel, hub: answered.channel };
}

describe('a secure channel', () => {
  it.each([
    ['JavaScript', nobleAead],
    ['the system', openssl],
  ])(
    'is Noise_NX_25519_ChaChaPoly_SHA256, as another implementation speaks it, by %s',
    (_, aead) => {
      // Printed by dissononce 0.34.3 (Python) with these keys and this prologue.
      const begun = beginSecureChannel(noble(range(1)), '/relay');
      expect(bytesToHex(begun.hello)).toBe(
        '07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c',
      );
      const answered = answerSecureChannel(noble(range(33)), '/relay', hub, begun.hello, aead);
      expect(bytesToHex(answered?.reply ?? new Uint8Array())).toBe(
        '5869aff450549732cbaaed5e5df9b30a6da31cb0e5742bad5ad4a1a768f1a67bca96f19dcd22e5716b8f726952' +
          'beef2b68b0ef9114bec2c1c7a349386885d9f65faf59a750ae05d3f8fb1f07312fa78c253e0e050823db6c73' +
          '0136e23088b94f',
      );
      const app = begun.finish(answered?.reply ?? new Uint8Array());
      expect(bytesToHex(app?.binding ?? new Uint8Array())).toBe(
        '4674c86dd730fdf75c4473816b359964611b8373e4c0ece2b225426dc62c7e79',
      );
      const sealed = ['first', 'second'].map((text) => app?.seal(utf8ToBytes(text)) ?? range(0));
      expect(sealed.map(bytesToHex)).toEqual([
        '3103a293e9e97cb219e239a6d0ee9f21333af42f9e',
        '96ca6c2d1387f62747a24ffffb62acba5e761395a379',
      ]);
      const fromHub = hexToBytes('2fb337af9f72ed507d4dbf02e1d296fec5a1c7900349f5');
      expect(answered?.channel.seal(utf8ToBytes('welcome'))).toEqual(fromHub);
      expect(sealed.map((bytes) => answered?.channel.open(bytes))).toEqual(
        ['first', 'second'].map(utf8ToBytes),
      );
      expect(app?.open(fromHub)).toEqual(utf8ToBytes('welcome'));
    },
  );

  it('does with JavaScript where the system has no such cipher', () => {
    expect(systemAead(['aes-256-gcm'])).toBe(nobleAead);
    expect(openssl).not.toBe(nobleAead);
  });

  it("opens between a page's key agreement and the system's, both ways round", () => {
    for (const pair of [open(), open(systemKeyAgreement, noble(), nobleAead)]) {
      expect(pair.app.binding).toEqual(pair.hub.binding);
      expect(pair.app.hubKey).toEqual(hub.publicKey);
      for (const [from, to] of [
        [pair.app, pair.hub],
        [pair.hub, pair.app],
      ] as const) {
        for (const text of ['one', '', 'three']) {
          expect(to.open(from.seal(utf8ToBytes(text)))).toEqual(utf8ToBytes(text));
        }
      }
    }
  });

  it('is another one each time, and calls the hub by its key', () => {
    expect(open().app.binding).not.toEqual(open().app.binding);
    expect(hubIdOf(hub.publicKey)).toMatch(/^[\w-]{22}$/u);
    expect(hubIdOf(hub.publicKey)).toBe(hubIdOf(open().app.hubKey));
  });

  it('A1: whoever answers in the middle has another binding with each end', () => {
    const stranger = keyPairFrom(range(100));
    const begun = beginSecureChannel(noble(), '/relay');
    const toApp = answerSecureChannel(systemKeyAgreement, '/relay', stranger, begun.hello);
    const app = begun.finish(toApp?.reply ?? new Uint8Array());
    const toHub = beginSecureChannel(noble(), '/relay');
    const atHub = answerSecureChannel(systemKeyAgreement, '/relay', hub, toHub.hello);
    expect(app).not.toBeNull();
    expect(app?.binding).not.toEqual(atHub?.channel.binding);
  });

  it('refuses what was changed, doubled, left out, cut off or comes from its own end', () => {
    const fresh = () => {
      const pair = open();
      return { ...pair, sealed: ['a', 'b'].map((text) => pair.app.seal(utf8ToBytes(text))) };
    };
    const changed = fresh();
    const [first = range(0), second = range(0)] = changed.sealed;
    first[0] = (first[0] ?? 0) ^ 1;
    expect(changed.hub.open(first)).toBeNull();
    const doubled = fresh();
    expect(doubled.hub.open(doubled.sealed[0] ?? second)).not.toBeNull();
    expect(doubled.hub.open(doubled.sealed[0] ?? second)).toBeNull();
    const left = fresh();
    expect(left.hub.open(left.sealed[1] ?? second)).toBeNull();
    const cut = fresh();
    expect(cut.hub.open((cut.sealed[0] ?? second).subarray(0, -1))).toBeNull();
    expect(open().hub.open(new Uint8Array(3))).toBeNull();
    const own = fresh();
    expect(own.app.open(own.sealed[0] ?? second)).toBeNull();
  });

  it('does not open for a hello or a reply of another length, of small order or on another path', () => {
    const answer = (hello: Uint8Array, path = '/relay') =>
      answerSecureChannel(systemKeyAgreement, path, hub, hello);
    expect(answer(new Uint8Array(HELLO_BYTES - 1))).toBeNull();
    // The point zero gives the same secret to everybody (RFC 7748, section 6.1).
    expect(answer(new Uint8Array(HELLO_BYTES))).toBeNull();
    expect(answerSecureChannel(noble(), '/relay', hub, new Uint8Array(HELLO_BYTES))).toBeNull();
    const begun = beginSecureChannel(noble(), '/relay');
    expect(begun.finish(new Uint8Array(REPLY_BYTES - 1))).toBeNull();
    expect(beginSecureChannel(noble(), '/relay').finish(new Uint8Array(REPLY_BYTES))).toBeNull();
    const other = beginSecureChannel(noble(), '/relay');
    expect(other.finish(answer(other.hello, '/join')?.reply ?? range(0))).toBeNull();
  });

  it(`does not open for a reply that was changed anywhere (CAUCUS_SEED=${firstSeed})`, () => {
    const random = randomFrom(firstSeed);
    for (let at = 0; at < REPLY_BYTES; at += 1) {
      const begun = beginSecureChannel(noble(), '/relay');
      const reply = answerSecureChannel(systemKeyAgreement, '/relay', hub, begun.hello)?.reply;
      const bytes = Uint8Array.from(reply ?? []);
      // The top bit of an X25519 key does not count (RFC 7748, section 5).
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(at === 31 ? 7 : 8));
      expect(begun.finish(bytes), `byte ${at}`).toBeNull();
    }
  });

  it('takes whatever bytes without a fault', () => {
    forSeeds(20, (random) => {
      const bytes = Uint8Array.from({ length: random.below(200) }, () => random.below(256));
      expect(() => open().hub.open(bytes)).not.toThrow();
      expect(() => beginSecureChannel(noble(), '/relay').finish(bytes)).not.toThrow();
      expect(() => answerSecureChannel(systemKeyAgreement, '/relay', hub, bytes)).not.toThrow();
    });
  });
});
