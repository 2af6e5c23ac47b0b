import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { QuestionId } from '../../src/core/session/ids.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';
import type { ReportModel } from './build-model.ts';
import { foldsAround } from './note-runs.ts';
import { sectionKey } from './report-section.ts';

/** Ids of elements, so that every part of the screen can lead to every other. */
export const idOfAnchor = (anchor: string): string => `report-${anchor}`;
export const idOfText = (section: ReportSection): string => `text-${sectionKey(section)}`;
export const idOfFeedQuestion = (questionId: QuestionId | null): string =>
  `feed-${questionId ?? 'none'}`;

export type Pane = 'report' | 'feed';

export interface ReportPlaces {
  /** Which half is shown where there is room for one only. */
  readonly pane: Pane;
  readonly setPane: (pane: Pane) => void;
  /** What of the record of notes was folded or unfolded by hand: see `foldsAround`. */
  readonly unfolded: ReadonlyMap<string, boolean>;
  readonly fold: (id: string, open: boolean) => void;
  /** Shows a place of the report and marks it; `move` takes the keyboard there too. */
  readonly goTo: (anchor: string, move: boolean) => void;
  /** Where one was before following references; null where one has followed none. */
  readonly goBack: (() => void) | null;
  readonly goToText: (section: ReportSection) => void;
  readonly goToFeed: (questionId: QuestionId | null) => void;
}

interface Jump {
  /** The element to show. */
  readonly id: string;
  readonly move: boolean;
}

/** Finding one's way between the report and what feeds it. */
export function useReportPlaces(model: ReportModel): ReportPlaces {
  const [pane, setPane] = useState<Pane>('report');
  const [unfolded, setUnfolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [jump, setJump] = useState<Jump | null>(null);
  const [trail, setTrail] = useState<readonly HTMLElement[]>([]);
  const marked = useRef<Element | null>(null);
  // Kept apart, so that `goTo` stays the same and not every reference is drawn again with it.
  const pieces = useRef(model.pieces);
  useLayoutEffect(() => {
    pieces.current = model.pieces;
  }, [model]);

  const fold = useCallback(
    (id: string, open: boolean) => setUnfolded((before) => new Map(before).set(id, open)),
    [],
  );
  const goTo = useCallback(
    (anchor: string, move: boolean) => {
      foldsAround(pieces.current, anchor).forEach((each) => fold(each, true));
      const from = document.activeElement;
      if (move && from instanceof HTMLElement) setTrail((before) => [...before, from].slice(-20));
      setPane('report');
      setJump({ id: idOfAnchor(anchor), move });
    },
    [fold],
  );
  // After drawing: what one goes to may have been folded away or in the other half until now.
  useLayoutEffect(() => {
    if (jump === null) return;
    const element = document.getElementById(jump.id);
    if (element === null) return;
    marked.current?.removeAttribute('data-here');
    marked.current = element.closest('[data-mark]') ?? element;
    marked.current.setAttribute('data-here', 'true');
    element.scrollIntoView({ block: 'start' });
    if (jump.move) element.focus({ preventScroll: true });
  }, [jump]);

  const goBack = useCallback(() => {
    const element = trail.at(-1);
    setTrail(trail.slice(0, -1));
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }, [trail]);
  const goToText = useCallback((section: ReportSection) => {
    setPane('report');
    requestAnimationFrame(() => {
      const field = document.getElementById(idOfText(section))?.querySelector('textarea');
      field?.scrollIntoView({ block: 'center' });
      field?.focus({ preventScroll: true });
    });
  }, []);
  const goToFeed = useCallback((questionId: QuestionId | null) => {
    setPane('feed');
    requestAnimationFrame(() => {
      const heading = document.getElementById(idOfFeedQuestion(questionId));
      heading?.scrollIntoView({ block: 'start' });
      heading?.focus({ preventScroll: true });
    });
  }, []);

  const back = trail.length === 0 ? null : goBack;
  return useMemo(
    () => ({ pane, setPane, unfolded, fold, goTo, goBack: back, goToText, goToFeed }),
    [pane, unfolded, fold, goTo, back, goToText, goToFeed],
  );
}
