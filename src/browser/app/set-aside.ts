import * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentId, DocumentKey } from '../../core/protocol/document-key.ts';
import { type GroupDocument, openGroupDocument } from '../../core/session/group-document.ts';
import { thingsBehind } from '../../core/session/behind.ts';
import type { Context, GroupId, NoteId, RecommendationId } from '../../core/session/ids.ts';
import type { PersistedDocument } from '../storage/persist-document.ts';
import type { SessionRecord, SetAside } from './types.ts';

interface OpenedDocument {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  readonly persisted: PersistedDocument;
}
export interface SetAsideOptions {
  record(): SessionRecord;
  readonly context: Context;
  readonly group: (groupId: GroupId) => Y.Doc | null;
  readonly openDocument: (key: DocumentKey) => Promise<OpenedDocument>;
  /** Has the document carried, so that what is sent to it arrives. */
  readonly start: (document: OpenedDocument) => Promise<void>;
}

/**
 * What still comes from laptops whose access was taken back. It arrives in the document that the group
 * left behind, which the plenary laptop alone goes on listening to, and is shown to the moderator;
 * nothing of it gets among the group's notes.
 */
export function createSetAside(options: SetAsideOptions): {
  readonly notes: StoreApi<readonly SetAside[]>;
  /** Opens what has been left behind since the last call. */
  open(): Promise<void>;
  close(): Promise<void>;
} {
  const notes = createStore<readonly SetAside[]>(() => []);
  const opened = new Map<DocumentId, OpenedDocument & { groupId: GroupId; left: GroupDocument }>();
  const stops: (() => void)[] = [];

  function read(): void {
    const found = [...opened.values()].flatMap(({ groupId, doc, left }) => {
      const group = options.group(groupId);
      const beyond = group === null ? null : thingsBehind(doc, Y.encodeStateVector(group));
      return [...(beyond?.things ?? [])].flatMap((thing) => {
        const [root, id = ''] = thing.split('/');
        const text =
          root === 'notes'
            ? left.view.note(id as NoteId)?.text
            : root === 'recommendations'
              ? left.view.recommendation(id as RecommendationId)?.text
              : undefined;
        return text === undefined || text.trim() === '' ? [] : [{ groupId, id, text }];
      });
    });
    notes.setState(found, true);
  }

  return {
    notes,
    async open() {
      const record = options.record();
      if (!record.plenary) return;
      for (const { groupId, key } of record.retired ?? []) {
        if (opened.has(key.documentId)) continue;
        const document = await options.openDocument(key);
        const left = openGroupDocument(document.doc, options.context);
        opened.set(key.documentId, { ...document, groupId, left });
        stops.push(left.view.subscribe(read));
        await options.start(document);
        const group = options.group(groupId);
        if (group === null) continue;
        group.on('afterTransaction', read);
        stops.push(() => group.off('afterTransaction', read));
      }
      read();
    },
    async close() {
      for (const stop of stops.splice(0)) stop();
      for (const { left, persisted, doc } of opened.values()) {
        left.destroy();
        await persisted.destroy();
        doc.destroy();
      }
      opened.clear();
    },
  };
}
