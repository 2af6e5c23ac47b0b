import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/browser/storage/database.ts';
import { createDexieDocumentStore } from '../../../src/browser/storage/dexie-document-store.ts';
import { keepBeside } from '../../../src/browser/storage/key-keep.ts';
import { laptopKeyFrom } from '../../../src/browser/storage/laptop-key.ts';
import { sealRecord } from '../../../src/browser/storage/record-text.ts';
import {
  createSessionStore,
  forgetSessions,
  keysInUse,
  sealOpenRecords,
} from '../../../src/browser/storage/session-store.ts';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';

const key = laptopKeyFrom(new Uint8Array(32).fill(7));
const secretOf = (fill: number) => documentKeyFrom(new Uint8Array(32).fill(fill));
const recordOf = (id: string): SessionRecord => ({
  sessionId: id as SessionId,
  title: `Session ${id}`,
  role: 'moderator',
  groupId: null,
  plenary: true,
  plan: secretOf(1),
  groups: new Map([['g1' as GroupId, secretOf(2)]]),
  addresses: [],
  createdAt: 1,
  openedAt: 2,
});

let database: Database;
beforeEach(() => {
  database = openDatabase('sealed-sessions-test');
});
afterEach(async () => {
  await database.delete();
});

const stored = async (): Promise<string> => JSON.stringify(await database.sessions.toArray());
const secrets = [secretOf(1).secret, secretOf(2).secret];

describe('at rest: sessions in the browser’s database', () => {
  it('A1: lie there sealed, and come back', async () => {
    const store = createSessionStore(database, key);
    await store.put(recordOf('a'));
    for (const secret of secrets) expect(await stored()).not.toContain(secret);
    expect(await store.get('a' as SessionId)).toEqual(recordOf('a'));
    expect(await store.all()).toEqual([recordOf('a')]);
    expect(await keysInUse(database)).toEqual(new Set([key.id]));
  });

  it('A1: which an older Caucus left open are sealed, each of them, and stay what they were', async () => {
    for (const id of ['a', 'b']) await database.sessions.put(sealRecord(recordOf(id), null));
    expect(await stored()).toContain(secrets[0]);
    await sealOpenRecords(database, key);
    for (const secret of secrets) expect(await stored()).not.toContain(secret);
    const once = await stored();
    await sealOpenRecords(database, key);
    expect(await stored()).toBe(once);
    expect(await createSessionStore(database, key).all()).toEqual([recordOf('a'), recordOf('b')]);
  });

  it('S2: stay open, all of them, where sealing breaks off in the middle', async () => {
    for (const id of ['a', 'b', 'c']) await database.sessions.put(sealRecord(recordOf(id), null));
    const before = await stored();
    let left = 2;
    const failing = {
      ...key,
      seal(name: string, text: string) {
        left -= 1;
        if (left === 0) throw new Error('The laptop died');
        return key.seal(name, text);
      },
    };
    await expect(sealOpenRecords(database, failing)).rejects.toThrow('died');
    expect(await stored()).toBe(before);
    expect(await createSessionStore(database, key).all()).toHaveLength(3);
  });

  it('lie open where there is no key, because nobody could open them again', async () => {
    const store = createSessionStore(database, null);
    await store.put(recordOf('a'));
    expect(await store.all()).toEqual([recordOf('a')]);
    expect(await keysInUse(database)).toEqual(new Set());
  });

  it('are listed to nobody with another key, and not deleted', async () => {
    await createSessionStore(database, key).put(recordOf('a'));
    const stranger = createSessionStore(database, laptopKeyFrom(new Uint8Array(32)));
    expect(await stranger.all()).toEqual([]);
    expect(await stranger.get('a' as SessionId)).toBeNull();
    expect(await createSessionStore(database, key).all()).toHaveLength(1);
  });

  it('are forgotten without their key; what was typed stays for who joins again', async () => {
    const store = createSessionStore(database, key);
    await store.put(recordOf('a'));
    const documents = createDexieDocumentStore(database);
    const { documentId } = secretOf(2);
    await documents.append(documentId, new Uint8Array([1, 2, 3]));
    await forgetSessions(database, ['b' as SessionId], { notes: false });
    expect(await stored()).toBe('[]');
    expect(await documents.count(documentId)).toBe(1);
    expect(await store.removed()).toEqual(
      new Map([
        ['a', []],
        ['b', []],
      ]),
    );
    await store.put(recordOf('a'));
    expect(await store.all()).toEqual([recordOf('a')]);
  });

  it('are forgotten with everything that was typed where a person wants that', async () => {
    const store = createSessionStore(database, key);
    await store.put(recordOf('a'));
    const documents = createDexieDocumentStore(database);
    const { documentId } = secretOf(2);
    await documents.append(documentId, new Uint8Array([1, 2, 3]));
    await store.putReceipt({ documentId, stateVector: new Uint8Array([0]), at: 1 });
    await forgetSessions(database, [], { notes: true });
    expect(await documents.count(documentId)).toBe(0);
    expect(await store.receipt(documentId)).toBeNull();
    expect(await store.removed()).toEqual(new Map([['a', [documentId]]]));
  });
});

describe('at rest: the laptop key beside them', () => {
  it('is the first that was kept, also where two windows start at once', async () => {
    const other = openDatabase('sealed-sessions-test');
    const [mine, theirs] = [keepBeside(() => database), keepBeside(() => other)];
    const kept = await Promise.all([mine.add('mine'), theirs.add('theirs')]);
    expect(new Set(kept).size).toBe(1);
    expect(await mine.load()).toEqual({ ok: true, keptIn: 'beside', text: kept[0] });
    expect(await theirs.replace('changed')).toBe(true);
    expect(await mine.load()).toMatchObject({ text: 'changed' });
    other.close();
  });
});
