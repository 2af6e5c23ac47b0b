import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  accessKeyOf,
  directPasswordOf,
  documentIdOf,
  documentIdOfAccessKey,
  documentKeyFrom,
  type DocumentSecret,
  fileKeyOf,
  isDocumentSecret,
} from '../../../src/core/protocol/document-key.ts';

/** The derivation once more, with Node's own hash. */
const derived = (label: string, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(`caucus/${label}/1\0`).update(bytes).digest();

const counting = Uint8Array.from({ length: 32 }, (_, index) => index);

describe('document keys', () => {
  it('are derived as they always were', () => {
    // Fixed for good: another value, and no laptop finds its documents again.
    const { secret, documentId } = documentKeyFrom(counting);
    expect({
      secret,
      documentId,
      accessKey: accessKeyOf(secret),
      directPassword: directPasswordOf(secret),
      fileKey: Buffer.from(fileKeyOf(secret)).toString('base64url'),
    }).toEqual({
      secret: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
      documentId: 'pT72WgOkOPs5u7lQILQvSUyQ50IKBQtNrMH3YPX6ZoU',
      accessKey: 'EHCpfrxIqgH5toZd-tYckj8bZuF-syc8DCV19euKCWU',
      directPassword: 'XJSDaCGg6-tYbKqi0ocsxnXlkkjVV91plmPF1cjPFWY',
      fileKey: 'aCsaDYEyYHe72AT8NcjNpWw1qD3vXRB5sw40pRRvqyM',
    });
  });

  it("agree with Node's hash", () => {
    for (let run = 0; run < 20; run += 1) {
      const bytes = randomBytes(32);
      const { secret, documentId } = documentKeyFrom(bytes);
      const access = derived('access', bytes);
      expect(secret).toBe(bytes.toString('base64url'));
      expect(accessKeyOf(secret)).toBe(access.toString('base64url'));
      expect(documentId).toBe(derived('document', access).toString('base64url'));
      expect(documentIdOf(secret)).toBe(documentId);
      expect(directPasswordOf(secret)).toBe(derived('direct', bytes).toString('base64url'));
      expect(Buffer.from(fileKeyOf(secret))).toEqual(derived('file', bytes));
    }
  });

  it('A1: an access key opens its own document and no other', () => {
    const [one, other] = [documentKeyFrom(counting), documentKeyFrom(counting.toReversed())];
    expect(documentIdOfAccessKey(accessKeyOf(one.secret))).toBe(one.documentId);
    expect(documentIdOfAccessKey(accessKeyOf(other.secret))).toBe(other.documentId);
    expect(one.documentId).not.toBe(other.documentId);
    // Neither the name of a document nor its password at signaling opens it.
    for (const known of [one.documentId, directPasswordOf(one.secret), one.secret]) {
      expect(documentIdOfAccessKey(known)).not.toBe(one.documentId);
    }
  });

  it('A1: what others see is never the secret, and no two are alike', () => {
    const { secret, documentId } = documentKeyFrom(counting);
    const all = [
      secret,
      documentId,
      accessKeyOf(secret),
      directPasswordOf(secret),
      Buffer.from(fileKeyOf(secret)).toString('base64url'),
    ];
    expect(new Set(all).size).toBe(all.length);
    for (const text of all) expect(text).toMatch(/^[\w-]{43}$/u);
  });

  it('takes for an access key only 32 bytes', () => {
    for (const text of ['', 'A', 'x'.repeat(43), 'A'.repeat(42), 'A'.repeat(44), '='.repeat(43)]) {
      expect(documentIdOfAccessKey(text)).toBeNull();
    }
  });

  it('tells a secret from anything else', () => {
    expect(isDocumentSecret('A'.repeat(43))).toBe(true);
    const others = ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}B`, `${'A'.repeat(42)} `];
    for (const other of [...others, null, undefined, 43, {}, counting, ['A'.repeat(43)]]) {
      expect(isDocumentSecret(other)).toBe(false);
    }
  });

  it('throws where a caller passes what is no secret: that is a bug', () => {
    const wrong = 'short' as DocumentSecret;
    for (const derive of [accessKeyOf, documentIdOf, directPasswordOf, fileKeyOf]) {
      expect(() => derive(wrong)).toThrow('32 bytes');
    }
    expect(() => documentKeyFrom(counting.subarray(1))).toThrow('32 random bytes');
  });
});
