import * as Y from 'yjs';
import type { Context } from '../../core/session/ids.ts';
import { openPlanDocument } from '../../core/session/plan-document.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import type { KnownGroup, SessionRecord } from './types.ts';

/** The groups of a session that is not open, by its plan as it is stored; none where it is not here yet. */
export async function knownGroupsOf(
  record: SessionRecord | null,
  documents: Pick<DocumentStore, 'read'>,
  context: Context,
): Promise<readonly KnownGroup[]> {
  if (record === null) return [];
  const doc = new Y.Doc();
  for (const { update } of await documents.read(record.plan.documentId, 0)) {
    Y.applyUpdateV2(doc, update);
  }
  const plan = openPlanDocument(doc, context);
  const groups = plan.view.snapshot().groups.map(({ id, number, name }) => ({ id, number, name }));
  plan.destroy();
  doc.destroy();
  return groups;
}
