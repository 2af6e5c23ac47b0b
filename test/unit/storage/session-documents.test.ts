import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import { documentsOf, keysOf } from '../../../src/browser/storage/session-store.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { createMemoryDisk, createMemoryDocumentStore } from '../../fakes/memory-document-store.ts';
import {
  createMemorySessions,
  createMemorySessionStore,
} from '../../fakes/memory-session-store.ts';
import { testKey } from '../hub/laptop.ts';

const [plan, report, group, formerPlan, formerReport, formerGroup] = [1, 2, 3, 4, 5, 6].map(
  testKey,
) as [DocumentKey, DocumentKey, DocumentKey, DocumentKey, DocumentKey, DocumentKey];
const groupId = 'g1' as GroupId;
const record: SessionRecord = {
  sessionId: 'session-1' as SessionId,
  title: 'IoT',
  role: 'moderator',
  groupId: null,
  plenary: true,
  plan,
  report,
  groups: new Map([[groupId, group]]),
  retired: [
    { part: null, key: formerPlan },
    { part: 'report', key: formerReport },
    { part: groupId, key: formerGroup },
  ],
  addresses: [],
  createdAt: 1,
  openedAt: 2,
};
const all = [plan, report, group, formerPlan, formerReport, formerGroup];

describe('the documents of a session', () => {
  it('are the plan, the report and the groups, and what they left behind', () => {
    expect(keysOf(record)).toEqual([plan, report, group]);
    expect(documentsOf(record)).toEqual(all.map(({ documentId }) => documentId));
    const { report: without, ...rest } = record;
    expect(keysOf(rest)).toEqual([plan, group]);
    expect(documentsOf(rest)).not.toContain(without?.documentId);
  });

  it('A1: are all gone from the disk once the session is taken off the laptop, the report too', async () => {
    const disk = createMemoryDisk();
    const documents = createMemoryDocumentStore(disk);
    const kept = createMemorySessions();
    const sessions = createMemorySessionStore(kept, disk);
    await sessions.put(record);
    const doc = new Y.Doc();
    doc.getText('report:summary').insert(0, 'The groups agree.');
    for (const { documentId } of [...all, testKey(9)]) {
      await documents.append(documentId, Y.encodeStateAsUpdateV2(doc));
    }
    await sessions.remove(record);
    expect(disk.rows.map(({ id }) => id)).toEqual([testKey(9).documentId]);
    // Which ones the second copy is to forget.
    expect((await sessions.removed()).get(record.sessionId)).toEqual(documentsOf(record));
  });
});
