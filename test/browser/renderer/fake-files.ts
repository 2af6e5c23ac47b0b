import * as Y from 'yjs';
import type { FileableSession, Receipt } from '../../../src/browser/app/session-file.ts';
import type { KeptImport } from '../../../src/browser/storage/import-store.ts';
import type { DeviceId, GroupId } from '../../../src/core/session/ids.ts';
import type { FakeSession } from './fake-app.ts';

/** What the laptop's storage keeps for session files, in memory. */
export function createFileStorage() {
  const receipts = new Map<string, Receipt>();
  const kept = new Map<string, KeptImport>();
  return {
    receipts,
    async receipt(documentId: string) {
      const receipt = receipts.get(documentId);
      return receipt === undefined ? null : { documentId, ...receipt };
    },
    imports: {
      all: async () => [...kept.values()].toSorted((a, b) => b.at - a.at),
      get: async (id: string) => kept.get(id) ?? null,
      async put(one: KeptImport) {
        kept.set(one.id, one);
      },
    },
  };
}
export type FakeFileStorage = ReturnType<typeof createFileStorage>;

export interface FileableOptions {
  /** Only these groups. */
  readonly only?: readonly GroupId[];
  /** Copies, as another laptop has them. */
  readonly copied?: boolean;
  readonly from?: Partial<FileableSession['from']>;
}

/** A session's documents as session files know them. */
export function fileableOf(
  { record, planDoc, reportDoc, groupDocs }: FakeSession,
  deviceId: string,
  { only, copied = false, from = {} }: FileableOptions = {},
): FileableSession {
  const take = (doc: Y.Doc): Y.Doc => {
    if (!copied) return doc;
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    return copy;
  };
  const { sessionId, title, groupId, plenary } = record;
  const role = from.role ?? record.role;
  return {
    sessionId,
    title,
    from: { deviceId: deviceId as DeviceId, role, groupId, plenary, ...from },
    documents: [
      { doc: take(planDoc), key: record.plan, part: null, writable: role === 'moderator' },
      ...(record.report === undefined || role === 'facilitator'
        ? []
        : [
            {
              doc: take(reportDoc),
              key: record.report,
              part: 'report' as const,
              writable: true,
            },
          ]),
      ...[...groupDocs].flatMap(([id, doc]) => {
        const key = record.groups.get(id);
        if (key === undefined || only?.includes(id) === false) return [];
        return [{ doc: take(doc), key, part: id, writable: role !== 'rapporteur' }];
      }),
    ],
  };
}
