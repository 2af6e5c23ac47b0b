import { afterEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/browser/storage/database.ts';
import { KEPT_IMPORTS, type KeptImport } from '../../../src/browser/storage/import-store.ts';
import { createSessionStore } from '../../../src/browser/storage/session-store.ts';
import type { DocumentId } from '../../../src/core/protocol/document-key.ts';
import type { SessionId } from '../../../src/core/session/ids.ts';

let database: Database | null = null;
function open() {
  database = openDatabase('import-store-test');
  return createSessionStore(database, null).imports;
}
afterEach(async () => {
  await database?.delete();
});

const kept = (number: number, session = 'one'): KeptImport => ({
  id: `${session}-${number}`,
  sessionId: session as SessionId,
  at: number,
  name: `stick ${number}.caucus`,
  contents: {
    title: 'IoT',
    savedAt: number,
    from: null,
    ownFile: false,
    since: null,
    unsigned: false,
    leftOut: 0,
    groups: [],
    plan: null,
    news: 1,
  },
  takenBack: false,
  documents: [
    {
      documentId: 'd' as DocumentId,
      kind: 'group',
      before: Uint8Array.of(0, 0),
      change: Uint8Array.of(0, 0, number),
    },
  ],
});

describe('the session files that were taken in', () => {
  it('are kept over a restart, byte by byte, and changed in place', async () => {
    const store = open();
    await store.put(kept(1));
    await store.put({ ...kept(1), takenBack: true });
    database?.close();
    const again = open();
    expect(await again.get('one-1')).toEqual({ ...kept(1), takenBack: true });
    expect(await again.all('one' as SessionId)).toHaveLength(1);
    expect(await again.get('none')).toBeNull();
  });

  it('are the newest few of each session, newest first', async () => {
    const store = open();
    await store.put(kept(1, 'other'));
    for (let number = 1; number <= KEPT_IMPORTS + 2; number += 1) await store.put(kept(number));
    const found = await store.all('one' as SessionId);
    expect(found.map(({ at }) => at)).toEqual([7, 6, 5, 4, 3]);
    expect(await store.all('other' as SessionId)).toHaveLength(1);
  });
});
