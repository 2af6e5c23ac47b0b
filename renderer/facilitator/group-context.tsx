import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupNotes, Plan } from '../../src/core/session/model.ts';
import type { Outcome } from '../../src/core/session/writer.ts';
import { useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { useView, useViewPart } from '../shared/use-view.ts';
import type { Composer } from './composer-state.ts';
import type { GroupActions } from './group-actions.ts';
import type { ScreenState } from './screen-state.ts';

/** What the parts of a group's screen share. */
export interface GroupParts {
  readonly session: OpenedSession;
  readonly group: GroupDocument;
  readonly composer: Composer;
  readonly screen: StoreApi<ScreenState>;
  readonly actions: GroupActions;
  /** The role may write here, and the documents are not from a newer Caucus. */
  readonly mayWrite: boolean;
}

export const GroupContext = createContext<GroupParts | null>(null);

export function useGroupParts(): GroupParts {
  const parts = use(GroupContext);
  if (parts === null) throw new Error('A part of a group’s screen is used outside of it');
  return parts;
}

export const useScreen = <Part,>(select: (state: ScreenState) => Part): Part =>
  useStore(useGroupParts().screen, select);
export const usePlan = (): Plan => useView(useGroupParts().session.plan.view);
export const useGroupPart = <Part,>(select: (notes: GroupNotes) => Part): Part =>
  useViewPart(useGroupParts().group.view, select);

/** Says in plain words why the document refused something; returns whether it did not. */
export function useOutcome(): (outcome: Outcome<unknown>) => boolean {
  const t = useT();
  const notices = useNotices();
  return (outcome) => {
    if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
    return outcome.ok;
  };
}
