import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVaultFile } from '../../../src/hub/vault/vault-file.ts';
import type { VaultFile } from '../../../src/hub/vault/vault-file.ts';
import { createVaultDesk } from '../../../src/hub/vault/answer-vault.ts';
import { testKey } from '../hub/laptop.ts';

const { documentId } = testKey(1);
const other = testKey(2).documentId;
const FILE = 'vault-1.sqlite';
const isRoot = process.getuid?.() === 0;
const canMountDisk = process.platform === 'linux' && isRoot;
if (!canMountDisk) console.log('The vault’s test with a full disk takes root on Linux: skipped.');

let folder = '';
let directory = '';
const open: VaultFile[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caucus-vault-'));
  directory = join(folder, 'data', 'vault');
});
afterEach(() => {
  for (const file of open.splice(0)) file.close();
  rmSync(folder, { recursive: true, force: true });
});

function vault(at = directory): VaultFile {
  const result = openVaultFile(at);
  if (!result.ok) throw new Error(result.reason);
  open.push(result.file);
  return result.file;
}
function reopen(): VaultFile {
  for (const file of open.splice(0)) file.close();
  return vault();
}
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const hash = (update: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(update).digest());
const plain = (list: readonly Uint8Array[]): number[][] => list.map((each) => [...each]);

describe('the vault’s file', () => {
  it('gives back what was written, oldest first, and nothing of another document', () => {
    vault().write([
      { type: 'append', documentId, update: bytes(2) },
      { type: 'append', documentId: other, update: bytes(9) },
      { type: 'append', documentId, update: bytes(1) },
      { type: 'put', key: 'device', text: 'a' },
      { type: 'put', key: 'device', text: 'b' },
    ]);
    const again = reopen();
    expect(plain(again.updates(documentId))).toEqual([[2], [1]]);
    expect(again.hashes(documentId).map((each) => new Uint8Array(each))).toEqual([
      hash(bytes(2)),
      hash(bytes(1)),
    ]);
    expect(again.counts()).toEqual(
      expect.arrayContaining([
        [documentId, 2],
        [other, 1],
      ]),
    );
    expect(again.records()).toEqual([['device', 'b']]);
  });

  it('S5: keeps an update once, however often it comes', () => {
    const file = vault();
    file.write([{ type: 'append', documentId, update: bytes(1) }]);
    file.write([{ type: 'append', documentId, update: bytes(1) }]);
    expect(file.counts()).toEqual([[documentId, 1]]);
  });

  it('S2: compaction takes away what it names and nothing that came meanwhile', () => {
    const file = vault();
    for (const value of [1, 2, 3]) {
      file.write([{ type: 'append', documentId, update: bytes(value) }]);
    }
    const replaces = [hash(bytes(1)), hash(bytes(2)), hash(bytes(12))];
    file.write([{ type: 'compact', documentId, replaces, update: bytes(12) }]);
    expect(plain(file.updates(documentId))).toEqual([[3], [12]]);
  });

  it('forgets a session’s record and documents, down to their bytes on the disk', () => {
    const words = Buffer.from('a sentence that was taken off this laptop');
    const file = vault();
    file.write([
      { type: 'append', documentId, update: words },
      { type: 'append', documentId: other, update: bytes(9) },
      { type: 'put', key: 'session:a', text: 'record' },
    ]);
    file.write([{ type: 'forget', key: 'session:a', documentIds: [documentId] }]);
    expect(file.records()).toEqual([]);
    expect(file.counts()).toEqual([[other, 1]]);
    for (const name of readdirSync(directory)) {
      expect(readFileSync(join(directory, name)).includes(words)).toBe(false);
    }
  });

  it.skipIf(process.platform === 'win32')('is for this user only', () => {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    chmodSync(directory, 0o755);
    vault().write([{ type: 'put', key: 'device', text: 'a' }]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const files = readdirSync(directory);
    expect(files).toContain(`${FILE}-wal`);
    for (const name of files) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  });
});

describe('a vault that cannot be read', () => {
  const asideOf = (): string[] => readdirSync(directory).filter((name) => /damaged/u.test(name));

  it.for([
    ['something else', (path: string) => writeFileSync(path, 'these are not the notes')],
    [
      'a database with another schema',
      (path: string) => {
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE updates (row INTEGER PRIMARY KEY)');
        database.close();
      },
    ],
    [
      'one of ours with pages overwritten',
      (path: string) => {
        const file = vault();
        for (let value = 0; value < 50; value += 1) {
          const update = new Uint8Array(3_000).fill(value);
          file.write([{ type: 'append', documentId, update }]);
        }
        file.close();
        open.length = 0;
        const content = readFileSync(path);
        for (let at = 4096; at < content.length; at += 4096) content.fill(0xee, at, at + 200);
        writeFileSync(path, content);
      },
    ],
  ] as const)('is set aside, kept, and a new one begun: %s', ([, damage]) => {
    mkdirSync(directory, { recursive: true });
    damage(join(directory, FILE));
    const damaged = readFileSync(join(directory, FILE));
    const file = vault();
    expect(file.counts()).toEqual([]);
    file.write([{ type: 'append', documentId, update: bytes(1) }]);
    expect(asideOf()).toHaveLength(1);
    expect(readFileSync(join(directory, asideOf()[0] ?? ''))).toEqual(damaged);
    expect(plain(reopen().updates(documentId))).toEqual([[1]]);
  });

  it('is not set aside when it is sound', () => {
    vault().write([{ type: 'append', documentId, update: bytes(1) }]);
    reopen();
    expect(asideOf()).toEqual([]);
  });

  it('says "blocked" where the folder cannot be had', () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    expect(openVaultFile(directory)).toEqual({ ok: false, reason: 'blocked' });
  });

  it(
    'says "blocked" while another Caucus has it, and can be had afterwards',
    { timeout: 15_000 },
    () => {
      const first = vault();
      first.write([{ type: 'append', documentId, update: bytes(1) }]);
      expect(openVaultFile(directory)).toEqual({ ok: false, reason: 'blocked' });
      expect(plain(reopen().updates(documentId))).toEqual([[1]]);
    },
  );

  it.skipIf(!canMountDisk)(
    'says "no-space" on a full disk, loses nothing, and goes on when there is space',
    () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
      try {
        const times = { now: 0 };
        const desk = createVaultDesk(
          () => openVaultFile(directory),
          () => times.now,
        );
        const append = (request: number, size: number) =>
          ({
            type: 'append',
            request,
            documentId,
            update: new Uint8Array(size).fill(request),
          }) as const;
        const filler = join(folder, 'filler');
        writeFileSync(filler, new Uint8Array(300_000));
        expect(desk.answer([append(1, 1_000)])).toEqual([{ type: 'done', request: 1 }]);
        // Both or neither: they are one transaction.
        expect(desk.answer([append(2, 1_000), append(3, 900_000)])).toEqual([
          { type: 'failed', request: 2, reason: 'no-space' },
          { type: 'failed', request: 3, reason: 'no-space' },
        ]);
        rmSync(filler);
        expect(desk.answer([append(4, 200_000)])).toEqual([{ type: 'done', request: 4 }]);
        const [read] = desk.answer([{ type: 'read', request: 5, documentId }]);
        desk.close();
        expect(read?.type === 'updates' && read.updates.map(({ length }) => length)).toEqual([
          1_000, 200_000,
        ]);
        // A hub that starts on a full disk says so, and opens the vault once there is space.
        rmSync(directory, { recursive: true });
        writeFileSync(filler, new Uint8Array(1024 * 1024 - 16 * 1024));
        expect(desk.answer([append(6, 100)])).toEqual([
          { type: 'failed', request: 6, reason: 'no-space' },
        ]);
        rmSync(filler);
        times.now = 2_000;
        expect(desk.answer([append(7, 100)])).toEqual([{ type: 'done', request: 7 }]);
        desk.close();
      } finally {
        execFileSync('umount', ['-l', folder]);
      }
    },
  );
});

describe('the vault’s desk', () => {
  it('makes one transaction of the changes that stand together, and answers in order', () => {
    const transactions: number[] = [];
    const desk = createVaultDesk(
      () => ({
        ok: true,
        file: {
          write: (changes) => void transactions.push(changes.length),
          records: () => [],
          counts: () => [],
          hashes: () => [],
          updates: () => [],
          close: () => undefined,
        },
      }),
      () => 0,
    );
    const append = (request: number) =>
      ({ type: 'append', request, documentId, update: bytes(request) }) as const;
    const replies = desk.answer([
      append(1),
      append(2),
      { type: 'put', request: 3, key: 'device', text: '' },
      { type: 'read', request: 4, documentId },
      append(5),
    ]);
    expect(transactions).toEqual([3, 1]);
    expect(replies.map(({ request, type }) => [request, type])).toEqual([
      [1, 'done'],
      [2, 'done'],
      [3, 'done'],
      [4, 'updates'],
      [5, 'done'],
    ]);
  });
});
