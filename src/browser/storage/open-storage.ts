import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceId } from '../../core/session/ids.ts';
import { type Database, openDatabase, saysDamaged } from './database.ts';
import { createDexieDocumentStore } from './dexie-document-store.ts';
import { keepSecondCopy, type SecondCopy } from './keep-second-copy.ts';
import { putBack, readLostCopy, type LostCopy, type Stores } from './restore-from-vault.ts';
import { createSessionStore } from './session-store.ts';
import { createVaultClient } from './vault-client.ts';
import { createVaultLink } from './vault-link.ts';
import type { Restored } from './vault-status.ts';

/** How long the start waits for the vault: where there is nothing else to show, and where there is. */
const PATIENCE_EMPTY_MS = 5_000;
const PATIENCE_MS = 1_000;

export interface Storage extends Stores {
  readonly deviceId: DeviceId;
  readonly secondCopy: SecondCopy['status'];
  /** What had been lost and is back; set later, too, where the vault came late. */
  readonly restored: StoreApi<Restored | null>;
}

export interface StorageOptions {
  /** WebSocket base address of this laptop's own hub, or null while it has none. */
  readonly hubAddress: () => Promise<string | null>;
  readonly newId: () => string;
  readonly now: () => number;
}

/**
 * Opens this laptop's storage, and brings back from the vault what the browser has lost, before
 * anything is shown. Rejects where the browser's storage cannot be opened and the vault has nothing
 * to put in its place.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const link = createVaultLink(options.hubAddress);
  const vault = createVaultClient(link);
  const restored = createStore<Restored | null>(() => null);

  /** Null where the vault is not there or cannot be read whole. */
  async function readCopy(stores: Stores | null): Promise<LostCopy | null> {
    return (await link.firstTry) ? readLostCopy(vault, stores) : null;
  }
  async function restore(copy: LostCopy | null, stores: Stores): Promise<void> {
    if (copy === null || copy.sessions.length === 0) return;
    const titles = await putBack(copy, stores);
    restored.setState({ titles, at: options.now() }, true);
  }

  async function openOrReplace(): Promise<{ stores: Stores; copy: LostCopy | null }> {
    try {
      return { stores: await openStores(), copy: null };
    } catch (error) {
      if (!saysDamaged(error)) throw error;
      const copy = await within(PATIENCE_EMPTY_MS, readCopy(null));
      // Nothing is thrown away that is not in hand here, whole.
      if (copy === null || copy.sessions.length === 0) throw error;
      if (!(await deleteDatabase())) throw error;
      return { stores: await openStores(), copy };
    }
  }

  try {
    const opened = await openOrReplace();
    const { stores } = opened;
    let { copy } = opened;
    if (copy === null) {
      const isEmpty = (await stores.sessions.all()).length === 0;
      const reading = readCopy(stores).catch((error: unknown) => {
        complain(error);
        return null;
      });
      copy = await within(isEmpty ? PATIENCE_EMPTY_MS : PATIENCE_MS, reading);
      // Late is better than never.
      if (copy === null) void reading.then((late) => restore(late, stores)).catch(complain);
    }
    await restore(copy, stores).catch(complain);
    const deviceId = await stores.sessions.deviceId(() => copy?.deviceId ?? options.newId());
    const secondCopy = keepSecondCopy({ link, vault, deviceId, ...stores });
    return { ...secondCopy, deviceId, secondCopy: secondCopy.status, restored };
  } catch (error) {
    link.close();
    throw error;
  }
}

/** Rejects where the database cannot be opened or its sessions cannot be read. */
async function openStores(): Promise<Stores> {
  const database: Database = openDatabase();
  const sessions = createSessionStore(database);
  try {
    await sessions.all();
    await sessions.removed();
  } catch (error) {
    database.close();
    throw error;
  }
  return { sessions, documents: createDexieDocumentStore(database) };
}

/** False where another window has it open, or the browser refuses. */
function deleteDatabase(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('caucus');
    request.onsuccess = () => resolve(true);
    request.onerror = () => resolve(false);
    request.onblocked = () => resolve(false);
  });
}

/** What the promise comes to, or null after so many milliseconds. */
function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => resolve(null), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

/** The storage is as it was, and can be worked with. */
function complain(error: unknown): void {
  console.error('What the second copy has could not be put back', error);
}
