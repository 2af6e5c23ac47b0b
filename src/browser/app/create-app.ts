import * as Y from 'yjs';
import { createStore } from 'zustand/vanilla';
import {
  type DocumentKey,
  documentKeyFrom,
  documentKeyOf,
  mayWrite,
} from '../../core/protocol/document-key.ts';
import type { Machine } from '../../core/protocol/machine.ts';
import { initialiseGroupDocument } from '../../core/session/group-document.ts';
import type { Context, GroupId } from '../../core/session/ids.ts';
import { initialisePlanDocument } from '../../core/session/plan-document.ts';
import { checkPlanInput } from '../../core/session/plan-input.ts';
import { storageFault } from '../storage/database.ts';
import { openStorage } from '../storage/open-storage.ts';
import { openSession } from './open-session.ts';
import { newId, randomBytes } from './random.ts';
import type { CaucusApp, CreateResult, SessionRecord } from './types.ts';

const refusal = (error: unknown): 'no-space' | 'storage-blocked' =>
  storageFault(error) === 'no-space' ? 'no-space' : 'storage-blocked';

/** A ticket that only reads does not take away what an earlier one gave. */
const stronger = (known: DocumentKey | undefined, given: DocumentKey): DocumentKey =>
  known !== undefined && mayWrite(known.secret) ? known : given;

/**
 * Opens this laptop's storage, and brings back what the browser has lost of it and the second copy
 * has. Rejects where the browser refuses storage altogether.
 */
export async function createCaucusApp({ machine }: { machine: Machine }): Promise<CaucusApp> {
  const now = (): number => Date.now();
  const storage = await openStorage({
    async hubAddress() {
      const hub = await machine.hubState();
      return hub.ok && hub.state.localUrl !== '' ? hub.state.localUrl : null;
    },
    newId,
    now,
  });
  const { documents, sessions, restored } = storage;
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
    async create(input): Promise<CreateResult> {
      const faults = checkPlanInput(input);
      if (faults.length > 0) return { ok: false, reason: 'invalid', faults };
      const planDoc = new Y.Doc();
      const plan = initialisePlanDocument(planDoc, input, context);
      const planKey = documentKeyFrom(randomBytes(32));
      const groups = plan.groupIds.map((id: GroupId) => {
        const doc = new Y.Doc();
        initialiseGroupDocument(doc, id);
        return { id, doc, key: documentKeyFrom(randomBytes(32)) };
      });
      const now = context.now();
      const record: SessionRecord = {
        sessionId: plan.sessionId,
        title: input.title.trim(),
        role: 'moderator',
        groupId: null,
        plenary: true,
        plan: planKey,
        groups: new Map(groups.map(({ id, key }) => [id, key])),
        addresses: [],
        createdAt: now,
        openedAt: now,
      };
      try {
        // The record goes last: a session that is listed has all its documents.
        await documents.append(planKey.documentId, Y.encodeStateAsUpdateV2(planDoc));
        for (const { doc, key } of groups) {
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
        const opened = new Map(
          [...ticket.groups].map(([id, secret]) => [id, documentKeyOf(secret)] as const),
        );
        const record: SessionRecord =
          known === null
            ? {
                sessionId: ticket.sessionId,
                title: ticket.title,
                role: ticket.role,
                groupId: ticket.groupId,
                plenary: false,
                plan: documentKeyOf(ticket.plan),
                groups: opened,
                addresses: ticket.addresses,
                createdAt: context.now(),
                openedAt: context.now(),
              }
            : {
                ...known,
                // The plenary laptop stays what it is; elsewhere the newest ticket says the role.
                ...(!known.plenary && { role: ticket.role, groupId: ticket.groupId }),
                plan: stronger(known.plan, documentKeyOf(ticket.plan)),
                groups: new Map([
                  ...known.groups,
                  ...[...opened].map(
                    ([id, key]) => [id, stronger(known.groups.get(id), key)] as const,
                  ),
                ]),
                addresses: [...new Set([...ticket.addresses, ...known.addresses])],
              };
        await sessions.put(record);
        await refreshList();
        void askToKeep();
        return { ok: true, record };
      } catch (error) {
        return { ok: false, reason: refusal(error) };
      }
    },
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
    async remove(sessionId) {
      const record = await sessions.get(sessionId);
      if (record !== null) await sessions.remove(record);
      await refreshList();
    },
  };
}
