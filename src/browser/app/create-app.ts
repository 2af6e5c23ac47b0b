import * as Y from 'yjs';
import { createStore } from 'zustand/vanilla';
import type { Machine } from '../../core/protocol/machine.ts';
import type { Context } from '../../core/session/ids.ts';
import { checkPlanInput } from '../../core/session/plan-input.ts';
import { storageFault } from '../storage/database.ts';
import type { Lock } from '../storage/keyring.ts';
import { openStorage } from '../storage/open-storage.ts';
import { whatIsOnlyHere } from '../storage/only-here.ts';
import { askToJoin } from './ask-to-join.ts';
import { openJoinDesk } from './join-desk.ts';
import { knownGroupsOf } from './known-groups.ts';
import { openSession } from './open-session.ts';
import { newId, randomBytes } from './random.ts';
import { joined, makeSession, movedBetween } from './session-records.ts';
import type { CaucusApp, CreateResult, SessionRecord } from './types.ts';

const refusal = (error: unknown): 'no-space' | 'storage-blocked' =>
  storageFault(error) === 'no-space' ? 'no-space' : 'storage-blocked';

export interface AppOptions {
  readonly machine: Machine;
  /** Shows a person what stands before this laptop's sessions; the app is there once that is open. */
  readonly onLocked: (lock: Lock) => void;
}

/**
 * Opens this laptop's storage, and brings back what the browser has lost of it and the second copy
 * has. Rejects where the browser refuses storage altogether.
 */
export async function createCaucusApp({ machine, onLocked }: AppOptions): Promise<CaucusApp> {
  const now = (): number => Date.now();
  const storage = await openStorage({
    async hubAddress() {
      const hub = await machine.hubState();
      return hub.ok && hub.state.localUrl !== '' ? hub.state.localUrl : null;
    },
    newId,
    now,
    random: randomBytes,
    keychain: machine.keychain,
    onLocked,
  });
  const { documents, sessions, restored, keyring } = storage;
  const context: Context = { deviceId: storage.deviceId, now, newId };
  const list = createStore<readonly SessionRecord[]>(() => []);
  const refreshList = async (): Promise<void> => list.setState(await sessions.all(), true);
  await refreshList();
  restored.subscribe(() => void refreshList());

  /** Asked once notes are about to be kept: without it a browser may clear them when space is short. */
  async function askToKeep(): Promise<void> {
    const kept = (await navigator.storage?.persist?.()) ?? false;
    if (!kept) console.info('The browser keeps notes as long as there is space.');
  }

  return {
    sessions: list,
    secondCopy: storage.secondCopy,
    restored,
    seenRestored: () => restored.setState(null, true),
    protection: keyring.protection,
    setPassphrase: (present, next) => keyring.setPassphrase(present, next),
    async create(input): Promise<CreateResult> {
      const faults = checkPlanInput(input);
      if (faults.length > 0) return { ok: false, reason: 'invalid', faults };
      const { record, documents: made } = makeSession(input, context);
      try {
        // The record goes last: a session that is listed has all its documents.
        for (const { doc, key } of made) {
          await documents.append(key.documentId, Y.encodeStateAsUpdateV2(doc));
        }
        await sessions.put(record);
        await refreshList();
      } catch (error) {
        return { ok: false, reason: refusal(error) };
      }
      void askToKeep();
      return { ok: true, record };
    },
    async join(ticket): Promise<CreateResult> {
      try {
        const known = await sessions.get(ticket.sessionId);
        const record = joined(known, ticket, context.now());
        // Before the record says so: what was typed under a former key goes on under the new one.
        for (const { from, to } of known === null ? [] : movedBetween(known, record)) {
          for (const { update } of await documents.read(from.documentId, 0)) {
            await documents.append(to.documentId, update);
          }
        }
        await sessions.put(record);
        await refreshList();
        void askToKeep();
        return { ok: true, record };
      } catch (error) {
        return { ok: false, reason: refusal(error) };
      }
    },
    knownGroups: async (sessionId) =>
      knownGroupsOf(await sessions.get(sessionId), documents, context),
    askToJoin,
    openJoinDesk,
    async open(sessionId) {
      try {
        const record = await sessions.get(sessionId);
        if (record === null) return { ok: false, reason: 'not-found' };
        const hub = await machine.hubState();
        const session = await openSession({
          record,
          context,
          documents,
          sessions,
          ownHub: record.plenary && hub.ok ? hub.state.localUrl : null,
          onRecord: () => void refreshList(),
        });
        return { ok: true, session };
      } catch (error) {
        return { ok: false, reason: refusal(error) };
      }
    },
    async onlyHere(sessionId) {
      try {
        const record = await sessions.get(sessionId);
        return record === null ? { state: 'unknown' } : await whatIsOnlyHere(record, storage);
      } catch (error) {
        console.error('What the plenary laptop has could not be looked up', error);
        return { state: 'unknown' };
      }
    },
    async remove(sessionId) {
      const record = await sessions.get(sessionId);
      if (record !== null) await sessions.remove(record);
      await refreshList();
    },
  };
}
