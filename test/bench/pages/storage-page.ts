import { Dexie, type Table } from 'dexie';
import yDexie, { DexieYProvider } from 'y-dexie';
import * as Y from 'yjs';
import { openDatabase } from '../../../src/browser/storage/database.ts';
import { createDexieDocumentStore } from '../../../src/browser/storage/dexie-document-store.ts';
import { persistDocument } from '../../../src/browser/storage/persist-document.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';

/** Types one letter every 2 ms until the browser is killed, and reads what is left afterwards. */
export interface StoragePage {
  /** Says over the socket what was typed ("t17") and what was called stored ("s15"). */
  type(kind: 'ours' | 'y-dexie', reportTo: string): Promise<void>;
  count(kind: 'ours' | 'y-dexie'): Promise<number>;
}

const WRITE_MS = 2;
const id = documentKeyFrom(new Uint8Array(32).fill(4)).documentId;

interface Opened {
  readonly doc: Y.Doc;
  /** Calls back whenever everything typed so far is stored, where the storage can tell. */
  readonly onStored: (listener: () => void) => void;
}

async function openOurs(): Promise<Opened> {
  const doc = new Y.Doc();
  const store = createDexieDocumentStore(openDatabase('bench-storage'));
  const persisted = await persistDocument(doc, id, store);
  return {
    doc,
    onStored(listener) {
      persisted.subscribe(() => {
        if (persisted.state().state === 'saved') listener();
      });
    },
  };
}

async function openYDexie(): Promise<Opened> {
  const database = new Dexie('bench-y-dexie', { addons: [yDexie] });
  database.version(1).stores({ documents: 'id, doc: Y.Doc' });
  const documents: Table<{ id: string; doc: Y.Doc }, string> = database.table('documents');
  if ((await documents.get('d')) === undefined) await documents.put({ id: 'd' } as never);
  const row = await documents.get('d');
  if (row === undefined) throw new Error('y-dexie has no row');
  const provider = DexieYProvider.load(row.doc);
  await provider.whenLoaded;
  return { doc: row.doc, onStored: () => undefined };
}

const open = { ours: openOurs, 'y-dexie': openYDexie };

const page: StoragePage = {
  async type(kind, reportTo) {
    const { doc, onStored } = await open[kind]();
    const socket = new WebSocket(reportTo);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const text = doc.getText('t');
    onStored(() => socket.send(`s${text.length}`));
    setInterval(() => {
      text.insert(text.length, 'x');
      socket.send(`t${text.length}`);
    }, WRITE_MS);
  },
  async count(kind) {
    const { doc } = await open[kind]();
    return doc.getText('t').length;
  },
};
Object.assign(globalThis, { storagePage: page });
