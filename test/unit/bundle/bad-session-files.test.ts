import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { constants, deflateRawSync } from 'node:zlib';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { saveLackingFile, saveSessionFile } from '../../../src/browser/app/session-file.ts';
import {
  type FileDocument,
  MAX_UNPACKED_BYTES,
  packSessionFile,
} from '../../../src/core/bundle/session-file.ts';
import { toBase64Url } from '../../../src/core/protocol/base64url.ts';
import { fileKeyOf } from '../../../src/core/protocol/document-key.ts';
import { MAX_FILE_BYTES } from '../../../src/core/protocol/machine.ts';
import type { SessionId } from '../../../src/core/session/ids.ts';
import type { DocumentKind } from '../../../src/core/session/schema.ts';
import { settledUpdate } from '../../../src/core/session/state-vector.ts';
import { firstSeed, randomFrom } from '../../tools/seeded-random.ts';
import { copyOf } from '../session/laptops.ts';
import {
  type FileLaptop,
  key,
  note,
  receiptsOf,
  session,
  stateOf,
  takeIn,
  writeSummary,
} from './file-laptops.ts';

/**
 * "Refused within 1 s", counted as the processor's time, because tests share it with others; twice
 * that, because they also share its caches.
 */
const MOST_MS = 2_000;

const { mine, copy } = session({ hasReport: true });
const laptop = copy('plenary');
note(mine.group, 'x'.repeat(20_000));
const whole = saveSessionFile(mine, 1);
const lacking = saveLackingFile(mine, 1, receiptsOf(laptop, 1))?.bytes ?? new Uint8Array();
const rapporteur = copy('rapporteur', 'rapporteur');
writeSummary(rapporteur, 'A summary that nobody else has yet');
const reported = saveSessionFile(rapporteur, 1);
const files = [whole, lacking, reported];
const before = stateOf(laptop);

function expectRefused(bytes: Uint8Array, reason: string, to: FileLaptop = laptop): void {
  const state = to === laptop ? before : stateOf(to);
  const start = process.threadCpuUsage();
  const result = takeIn(bytes, to);
  const { user, system } = process.threadCpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(MOST_MS);
  expect(result).toMatchObject({ ok: false, reason });
  expect(stateOf(to)).toBe(state);
}

/** Bytes with a checksum that fits, as somebody would make who means harm. */
const resealed = (body: Uint8Array): Uint8Array => Buffer.concat([body, sha256(body)]);

/** A file with any header and parts, sealed by who has the keys. */
function forged(
  header: (parts: readonly { sealed: number }[]) => unknown,
  plains: readonly Uint8Array[] = [],
  version = 2,
): Uint8Array {
  const parts = plains.map((plain) => ({ sealed: plain.length + 16 }));
  const json = Buffer.from(JSON.stringify(header(parts)));
  const sealed = plains.map((plain, index) =>
    xchacha20poly1305(
      fileKeyOf(key(2).secret),
      new Uint8Array(24),
      Buffer.concat([json, Uint8Array.of(index & 255, index >> 8, 0, 0)]),
    ).encrypt(plain),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return resealed(
    Buffer.concat([Buffer.from('CAUCUSSF'), Uint8Array.of(version), length, json, ...sealed]),
  );
}
const part = (sealed: number, size: number, more: object = {}) => ({
  id: key(2).documentId,
  kind: 'group',
  nonce: toBase64Url(new Uint8Array(24)),
  sealed,
  size,
  ...more,
});
const headerOf = (parts: unknown, more: object = {}) => ({
  session: mine.sessionId,
  title: 'A workshop',
  savedAt: 1,
  parts,
  ...more,
});
const empty = deflateSync(new Uint8Array());
/** A file with one group part whose deflated content is `plain` and whose claim is `size`. */
const withPart = (plain: Uint8Array, size: number, more: object = {}): Uint8Array =>
  forged(([one]) => headerOf([part(one?.sealed ?? 0, size, more)]), [plain]);

describe('a bad session file is refused, and nothing is changed', () => {
  it('cut off at every 1/50 of its length', () => {
    for (const file of files) {
      for (let cut = 0; cut < 50; cut += 1) {
        expectRefused(file.slice(0, Math.floor((file.length * cut) / 50)), 'damaged');
      }
    }
  });

  it(`with bits flipped: 3,750 seeded ones, and every bit of its beginning (seeds from ${firstSeed})`, () => {
    const random = randomFrom(firstSeed);
    const flips = Array.from({ length: 3_750 }, (_, index) => {
      const file = files[index % files.length] ?? whole;
      const bits = 1 + random.below(3);
      return { file, at: Array.from({ length: bits }, () => random.below(file.length * 8)) };
    });
    for (let bit = 0; bit < 16 * 8; bit += 1) {
      for (const file of [whole, reported]) flips.push({ file, at: [bit] });
    }
    for (const { file, at } of flips) {
      const flipped = file.slice();
      for (const bit of new Set(at))
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const reason = at.some((bit) => bit < 8 * 8) ? 'not-a-session-file' : 'damaged';
      expect(takeIn(flipped, laptop), `bits ${at.join(', ')}`).toMatchObject({ ok: false, reason });
    }
    expect(stateOf(laptop)).toBe(before);
  });

  it('with a checksum that fits but contents that were changed', () => {
    for (const file of files) {
      for (let at = 9; at < file.length - 32; at += 3) {
        const body = file.slice(0, -32);
        body[at] = (body[at] ?? 0) ^ 1;
        expect(takeIn(resealed(body), laptop).ok, `byte ${at}`).toBe(false);
      }
    }
    expect(stateOf(laptop)).toBe(before);
  });

  it('of another version', () => {
    const as = (version: number): Uint8Array => {
      const body = whole.slice(0, -32);
      body[8] = version;
      return resealed(body);
    };
    expectRefused(as(4), 'newer-version');
    expectRefused(as(255), 'newer-version');
    expectRefused(as(0), 'damaged');
    // Sealed as version 2, so the seal fits the header but a version 1 has no such parts.
    const disguised = lacking.slice(0, -32);
    disguised[8] = 1;
    expectRefused(resealed(disguised), 'damaged');
    // Nor has one before version 3 a report.
    for (const version of [1, 2]) {
      const older = reported.slice(0, -32);
      older[8] = version;
      expectRefused(resealed(older), 'damaged');
      expectRefused(
        forged(
          ([one]) => headerOf([part(one?.sealed ?? 0, 0, { kind: 'report' })]),
          [empty],
          version,
        ),
        'damaged',
      );
    }
    expect(takeIn(reported, copy('another'))).toMatchObject({ ok: true });
  });

  it('of another session', () => {
    expectRefused(
      saveSessionFile({ ...mine, sessionId: 'another' as SessionId }, 1),
      'other-session',
    );
  });

  it('that is something else altogether', () => {
    expectRefused(new Uint8Array(0), 'damaged');
    expectRefused(Buffer.from('PK\u0003\u0004 a word document'), 'not-a-session-file');
    expectRefused(Buffer.from('CAUCUSSF'), 'damaged');
    expectRefused(new Uint8Array(100_000), 'not-a-session-file');
    expectRefused(resealed(Buffer.from('CAUCUSSF\u0001\u0002\u0000\u0000\u0000{}')), 'damaged');
    expectRefused(
      forged(() => null),
      'damaged',
    );
    expectRefused(
      forged(() => [[[]]]),
      'damaged',
    );
  });

  it('larger than any file that is read', () => {
    expectRefused(new Uint8Array(MAX_FILE_BYTES + 1), 'too-large');
  });
});

describe('a file that means harm is refused, and nothing is changed', () => {
  it('claims gigabytes: in the header’s length, in a part, in all parts together', () => {
    const long = whole.slice(0, -32);
    new DataView(long.buffer).setUint32(9, 0xffff_ffff, true);
    expectRefused(resealed(long), 'damaged');
    const small = deflateSync(new Uint8Array(1_000));
    for (const size of [2 ** 31, 2 ** 32, 2 ** 40]) {
      expectRefused(withPart(small, size), 'too-large');
    }
    expectRefused(withPart(small, MAX_UNPACKED_BYTES), 'damaged');
    expectRefused(withPart(small, -1), 'damaged');
    expectRefused(withPart(small, 0.5), 'damaged');
    expectRefused(
      forged(() => headerOf([part(2 ** 40, 10)])),
      'damaged',
    );
    const many = Array.from({ length: 200 }, () => part(16, MAX_UNPACKED_BYTES / 128));
    expectRefused(
      forged(() => headerOf(many), [new Uint8Array(199 * 16)]),
      'too-large',
    );
  });

  it('unpacks to gigabytes though sealed with the right key', () => {
    // 64 MB of zeros in 64 KB, again and again; the last block is empty.
    const zeros = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), {
      finishFlush: constants.Z_FULL_FLUSH,
    });
    const bomb = Buffer.concat([...Array<Uint8Array>(64).fill(zeros), Uint8Array.of(3, 0)]);
    for (const size of [0, 1_000, 1_000_000, 100 * 1024 * 1024]) {
      expectRefused(withPart(bomb, size), 'damaged');
    }
    expectRefused(withPart(bomb, 4 * 1024 * 1024 * 1024), 'too-large');
  }, 60_000);

  it('has 10,000 parts', () => {
    const parts = Array.from({ length: 10_000 }, () => part(16, 0));
    expectRefused(
      forged(() => headerOf(parts), [new Uint8Array(16 * 10_000 - 16)]),
      'damaged',
    );
  });

  it('has a title of a megabyte, or a title, a time or an owner that is none', () => {
    for (const more of [
      { title: 'x'.repeat(1024 * 1024) },
      { title: 'x'.repeat(301) },
      { title: 7 },
      { savedAt: 'yesterday' },
      { session: '' },
      { from: { device: 'a', role: 'emperor', group: null, plenary: true } },
      { from: { device: 'x'.repeat(65), role: 'moderator', group: null, plenary: true } },
    ]) {
      expectRefused(
        forged(() => headerOf([], more)),
        'damaged',
      );
    }
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = JSON.stringify(headerOf([])).replace('"A workshop"', deep);
    const json = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    expectRefused(
      resealed(Buffer.concat([Buffer.from('CAUCUSSF'), Uint8Array.of(1), length, json])),
      'damaged',
    );
  });

  /** A file that is sealed as it should be, by somebody who has the key. */
  function sealed(
    update: Uint8Array,
    base: FileDocument['base'] = null,
    kind: DocumentKind = 'group',
    sealedWith = key(2),
  ) {
    const { sessionId, title } = mine;
    const documents: readonly FileDocument[] = [
      { documentId: sealedWith.documentId, kind, update, base },
    ];
    return packSessionFile(
      { sessionId, title, savedAt: 1, from: null, documents },
      [sealedWith],
      (length) => new Uint8Array(length),
    );
  }
  /** What `change` adds to a copy of the group, and what it stands on. */
  function changed(change: (doc: Y.Doc) => void): FileDocument['base'] & { update: Uint8Array } {
    const doc = copyOf(laptop.group);
    const stateVector = Y.encodeStateVector(doc);
    change(doc);
    return { update: settledUpdate(doc, stateVector), stateVector, at: 1 };
  }

  it('holds what waits for something that is not there', () => {
    const away = new Y.Doc();
    away.getMap('notes').set('lost', new Y.Map());
    const lost = Y.encodeStateVector(away);
    away.getMap('notes').set('here', new Y.Map());
    const update = Y.encodeStateAsUpdate(away, lost);
    expectRefused(sealed(update), 'unknown-contents');
    const base = { stateVector: Y.encodeStateVector(new Map([[1, 0]])), at: 1 };
    expectRefused(sealed(update, base), 'unknown-contents');
    // It deletes what nobody has.
    const deletion = Uint8Array.of(0, 1, 99, 1, 5, 1);
    expectRefused(sealed(deletion), 'unknown-contents');
    expectRefused(sealed(deletion, base), 'unknown-contents');
  });

  it('stands on what cannot be read, or on what nobody has', () => {
    const { update } = changed((doc) => void note(doc, 'one'));
    for (const bytes of [[255], [1], [200, 200, 200, 200, 1]]) {
      const base = { stateVector: Uint8Array.from(bytes), at: 1 };
      expectRefused(sealed(update, base), 'unknown-contents');
    }
    const far = Y.encodeStateVector(new Map([[7, 2 ** 50]]));
    expectRefused(sealed(update, { stateVector: far, at: 1 }), 'stands-on-more');
    const longer = new Uint8Array(2 * 1024 * 1024).fill(1);
    expectRefused(sealed(update, { stateVector: longer, at: 1 }), 'damaged');
  });

  it('holds foreign roots, another kind of document, or entries of another shape', () => {
    const bad: readonly ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getMap('malware').set('a', 1),
      (doc) => doc.getArray('notes').push(['a list']),
      (doc) => doc.getMap('notes').set('n', 'text'),
      (doc) => doc.getMap('notes').set('n', new Y.Map([['text', 7]])),
      (doc) => doc.getMap('meta').set('kind', 'plan'),
    ];
    for (const change of bad) {
      const { update, ...base } = changed(change);
      expectRefused(sealed(update, base), 'unknown-contents');
      const doc = copyOf(laptop.group);
      change(doc);
      expectRefused(sealed(settledUpdate(doc)), 'unknown-contents');
    }
    expectRefused(sealed(settledUpdate(laptop.group), null, 'plan'), 'unknown-contents');
    expectRefused(sealed(settledUpdate(laptop.group), null, 'report'), 'unknown-contents');
  });

  it('holds in the report what is none: a plan, a group, other roots, or lists for texts', () => {
    const asReport = (update: Uint8Array) => sealed(update, null, 'report', key(3));
    expectRefused(asReport(settledUpdate(laptop.plan)), 'unknown-contents');
    expectRefused(asReport(settledUpdate(laptop.group)), 'unknown-contents');
    const { report } = laptop;
    if (report === null) throw new Error('The laptop has no report');
    const bad: readonly ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getMap('malware').set('a', 1),
      (doc) => doc.getMap('notes').set('n', new Y.Map()),
      (doc) => doc.getMap('proposals').set('p', new Y.Map()),
      (doc) => doc.getText('reportBack:text').insert(0, 'a'),
      (doc) => doc.getMap('report:summary').set('a', 1),
      (doc) => doc.getArray('omissions').push(['a list']),
      (doc) => doc.getMap('meta').set('kind', 'plan'),
    ];
    for (const change of bad) {
      const doc = copyOf(report);
      const stateVector = Y.encodeStateVector(doc);
      change(doc);
      expectRefused(asReport(settledUpdate(doc)), 'unknown-contents');
      const update = settledUpdate(doc, stateVector);
      expectRefused(sealed(update, { stateVector, at: 1 }, 'report', key(3)), 'unknown-contents');
    }
    // It would be taken in as a report.
    const honest = copy('honest');
    expect(takeIn(asReport(settledUpdate(report)), honest)).toMatchObject({ ok: true });
    for (const kind of ['plan', 'group'] as const) {
      const file = sealed(settledUpdate(report), null, kind, key(3));
      expectRefused(file, 'unknown-contents');
    }
  });

  it('would take gigabytes of memory: tens of millions of the smallest things', () => {
    const count = 30_000_000;
    const dense = Buffer.alloc(2 * count + 64);
    let at = 0;
    const put = (...values: readonly number[]): void => {
      for (let value of values) {
        for (; value > 127; value = Math.floor(value / 128))
          at = dense.writeUInt8(128 | (value % 128), at);
        at = dense.writeUInt8(value, at);
      }
    };
    put(1, count, 5, 0);
    dense.fill(Uint8Array.of(0, 1), at, at + 2 * count);
    at += 2 * count;
    put(0);
    expectRefused(sealed(dense.subarray(0, at)), 'unknown-contents');
    // It says that there are as many, and ends.
    expectRefused(sealed(dense.subarray(0, 40)), 'unknown-contents');
  }, 60_000);

  it('is no update at all', () => {
    const random = randomFrom(firstSeed);
    for (let run = 0; run < 300; run += 1) {
      const bytes = Uint8Array.from({ length: 1 + random.below(60) }, () => random.below(256));
      const state = stateOf(laptop);
      const result = takeIn(sealed(bytes), laptop);
      // What happens to read as "nothing" brings nothing; all else is refused.
      if (result.ok) expect(result.contents.news).toBe(0);
      else expect(result.reason).toBe('unknown-contents');
      expect(stateOf(laptop)).toBe(state);
    }
  });
});
