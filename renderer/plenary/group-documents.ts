import { useMemo, useSyncExternalStore } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { useView } from '../shared/use-view.ts';
import { createFindings, type Findings } from './findings.ts';

type Documents = ReadonlyMap<GroupId, GroupDocument>;
const known = new WeakMap<OpenedSession, Documents>();

/** The session's own map grows in place, and React has to see another one. */
function documentsOf(session: OpenedSession): Documents {
  const before = known.get(session);
  if (before !== undefined && before.size === session.groups.size) return before;
  const now = new Map(session.groups);
  known.set(session, now);
  return now;
}

/** The groups whose notes this laptop may open; another map when one has come. */
export const useGroupDocuments = (session: OpenedSession): Documents =>
  useSyncExternalStore(session.status.subscribe, () => documentsOf(session));

/** What all groups recommend; see `Findings`. */
export function useFindings(session: OpenedSession): Findings {
  const documents = useGroupDocuments(session);
  return useView(useMemo(() => createFindings(documents), [documents]));
}
