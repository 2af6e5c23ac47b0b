import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import type { SessionId } from '../../core/session/ids.ts';
import type { SessionRecord } from '../app/types.ts';
import type { DocumentStore } from './document-store.ts';
import { mirrorDocument } from './mirror-document.ts';
import type { Keyring } from './keyring.ts';
import { recordToText } from './record-text.ts';
import { documentsOf, type SessionStore } from './session-store.ts';
import type { VaultClient } from './vault-client.ts';
import type { VaultLink, VaultTrouble } from './vault-link.ts';
import type { VaultStatus } from './vault-status.ts';

/** The keys under which the vault keeps what belongs to no document. */
export const SESSION_KEY = 'session:';
export const DEVICE_KEY = 'device';
/** Followed by the laptop key's id: another key's envelope is never written over. */
export const ENVELOPE_KEY = 'key:';
const sessionKey = (id: SessionId): string => SESSION_KEY + id;

const RETRY_MS = 5_000;

export interface SecondCopy {
  /** The stores that were given; what is written through these goes to the vault afterwards too. */
  readonly documents: DocumentStore;
  readonly sessions: SessionStore;
  readonly status: StoreApi<VaultStatus>;
  close(): void;
}

export interface SecondCopyOptions {
  readonly link: VaultLink;
  readonly vault: VaultClient;
  readonly documents: DocumentStore;
  readonly sessions: SessionStore;
  readonly deviceId: string;
  /** Seals the records there as in the store. */
  readonly keyring: Pick<Keyring, 'key' | 'envelope'>;
}

/**
 * Keeps the vault's copy of what this laptop stores. Nothing here is waited for by whoever stores
 * something (S1): the vault gets an update once the store has it. Whenever the vault comes back from
 * being away, or a document is opened, the two are compared, so that nothing has to be remembered
 * here of what the vault has missed.
 */
export function keepSecondCopy(options: SecondCopyOptions): SecondCopy {
  const { link, vault, documents, sessions, deviceId, keyring } = options;
  const status = createStore<VaultStatus>(() => ({ state: 'absent' }));
  const textOf = (record: SessionRecord): string => recordToText(record, keyring.key);
  /** The documents that are open in this window, with who wants to hear of what comes back. */
  const open = new Map<DocumentId, Set<() => void>>();
  let trouble: VaultTrouble | null = null;
  /** Whether it has ever had everything, as far as this window knows. */
  let wasCurrent = false;
  let failures = 0;
  let unanswered = 0;
  let unfinished = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let work: Promise<void> = Promise.resolve();

  function publish(): void {
    const next: VaultStatus =
      trouble === 'absent' || (trouble === null && !wasCurrent)
        ? { state: 'absent' }
        : trouble !== null
          ? { state: 'failed', reason: trouble }
          : { state: unanswered > 0 || unfinished ? 'writing' : 'current' };
    if (JSON.stringify(next) !== JSON.stringify(status.getState())) status.setState(next, true);
  }
  function fail(reason: VaultTrouble): void {
    trouble = reason;
    failures += 1;
    // One that is away comes back by itself, and one that is absent does not come at all.
    if (reason !== 'away' && reason !== 'absent') tryAgain();
    publish();
  }
  function tryAgain(): void {
    retry ??= setTimeout(() => {
      retry = undefined;
      inTurn(catchUp);
    }, RETRY_MS);
  }

  /** Follows a change to its answer; what it comes to is seen in the status. */
  async function follow(
    change: Promise<{ ok: true } | { ok: false; reason: VaultTrouble }>,
  ): Promise<boolean> {
    unanswered += 1;
    publish();
    const answer = await change;
    unanswered -= 1;
    if (answer.ok) publish();
    else fail(answer.reason);
    return answer.ok;
  }

  /** Whether it makes sense to tell the vault at once; it catches up when it comes back. */
  const takesWrites = (): boolean => link.isUp() && trouble !== 'absent';

  /** One comparison after the other; whether it succeeded or not, the next one comes. */
  function inTurn(job: () => Promise<unknown>): void {
    if (!takesWrites()) return;
    work = work.then(async () => {
      unfinished = true;
      publish();
      try {
        await job();
      } catch (error) {
        // The store could not be read or written, and says so in the status of what is stored.
        console.error('The second copy could not be compared', error);
        tryAgain();
        return;
      }
      unfinished = false;
      publish();
    });
  }

  async function mirror(id: DocumentId): Promise<boolean> {
    const result = await mirrorDocument(id, documents, vault);
    if (!result.ok) fail(result.reason);
    else if (result.gained) open.get(id)?.forEach((listener) => listener());
    return result.ok;
  }

  async function catchUp(): Promise<void> {
    const before = failures;
    // What failed meanwhile has failed after it was compared.
    if (!(await compareAll()) || failures !== before) return;
    trouble = null;
    wasCurrent = true;
  }

  /** Compares everything; by their counts where that is enough. False once something has failed. */
  async function compareAll(): Promise<boolean> {
    const summary = await vault.summary();
    if (!summary.ok) {
      fail(summary.reason);
      return false;
    }
    const { records, counts } = summary.value;
    for (const [id, documentIds] of await sessions.removed()) {
      if (documentIds.length > 0 && !(await forget(id, documentIds))) return false;
    }
    const texts = new Map([[DEVICE_KEY, deviceId]]);
    // Before what is sealed with it.
    const envelope = keyring.envelope.getState();
    if (envelope !== null) texts.set(ENVELOPE_KEY + envelope.keyId, envelope.text);
    const ids = new Set(open.keys());
    for (const record of await sessions.all()) {
      texts.set(sessionKey(record.sessionId), textOf(record));
      for (const id of documentsOf(record)) {
        if ((await documents.count(id)) !== (counts.get(id) ?? 0)) ids.add(id);
      }
    }
    for (const [key, text] of texts) {
      if (records.get(key) !== text && !(await follow(vault.put(key, text)))) return false;
    }
    for (const id of ids) {
      if (!(await mirror(id))) return false;
    }
    return true;
  }

  async function forget(id: SessionId, documentIds: readonly DocumentId[]): Promise<boolean> {
    const done = await follow(vault.forget(sessionKey(id), documentIds));
    if (done) await sessions.forgotten(id);
    return done;
  }

  const stopWatching = link.onUp(() => {
    // It may be another hub than before.
    if (trouble === 'absent') trouble = null;
    inTurn(catchUp);
  });
  const stopWaiting = link.onDown(() => fail('away'));
  // A passphrase protects nothing while the key still lies there without one.
  const stopWrapping = keyring.envelope.subscribe(() => inTurn(catchUp));

  return {
    status,
    documents: {
      ...documents,
      async append(id, update) {
        const row = await documents.append(id, update);
        if (takesWrites()) void follow(vault.append(id, update));
        return row;
      },
      async compact(id, throughRow, update) {
        const row = await documents.compact(id, throughRow, update);
        inTurn(() => mirror(id));
        return row;
      },
      async remove(id) {
        await documents.remove(id);
        if (takesWrites()) void follow(vault.forget(`document:${id}`, [id]));
      },
      watch(id, listener) {
        const stop = documents.watch(id, listener);
        const listeners = open.get(id) ?? new Set();
        open.set(id, listeners.add(listener));
        inTurn(() => mirror(id));
        return () => {
          stop();
          listeners.delete(listener);
          if (listeners.size === 0) open.delete(id);
        };
      },
    },
    sessions: {
      ...sessions,
      async put(record) {
        await sessions.put(record);
        if (takesWrites()) {
          void follow(vault.put(sessionKey(record.sessionId), textOf(record)));
        }
      },
      async remove(record) {
        await sessions.remove(record);
        inTurn(() => forget(record.sessionId, documentsOf(record)));
      },
    },
    close() {
      clearTimeout(retry);
      stopWatching();
      stopWaiting();
      stopWrapping();
    },
  };
}
