import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentStore } from '../../src/browser/storage/document-store.ts';
import { persistDocument } from '../../src/browser/storage/persist-document.ts';
import type { DocumentId } from '../../src/core/protocol/document-key.ts';

/** Two windows of one laptop on one fresh disk. */
export interface StoreUnderTest {
  readonly first: DocumentStore;
  readonly second: DocumentStore;
  readonly close: () => Promise<void>;
}

const doc1 = 'doc1' as DocumentId;
/** Begins with the other's name: a store that compares by prefix would mix them up. */
const doc10 = 'doc10' as DocumentId;
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** What every store of documents does, the fake too. */
export function describeDocumentStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`document store: ${name}`, () => {
    async function withStore(test: (stores: StoreUnderTest) => Promise<void>): Promise<void> {
      const stores = await open();
      try {
        await test(stores);
      } finally {
        await stores.close();
      }
    }

    it('gives back what was stored, oldest first, and nothing of another document', () =>
      withStore(async ({ first }) => {
        await first.append(doc1, bytes(1));
        await first.append(doc10, bytes(10));
        await first.append(doc1, bytes(2, 2));
        const stored = await first.read(doc1, 0);
        expect(stored.map(({ update }) => [...update])).toEqual([[1], [2, 2]]);
        expect((await first.read(doc10, 0)).map(({ update }) => [...update])).toEqual([[10]]);
        expect(await first.read('doc' as DocumentId, 0)).toEqual([]);
        const ids = [doc1, doc10, 'doc' as DocumentId];
        expect(await Promise.all(ids.map((id) => first.count(id)))).toEqual([2, 1, 0]);
      }));

    it('gives only what came after a row', () =>
      withStore(async ({ first, second }) => {
        const row = await first.append(doc1, bytes(1));
        await second.append(doc1, bytes(2));
        expect((await first.read(doc1, row)).map(({ update }) => [...update])).toEqual([[2]]);
        const last = (await first.read(doc1, 0)).at(-1)?.row ?? 0;
        expect(last).toBeGreaterThan(row);
        expect(await first.read(doc1, last)).toEqual([]);
      }));

    it('replaces rows by one and keeps those that came meanwhile', () =>
      withStore(async ({ first, second }) => {
        await first.append(doc1, bytes(1));
        const through = await first.append(doc1, bytes(2));
        await first.append(doc10, bytes(10));
        await second.append(doc1, bytes(3));
        await first.compact(doc1, through, bytes(12));
        const stored = await second.read(doc1, 0);
        expect(new Set(stored.map(({ update }) => update.join()))).toEqual(new Set(['12', '3']));
        expect(stored.every(({ row }) => row > through)).toBe(true);
        expect(await first.read(doc10, 0)).toHaveLength(1);
      }));

    it('forgets one document and no other', () =>
      withStore(async ({ first }) => {
        await first.append(doc1, bytes(1));
        await first.append(doc10, bytes(10));
        await first.remove(doc1);
        expect(await first.read(doc1, 0)).toEqual([]);
        expect(await first.read(doc10, 0)).toHaveLength(1);
      }));

    it('tells the other window when something was stored, and only while it listens', () =>
      withStore(async ({ first, second }) => {
        const told = Promise.withResolvers<void>();
        const stop = second.watch(doc1, () => told.resolve());
        second.watch(doc10, () => told.reject(new Error('told of the wrong document')));
        await first.append(doc1, bytes(1));
        await told.promise;
        stop();
        expect(await second.read(doc1, 0)).toHaveLength(1);
      }));

    it('S1: a change counts as saved only when a fresh window can read it', () =>
      withStore(async ({ first, second }) => {
        const doc = new Y.Doc();
        const persisted = await persistDocument(doc, doc1, first);
        doc.getText('t').insert(0, 'half a sen');
        expect(persisted.state()).toEqual({ state: 'saving' });
        await persisted.flush();
        expect(persisted.state()).toEqual({ state: 'saved' });
        const reopened = new Y.Doc();
        const again = await persistDocument(reopened, doc1, second);
        expect(reopened.getText('t').toString()).toBe('half a sen');
        await persisted.destroy();
        await again.destroy();
      }));

    it('S2: two windows at once see and keep each other’s words', () =>
      withStore(async ({ first, second }) => {
        const [a, b] = [new Y.Doc(), new Y.Doc()];
        const inA = await persistDocument(a, doc1, first);
        const inB = await persistDocument(b, doc1, second);
        const bothThere = new Promise<void>((resolve) => {
          const check = (): void => {
            const texts = [a, b].map((doc) => doc.getText('t').toString());
            if (texts.every((text) => text.includes('from a') && text.includes('from b'))) {
              resolve();
            }
          };
          a.on('update', check);
          b.on('update', check);
        });
        a.getText('t').insert(0, 'from a ');
        b.getText('t').insert(0, 'from b ');
        await bothThere;
        await Promise.all([inA.destroy(), inB.destroy()]);
        const fresh = new Y.Doc();
        await (await persistDocument(fresh, doc1, second)).destroy();
        expect(fresh.getText('t').toString()).toBe(a.getText('t').toString());
      }));

    it('S2: 1,000 changes survive compaction at the next opening', () =>
      withStore(async ({ first, second }) => {
        const doc = new Y.Doc();
        const persisted = await persistDocument(doc, doc1, first);
        for (let index = 0; index < 1_000; index += 1) {
          doc.getArray('a').push([index]);
          if (index % 2 === 0) await persisted.flush();
        }
        await persisted.destroy();
        const reopened = new Y.Doc();
        await (await persistDocument(reopened, doc1, second)).destroy();
        expect(reopened.getArray('a').toJSON()).toEqual(doc.getArray('a').toJSON());
        expect((await first.read(doc1, 0)).length).toBe(1);
        const third = new Y.Doc();
        await (await persistDocument(third, doc1, first)).destroy();
        expect(third.getArray('a').length).toBe(1_000);
      }));
  });
}
