import * as Y from 'yjs';
import { openDatabase } from '../../../src/browser/storage/database.ts';
import { createDexieDocumentStore } from '../../../src/browser/storage/dexie-document-store.ts';
import { persistDocument } from '../../../src/browser/storage/persist-document.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { DeviceId, GroupId, QuestionId } from '../../../src/core/session/ids.ts';

/** One measurement of each kind in the same page, so that both see the same machine. */
export interface OpenPage {
  prepare(notes: number): Promise<number>;
  /** Milliseconds of `Y.applyUpdate` of the session's bytes into an empty document. */
  bare(): number;
  /** Milliseconds from an open database to the notes that a screen draws. */
  ours(): Promise<number>;
  /** Opens the session and keeps it, to see what it holds in memory. */
  hold(): Promise<number>;
}

const id = documentKeyFrom(new Uint8Array(32).fill(3)).documentId;
const database = openDatabase('bench-open');
const store = createDexieDocumentStore(database);
let made = 0;
const context = {
  deviceId: 'bench' as DeviceId,
  now: () => Date.now(),
  newId: () => `note-${(made += 1)}`,
};
let bytes: Uint8Array = new Uint8Array();
const held: unknown[] = [];

async function openOurs() {
  const doc = new Y.Doc();
  const persisted = await persistDocument(doc, id, store);
  const group = openGroupDocument(doc, context);
  return { doc, persisted, group, notes: group.view.snapshot().notes.length };
}

const page: OpenPage = {
  async prepare(notes) {
    const doc = new Y.Doc();
    initialiseGroupDocument(doc, 'g' as GroupId);
    const group = openGroupDocument(doc, context);
    for (let index = 0; index < notes; index += 1) {
      // Typed as people type: begun, written, finished.
      const begun = group.beginNote({
        kind: 'point',
        questionId: `q${index % 6}` as QuestionId,
        text: '',
        stakeholderGroupId: `s${index % 5}`,
      });
      if (!begun.ok) throw new Error(begun.reason);
      group.editNote(begun.value, `Note ${index}: what somebody said about connected devices.`);
      group.finishNote(begun.value);
    }
    bytes = Y.encodeStateAsUpdate(doc);
    await store.remove(id);
    await store.append(id, Y.encodeStateAsUpdateV2(doc));
    return bytes.length;
  },
  bare() {
    const begun = performance.now();
    Y.applyUpdate(new Y.Doc(), bytes);
    return performance.now() - begun;
  },
  async ours() {
    const begun = performance.now();
    const { group, persisted, doc } = await openOurs();
    const took = performance.now() - begun;
    group.destroy();
    await persisted.destroy();
    doc.destroy();
    return took;
  },
  async hold() {
    const opened = await openOurs();
    held.push(opened);
    return opened.notes;
  },
};
Object.assign(globalThis, { openPage: page });
