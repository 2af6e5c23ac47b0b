import * as Y from 'yjs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentId, DocumentKey } from '../../core/protocol/document-key.ts';
import { thingsBehind } from '../../core/session/behind.ts';
import type { Part } from '../../core/session/ids.ts';
import { isTextRoot } from '../../core/session/schema.ts';
import type { PersistedDocument } from '../storage/persist-document.ts';
import type { SessionRecord, SetAside } from './types.ts';

interface OpenedDocument {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  readonly persisted: PersistedDocument;
}
export interface SetAsideOptions {
  record(): SessionRecord;
  /** The document as it goes on. */
  readonly current: (part: Part) => Y.Doc | null;
  readonly openDocument: (key: DocumentKey) => Promise<OpenedDocument>;
  /** Has the document carried, so that what is sent to it arrives. */
  readonly start: (document: OpenedDocument) => Promise<void>;
}

/** Where an entry has its words, by what it is: a note, a poll, a question of the plan … */
const WORDS = ['text', 'question', 'title', 'name'];

/** What a thing of `thingsBehind` says; empty where it says nothing, or was deleted. */
function wordsOf(doc: Y.Doc, thing: string): string {
  const slash = thing.indexOf('/');
  const root = thing.slice(0, slash);
  if (isTextRoot(root)) return doc.getText(root).toString();
  const entry = doc.getMap(root).get(thing.slice(slash + 1));
  // The session's own title and description.
  if (root === 'meta' && typeof entry === 'string') return entry;
  if (!(entry instanceof Y.Map) || entry.get('deleted') === true) return '';
  const words: unknown = WORDS.map((field) => entry.get(field)).find(
    (found) => found !== undefined,
  );
  return words instanceof Y.Text ? words.toString() : typeof words === 'string' ? words : '';
}

/**
 * What still comes from laptops whose access was taken back. It arrives in the document that the
 * group, the plan or the report left behind, which the plenary laptop alone goes on listening to, and
 * is shown to the moderator; nothing of it gets among what the others have.
 */
export function createSetAside(options: SetAsideOptions): {
  readonly notes: StoreApi<readonly SetAside[]>;
  /** Opens what has been left behind since the last call. */
  open(): Promise<void>;
  /** The document that was left behind, where it is open. */
  left(documentId: DocumentId): Y.Doc | null;
  /** Resolves once all of it is on disk. */
  flush(): Promise<unknown>;
  close(): Promise<void>;
} {
  const notes = createStore<readonly SetAside[]>(() => []);
  const opened = new Map<DocumentId, OpenedDocument & { part: Part }>();
  const stops: (() => void)[] = [];

  function read(): void {
    const found = [...opened.values()].flatMap(({ part, doc }) => {
      const groupId = part === 'report' ? null : part;
      const current = options.current(part);
      const beyond = current === null ? null : thingsBehind(doc, Y.encodeStateVector(current));
      return [...(beyond?.things ?? [])].flatMap((thing) => {
        const text = wordsOf(doc, thing);
        return text.trim() === '' ? [] : [{ groupId, id: thing, text }];
      });
    });
    // What was left behind twice may lack the same.
    const all = new Map(found.map((one) => [`${one.groupId}/${one.id}/${one.text}`, one]));
    notes.setState([...all.values()], true);
  }
  function watch(doc: Y.Doc): void {
    doc.on('afterTransaction', read);
    stops.push(() => doc.off('afterTransaction', read));
  }

  return {
    notes,
    async open() {
      const record = options.record();
      if (!record.plenary) return;
      for (const { part, key } of record.retired ?? []) {
        if (opened.has(key.documentId)) continue;
        const document = await options.openDocument(key);
        opened.set(key.documentId, { ...document, part });
        watch(document.doc);
        await options.start(document);
        const current = options.current(part);
        if (current !== null) watch(current);
      }
      read();
    },
    left: (documentId) => opened.get(documentId)?.doc ?? null,
    flush: () => Promise.all([...opened.values()].map(({ persisted }) => persisted.flush())),
    async close() {
      for (const stop of stops.splice(0)) stop();
      for (const { persisted, doc } of opened.values()) {
        await persisted.destroy();
        doc.destroy();
      }
      opened.clear();
    },
  };
}
