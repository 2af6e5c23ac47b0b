import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Keychain } from '../../core/protocol/machine.ts';
import type { DeviceId } from '../../core/session/ids.ts';
import { type Database, openDatabase, saysDamaged } from './database.ts';
import { createDexieDocumentStore } from './dexie-document-store.ts';
import { forgetInCopy, neededEnvelopes, sessionsIn } from './keys-in-copy.ts';
import { keepSecondCopy, type SecondCopy } from './keep-second-copy.ts';
import type { Random } from './key-envelope.ts';
import { keepBeside, keepInKeychain } from './key-keep.ts';
import { type Keyring, type Lock, openKeyring } from './keyring.ts';
import type { LaptopKey } from './laptop-key.ts';
import { putBack, readLostCopy, type LostCopy, type Stores } from './restore-from-vault.ts';
import { createSessionStore, forgetSessions, keysInUse, sealOpenRecords } from './session-store.ts';
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
  readonly keyring: Keyring;
}

export interface StorageOptions {
  /** WebSocket base address of this laptop's own hub, or null while it has none. */
  readonly hubAddress: () => Promise<string | null>;
  readonly newId: () => string;
  readonly now: () => number;
  readonly random: Random;
  /** Where the laptop key is kept; null for beside what it seals. */
  readonly keychain: Keychain | null;
  /** Called where a person has to do something before the sessions can be opened. */
  readonly onLocked: (lock: Lock) => void;
}

/**
 * Opens this laptop's storage, and brings back from the vault what the browser has lost, before
 * anything is shown. Rejects where the browser's storage cannot be opened and the vault has nothing
 * to put in its place.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { keychain, random } = options;
  const link = createVaultLink(options.hubAddress);
  const vault = createVaultClient(link);
  const restored = createStore<Restored | null>(() => null);
  let database: Database | null = null;
  const keep = keychain === null ? keepBeside(() => database) : keepInKeychain(keychain);

  /** Null where the vault is not there or cannot be read whole. */
  async function readCopy(stores: Stores | null, key: LaptopKey | null): Promise<LostCopy | null> {
    return (await link.firstTry) ? readLostCopy(vault, stores, { key, random }) : null;
  }
  async function restore(copy: LostCopy | null, stores: Stores): Promise<void> {
    if (copy === null || copy.sessions.length === 0) return;
    const titles = await putBack(copy, stores);
    restored.setState({ titles, at: options.now() }, true);
  }
  async function recordsInCopy(): Promise<ReadonlyMap<string, string>> {
    const asking = link.firstTry.then((isThere) => (isThere ? vault.summary() : null));
    const summary = await within(PATIENCE_EMPTY_MS, asking);
    return summary?.ok === true ? summary.value.records : new Map();
  }

  const unlock = (): Promise<Keyring> =>
    openKeyring({
      keep,
      random,
      onLocked: options.onLocked,
      keysInUse: async () => (database === null ? new Set() : keysInUse(database)),
      envelopesInCopy: async () => neededEnvelopes(await recordsInCopy()),
      async forget(how) {
        const records = await recordsInCopy();
        // Where the database is damaged there is nothing in it that could be forgotten.
        if (database !== null) await forgetSessions(database, sessionsIn(records), how);
        await forgetInCopy(vault, records, how);
      },
    });

  async function openOrReplace(): Promise<{
    stores: Stores;
    copy: LostCopy | null;
    keyring: Keyring;
  }> {
    const opened = await openWhole();
    if (opened.ok) {
      database = opened.database;
      const keyring = await unlock();
      if (keyring.key !== null) await sealOpenRecords(database, keyring.key);
      return { stores: storesOf(database, keyring), copy: null, keyring };
    }
    if (!saysDamaged(opened.error)) throw opened.error;
    const keyring = await unlock();
    const copy = await within(PATIENCE_EMPTY_MS, readCopy(null, keyring.key));
    // Nothing is thrown away that is not in hand here, whole.
    if (copy === null || copy.sessions.length === 0) throw opened.error;
    if (!(await deleteDatabase())) throw opened.error;
    database = openDatabase();
    const envelope = keyring.envelope.getState();
    if (envelope !== null) await keep.add(envelope.text);
    return { stores: storesOf(database, keyring), copy, keyring };
  }

  try {
    const opened = await openOrReplace();
    const { stores, keyring } = opened;
    let { copy } = opened;
    if (copy === null) {
      const isEmpty = (await stores.sessions.all()).length === 0;
      const reading = readCopy(stores, keyring.key).catch((error: unknown) => {
        complain(error);
        return null;
      });
      copy = await within(isEmpty ? PATIENCE_EMPTY_MS : PATIENCE_MS, reading);
      // Late is better than never.
      if (copy === null) void reading.then((late) => restore(late, stores)).catch(complain);
    }
    await restore(copy, stores).catch(complain);
    const deviceId = await stores.sessions.deviceId(() => copy?.deviceId ?? options.newId());
    const secondCopy = keepSecondCopy({ link, vault, deviceId, keyring, ...stores });
    return { ...secondCopy, deviceId, secondCopy: secondCopy.status, restored, keyring };
  } catch (error) {
    link.close();
    throw error;
  }
}

type Opened =
  | { readonly ok: true; readonly database: Database }
  | { readonly ok: false; readonly error: unknown };

/** Opened, and seen that its tables can be read. */
async function openWhole(): Promise<Opened> {
  const database = openDatabase();
  try {
    await database.sessions.toArray();
    await database.settings.toArray();
    return { ok: true, database };
  } catch (error) {
    database.close();
    return { ok: false, error };
  }
}

const storesOf = (database: Database, { key }: Keyring): Stores => ({
  sessions: createSessionStore(database, key),
  documents: createDexieDocumentStore(database),
});

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
