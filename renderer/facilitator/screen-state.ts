import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NoteId, QuestionId, RecommendationId } from '../../src/core/session/ids.ts';
import { nothingSelected, type Selection } from './selection.ts';

export const facilitatorViews = ['notes', 'drafts', 'report-back'] as const;
export type FacilitatorView = (typeof facilitatorViews)[number];

/** What a facilitator looks at; none of it is kept. */
export interface ScreenState {
  readonly view: FacilitatorView;
  /** Only the notes of this question are shown; null for all. */
  readonly filter: QuestionId | null;
  readonly selection: Selection;
  /** The note that Tab and the arrows start from; null before there was one. */
  readonly current: NoteId | null;
  /** The current note is to take the focus as soon as it is drawn. */
  readonly wantsFocus: boolean;
  /** The note that is being changed in its place. */
  readonly editing: NoteId | null;
  /** The recommendation whose sources are being chosen. */
  readonly sourcesFor: RecommendationId | null;
  /** The recommendation that was just made: its text takes the focus. */
  readonly fresh: RecommendationId | null;
}

export const createScreenState = (): StoreApi<ScreenState> =>
  createStore<ScreenState>(() => ({
    view: 'notes',
    filter: null,
    selection: nothingSelected,
    current: null,
    wantsFocus: false,
    editing: null,
    sourcesFor: null,
    fresh: null,
  }));
