import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import { whatIsOnlyHere } from '../../../src/browser/storage/only-here.ts';
import { documentKeyOf, readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { createMemoryDisk, createMemoryDocumentStore } from '../../fakes/memory-document-store.ts';
import {
  createMemorySessions,
  createMemorySessionStore,
} from '../../fakes/memory-session-store.ts';
import { testKey } from '../hub/laptop.ts';

const group = testKey(2);
const record: SessionRecord = {
  sessionId: 'session-1' as SessionId,
  title: 'IoT',
  role: 'facilitator',
  groupId: 'g1' as GroupId,
  plenary: false,
  // As a facilitator has it: to read.
  plan: documentKeyOf(readersSecretOf(testKey(1).secret)),
  groups: new Map([['g1' as GroupId, group]]),
  addresses: [],
  createdAt: 1,
  openedAt: 2,
};

const report = testKey(3);
/** A rapporteur's: of all but the report it only has the read keys. */
const rapporteurs: SessionRecord = {
  ...record,
  role: 'rapporteur',
  groupId: null,
  report,
  groups: new Map([['g1' as GroupId, documentKeyOf(readersSecretOf(group.secret))]]),
};

/** A laptop with something of one of its documents. */
function createLaptop({ documentId } = group) {
  const disk = createMemoryDisk();
  const documents = createMemoryDocumentStore(disk);
  const sessions = createMemorySessionStore(createMemorySessions(), disk);
  const doc = new Y.Doc();
  const pending: Promise<unknown>[] = [];
  doc.on('updateV2', (update: Uint8Array) => {
    pending.push(documents.append(documentId, update));
  });
  return {
    stores: { documents, sessions },
    async note(id: string) {
      doc.getMap('notes').set(id, new Y.Map([['text', id]]));
      await Promise.all(pending);
    },
    async write(section: string, text: string) {
      doc.getText(`report:${section}`).insert(0, text);
      await Promise.all(pending);
    },
    confirm: (at: number) =>
      sessions.putReceipt({
        documentId,
        stateVector: Y.encodeStateVector(doc),
        at,
      }),
    doc,
  };
}

describe('S3: what is only on this laptop', () => {
  it('is nothing where nothing was typed', async () => {
    expect(await whatIsOnlyHere(record, createLaptop().stores)).toEqual({
      state: 'nothing',
      at: null,
    });
  });

  it('is not known where the plenary laptop has never said', async () => {
    const laptop = createLaptop();
    await laptop.note('a');
    expect(await whatIsOnlyHere(record, laptop.stores)).toEqual({ state: 'unknown' });
  });

  it('is counted as people count, and nothing once the plenary laptop has it', async () => {
    const laptop = createLaptop();
    await laptop.note('a');
    await laptop.confirm(11);
    expect(await whatIsOnlyHere(record, laptop.stores)).toEqual({ state: 'nothing', at: 11 });
    await laptop.note('b');
    await laptop.note('c');
    await laptop.note('b');
    expect(await whatIsOnlyHere(record, laptop.stores)).toEqual({
      state: 'changes',
      count: 2,
      at: 11,
    });
    await laptop.confirm(12);
    expect(await whatIsOnlyHere(record, laptop.stores)).toEqual({ state: 'nothing', at: 12 });
  });

  it('is not asked of a document that this laptop may only read', async () => {
    const laptop = createLaptop();
    const plan = new Y.Doc();
    plan.getMap('meta').set('title', 'IoT');
    await laptop.stores.documents.append(record.plan.documentId, Y.encodeStateAsUpdateV2(plan));
    expect(await whatIsOnlyHere(record, laptop.stores)).toEqual({ state: 'nothing', at: null });
  });

  it("is on the rapporteur's laptop what was written in the report", async () => {
    const laptop = createLaptop(report);
    await laptop.write('summary', 'The groups agree.');
    expect(await whatIsOnlyHere(rapporteurs, laptop.stores)).toEqual({ state: 'unknown' });
    await laptop.confirm(11);
    expect(await whatIsOnlyHere(rapporteurs, laptop.stores)).toEqual({ state: 'nothing', at: 11 });
    await laptop.write('summary', 'All in all: ');
    await laptop.write('advice', 'Go on.');
    expect(await whatIsOnlyHere(rapporteurs, laptop.stores)).toEqual({
      state: 'changes',
      count: 2,
      at: 11,
    });
    await laptop.confirm(12);
    expect(await whatIsOnlyHere(rapporteurs, laptop.stores)).toEqual({ state: 'nothing', at: 12 });
    // A laptop that has not the report asks nobody about it.
    const { report: _report, ...without } = rapporteurs;
    await laptop.write('advice', 'Once more: ');
    expect(await whatIsOnlyHere(without, laptop.stores)).toEqual({ state: 'nothing', at: null });
  });

  it('is not known where a change waits for one that is missing', async () => {
    const laptop = createLaptop();
    const other = new Y.Doc();
    other.getMap('notes').set('x', 1);
    const before = Y.encodeStateVector(other);
    other.getMap('notes').set('x', 2);
    await laptop.note('a');
    await laptop.confirm(11);
    const { documents } = laptop.stores;
    await documents.append(group.documentId, Y.encodeStateAsUpdateV2(other, before));
    expect(await whatIsOnlyHere(record, laptop.stores)).toEqual({ state: 'unknown' });
  });

  it('is a question of its own on the plenary laptop', async () => {
    const laptop = createLaptop();
    await laptop.note('a');
    expect(await whatIsOnlyHere({ ...record, plenary: true }, laptop.stores)).toEqual({
      state: 'plenary',
    });
  });
});
