import { useMemo, useSyncExternalStore } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { Recommendation } from '../../src/core/session/model.ts';
import { useView, useViewPart } from '../shared/use-view.ts';
import { createFindings, createSettledFindings, type Findings, sameCards } from './findings.ts';

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

/** Words that have been left alone for this long are compared with others. */
const SETTLED_MS = 600;

/** What all groups recommend, with the words as they were when last left alone. */
export function useSettledFindings(session: OpenedSession): Findings {
  const documents = useGroupDocuments(session);
  return useView(useMemo(() => createSettledFindings(documents, SETTLED_MS), [documents]));
}

const laidOut = new WeakMap<GroupDocument, readonly Recommendation[]>();

/** A group's recommendations as cards are laid out; not drawn again with every letter in one. */
export const useCards = (document: GroupDocument): readonly Recommendation[] =>
  useViewPart(document.view, ({ recommendations }) => {
    const before = laidOut.get(document);
    if (before !== undefined && sameCards(before, recommendations)) return before;
    laidOut.set(document, recommendations);
    return recommendations;
  });
