import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { persistDocument } from '../../../src/browser/storage/persist-document.ts';
import type { DocumentId } from '../../../src/core/protocol/document-key.ts';
import { describeDocumentStore } from '../../contract/document-store.contract.ts';
import { createMemoryDisk, createMemoryDocumentStore } from '../../fakes/memory-document-store.ts';

describeDocumentStore('memory fake', async () => {
  const disk = createMemoryDisk();
  return {
    first: createMemoryDocumentStore(disk),
    second: createMemoryDocumentStore(disk),
    close: async () => undefined,
  };
});

describe('a disk that fails', () => {
  const id = 'doc' as DocumentId;
  const full = new DOMException('disk full', 'QuotaExceededError');

  it('S1: says so, keeps what was typed, and stores it once there is space', async () => {
    vi.useFakeTimers();
    try {
      const disk = createMemoryDisk();
      const doc = new Y.Doc();
      const persisted = await persistDocument(doc, id, createMemoryDocumentStore(disk));
      disk.failure = full;
      doc.getText('t').insert(0, 'typed on a full disk');
      await vi.waitFor(() =>
        expect(persisted.state()).toEqual({ state: 'failed', reason: 'no-space' }),
      );
      doc.getText('t').insert(0, 'more ');
      await expect(persisted.flush()).rejects.toThrow('not stored');
      disk.failure = null;
      await vi.advanceTimersByTimeAsync(2_000);
      expect(persisted.state()).toEqual({ state: 'saved' });
      const reopened = new Y.Doc();
      await persistDocument(reopened, id, createMemoryDocumentStore(disk));
      expect(reopened.getText('t').toString()).toBe('more typed on a full disk');
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects on closing when something could not be stored', async () => {
    const disk = createMemoryDisk();
    const doc = new Y.Doc();
    const persisted = await persistDocument(doc, id, createMemoryDocumentStore(disk));
    disk.failure = full;
    doc.getText('t').insert(0, 'lost if closed now');
    await expect(persisted.destroy()).rejects.toThrow('not stored');
  });
});
