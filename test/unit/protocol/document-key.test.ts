import { createHash, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  accessKeyOf,
  directPasswordOf,
  documentIdOf,
  documentIdOfAccessKey,
  documentKeyFrom,
  type DocumentSecret,
  documentKeyOf,
  documentSeedOf,
  fileKeyOf,
  isDocumentSecret,
  mayWrite,
  readersSecretOf,
  verifyingKeyOf,
  writeKeyOf,
} from '../../../src/core/protocol/document-key.ts';
import { sessionKeyOf } from '../../../src/core/protocol/session-key.ts';

/** The derivation once more, with Node's own hash. */
const derived = (label: string, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(`caucus/${label}/1\0`).update(bytes).digest();

const base64url = (bytes: Uint8Array | null): string =>
  bytes === null ? 'null' : Buffer.from(bytes).toString('base64url');
const counting = Uint8Array.from({ length: 32 }, (_, index) => index);

describe('document keys', () => {
  it('are derived as they always were', () => {
    // Fixed for good: another value, and no laptop finds its documents again.
    const { secret, documentId } = documentKeyFrom(counting);
    expect({
      secret,
      documentId,
      readersSecret: readersSecretOf(secret),
      accessKey: base64url(accessKeyOf(secret)),
      writeKey: base64url(writeKeyOf(secret)),
      directPassword: directPasswordOf(secret),
      fileKey: base64url(fileKeyOf(secret)),
    }).toEqual({
      secret: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
      documentId: 'ngq-5y-XjNKZ4vWVKXvv_F1KRH1H5tyFD4t6mB02XvE',
      readersSecret:
        'rLSxv9OajoeuDP1OOHFrI3Z8MzRytObyMkPsmaRsvb-0rhVbpnwYD4Inn033NjENy_ebZOl7iBJmkVoNbXUx05Y',
      accessKey: 'LQuzTLj7CFVMt50O2u2k9BOEx-Palij52yD9yUQz5Uo',
      writeKey: 'dJouvWacZpDgfhbYD73q66CAc59EaXsmAa6xdPglULo',
      directPassword: 'XJSDaCGg6-tYbKqi0ocsxnXlkkjVV91plmPF1cjPFWY',
      fileKey: 'KCzgc7igHhEcpoyJl7qImpqcD-QhAf6l3knGLPsV9nY',
    });
  });

  it("agree with Node's hash", () => {
    for (let run = 0; run < 20; run += 1) {
      const bytes = randomBytes(32);
      const { secret, documentId } = documentKeyFrom(bytes);
      const read = derived('read', bytes);
      const access = derived('access', read);
      expect(secret).toBe(bytes.toString('base64url'));
      // Node makes an Ed25519 key of a seed where it stands in DER (RFC 8410, section 7).
      const der = Buffer.from('302e020100300506032b657004220420', 'hex');
      const seed = Buffer.concat([der, derived('sign', bytes)]);
      const signing = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' });
      const verifying = createPublicKey(signing).export({ format: 'jwk' }).x ?? '';
      expect(readersSecretOf(secret)).toBe(`r${read.toString('base64url')}${verifying}`);
      expect(base64url(accessKeyOf(secret))).toBe(access.toString('base64url'));
      expect(base64url(writeKeyOf(secret))).toBe(derived('write', bytes).toString('base64url'));
      expect(documentId).toBe(derived('document', access).toString('base64url'));
      expect(documentIdOf(secret)).toBe(documentId);
      expect(directPasswordOf(secret)).toBe(derived('direct', bytes).toString('base64url'));
      expect(Buffer.from(fileKeyOf(secret))).toEqual(derived('file', read));
    }
  });

  it('A1: an access key opens its own document and no other', () => {
    const [one, other] = [documentKeyFrom(counting), documentKeyFrom(counting.toReversed())];
    expect(documentIdOfAccessKey(accessKeyOf(one.secret))).toBe(one.documentId);
    expect(documentIdOfAccessKey(accessKeyOf(other.secret))).toBe(other.documentId);
    expect(one.documentId).not.toBe(other.documentId);
    // Neither the name of a document nor its password at signaling opens it.
    const decode = (text: string | null): Uint8Array => Buffer.from(text ?? '', 'base64url');
    for (const known of [
      decode(one.documentId),
      decode(directPasswordOf(one.secret)),
      decode(one.secret),
      writeKeyOf(one.secret) ?? counting,
    ]) {
      expect(documentIdOfAccessKey(known)).not.toBe(one.documentId);
    }
  });

  it("A2: a reader's secret opens the same document, and makes nothing that may write it", () => {
    const { secret, documentId } = documentKeyFrom(counting);
    const readers = readersSecretOf(secret);
    expect([mayWrite(secret), mayWrite(readers)]).toEqual([true, false]);
    expect(documentKeyOf(readers)).toEqual({ documentId, secret: readers });
    expect(accessKeyOf(readers)).toEqual(accessKeyOf(secret));
    expect(fileKeyOf(readers)).toEqual(fileKeyOf(secret));
    expect(writeKeyOf(readers)).toBeNull();
    expect(directPasswordOf(readers)).toBeNull();
    // Handing it on makes it no stronger.
    expect(readersSecretOf(readers)).toBe(readers);
    // Nor does taking the read key for a writer's secret.
    const asWriter = readers.slice(1, 44) as DocumentSecret;
    // What a writer signs it can tell, and sign nothing itself.
    expect(documentSeedOf(readers)).toBeNull();
    const seed = documentSeedOf(secret);
    if (seed === null) throw new Error('Who may write signs');
    expect(verifyingKeyOf(readers)).toBe(sessionKeyOf(seed));
    expect(verifyingKeyOf(secret)).toBe(sessionKeyOf(seed));
    expect(documentSeedOf(asWriter)).not.toBe(seed);
    expect(documentIdOf(asWriter)).not.toBe(documentId);
    expect(writeKeyOf(asWriter)).not.toEqual(writeKeyOf(secret));
  });

  it('A1: what others see is never the secret, and no two are alike', () => {
    const { secret, documentId } = documentKeyFrom(counting);
    const all = [
      secret,
      documentId,
      readersSecretOf(secret).slice(1, 44),
      readersSecretOf(secret).slice(44),
      documentSeedOf(secret),
      base64url(accessKeyOf(secret)),
      base64url(writeKeyOf(secret)),
      directPasswordOf(secret),
      base64url(fileKeyOf(secret)),
    ];
    expect(new Set(all).size).toBe(all.length);
    for (const text of all) expect(text).toMatch(/^[\w-]{43}$/u);
  });

  it('tells a secret from anything else', () => {
    expect(isDocumentSecret('A'.repeat(43))).toBe(true);
    expect(isDocumentSecret(`r${'A'.repeat(86)}`)).toBe(true);
    const others = [
      '',
      'r',
      `r${'A'.repeat(43)}`,
      `r${'A'.repeat(85)}B`,
      `R${'A'.repeat(43)}`,
      `r${'A'.repeat(42)}B`,
    ];
    others.push('A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}B`, `${'A'.repeat(42)} `);
    for (const other of [...others, null, undefined, 43, {}, counting, ['A'.repeat(43)]]) {
      expect(isDocumentSecret(other)).toBe(false);
    }
  });

  it('throws where a caller passes what is no secret: that is a bug', () => {
    const wrong = 'short' as DocumentSecret;
    for (const derive of [accessKeyOf, writeKeyOf, readersSecretOf, documentIdOf, fileKeyOf]) {
      expect(() => derive(wrong)).toThrow('32 bytes');
    }
    expect(() => documentKeyFrom(counting.subarray(1))).toThrow('32 random bytes');
  });
});
