import { randomBytes } from 'node:crypto';
import { format, inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../src/browser/storage/database.ts';
import { newEnvelope, readEnvelope } from '../../../src/browser/storage/key-envelope.ts';
import { keepBeside, keepInKeychain, type KeyKeep } from '../../../src/browser/storage/key-keep.ts';
import { type Lock, openKeyring } from '../../../src/browser/storage/keyring.ts';
import { laptopKeyFrom } from '../../../src/browser/storage/laptop-key.ts';
import { recordFromText, recordToText } from '../../../src/browser/storage/record-text.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { testKey } from '../hub/laptop.ts';

const PASSPHRASE = 'three stout walls';
const NEXT = 'four stout walls';
/** Every random byte that was given out: keys, salts and nonces. */
const given: Uint8Array[] = [];
const tools = {
  cost: { N: 16, r: 1, p: 1 },
  random(length: number): Uint8Array {
    const bytes = new Uint8Array(randomBytes(length));
    given.push(bytes);
    return bytes;
  },
};
/** What a secret of bytes looks like when somebody writes it down. */
const spellings = (bytes: Uint8Array): string[] => [
  ...(['base64url', 'base64', 'hex'] as const).map((as) => Buffer.from(bytes).toString(as)),
  [...bytes].join(', '),
  [...bytes].join(','),
];

let said: string[] = [];
beforeEach(() => {
  said = [];
  given.length = 0;
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      said.push(format(...args));
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});
/** The way in which somebody who looks for a fault would write a thing down. */
function writeDown(...things: unknown[]): void {
  for (const thing of things) {
    said.push(JSON.stringify(thing) ?? '', inspect(thing, { depth: 9, showHidden: true }));
  }
}
function expectNothingSecret(): void {
  const all = said.join('\n');
  expect(all).not.toBe('');
  for (const word of [PASSPHRASE, NEXT, testKey(1).secret, testKey(2).secret]) {
    expect(all).not.toContain(word);
  }
  for (const bytes of given) {
    for (const spelling of spellings(bytes)) expect(all).not.toContain(spelling);
  }
}
const lockOf = (locks: readonly Lock[]): Promise<Lock> => vi.waitUntil(() => locks[0]);

describe('A1: nothing secret is written down', () => {
  it('by a keyring, whatever fails on the way', async () => {
    const rows = new Map<string, { name: string; value: string }>();
    let isBroken = false;
    const settings = {
      get: async (name: string) => rows.get(name),
      async put(row: { name: string; value: string }) {
        if (isBroken) throw new Error('QuotaExceeded');
        rows.set(row.name, row);
      },
    };
    // Only what the keep uses.
    const database = {
      settings,
      transaction: async (_mode: string, _table: unknown, work: () => unknown) => work(),
    } as unknown as Database;
    const keep = keepBeside(() => database);
    const locks: Lock[] = [];
    const options = {
      ...tools,
      keep,
      keysInUse: async () => new Set<string>(),
      envelopesInCopy: async () => [],
      forget: async () => {
        if (isBroken) throw new Error('QuotaExceeded');
      },
      onLocked: (lock: Lock) => void locks.push(lock),
    };
    const first = await openKeyring(options);
    writeDown(first, first.key, first.protection, options);
    isBroken = true;
    expect(await first.setPassphrase(null, PASSPHRASE)).toBe('failed');
    isBroken = false;
    expect(await first.setPassphrase(null, PASSPHRASE)).toBe('done');
    expect(await first.setPassphrase(NEXT, NEXT)).toBe('wrong');
    void openKeyring(options);
    const lock = await lockOf(locks);
    writeDown(lock, await lock.unlock(NEXT));
    isBroken = true;
    expect(await lock.startOver({ notes: true })).toBe(false);
    isBroken = false;
    expect(await lock.unlock(PASSPHRASE)).toBe('opened');
    expect(said.some((line) => line.includes('QuotaExceeded'))).toBe(true);
    expectNothingSecret();
  });

  it('by a keychain that refuses', async () => {
    const keep: KeyKeep = keepInKeychain({
      load: async () => ({ ok: true, kind: 'system', text: null }),
      store: async () => false,
    });
    const keyring = await openKeyring({
      ...tools,
      keep,
      keysInUse: async () => new Set(),
      envelopesInCopy: async () => [],
      forget: async () => undefined,
      onLocked: () => undefined,
    });
    writeDown(keyring, keep);
    expectNothingSecret();
  });

  it('by a key or a sealed record, or by one that is damaged', async () => {
    const bytes = tools.random(32);
    const key = laptopKeyFrom(bytes);
    const record = {
      sessionId: 's' as SessionId,
      title: 'IoT',
      role: 'moderator' as const,
      groupId: null,
      plenary: true,
      plan: testKey(1),
      groups: new Map([['g1' as GroupId, testKey(2)]]),
      addresses: [],
      createdAt: 1,
      openedAt: 2,
    };
    const text = recordToText(record, key);
    writeDown(key, text, recordFromText(text.slice(0, -9), [key]), key.open('s', 'AAAA'));
    const shut = await newEnvelope(tools).rewrap(null, PASSPHRASE);
    writeDown(await shut?.open(NEXT), readEnvelope(text, tools));
    expectNothingSecret();
  });
});
