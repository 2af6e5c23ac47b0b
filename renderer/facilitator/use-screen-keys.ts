import { useEffect, useEffectEvent } from 'react';
import type { NoteId } from '../../src/core/session/ids.ts';
import { noteKinds } from '../../src/core/session/model.ts';
import { altDigit, altLetter, ctrlDigit, isMac, isTyping, isUndoKey } from '../shared/keys.ts';
import { focusedNoteId } from './focus.ts';
import type { GroupParts } from './group-context.tsx';
import { facilitatorViews } from './screen-state.ts';
import { nothingSelected } from './selection.ts';

/** The keys of a group's screen that work wherever the focus is. */
export function useScreenKeys(parts: GroupParts, onShowKeys: () => void): void {
  const mac = isMac();

  /** Marks the note that the focus is in, or the one that is being written. */
  function mark(change: Parameters<GroupParts['composer']['mark']>[0]): void {
    const id = focusedNoteId(document.activeElement) as NoteId | null;
    if (id !== null) parts.actions.changeNote(id, change);
    else if (change.questionId !== undefined) parts.actions.chooseQuestion(change.questionId);
    else parts.composer.mark(change);
  }

  /** Returns whether the key was one of the screen's. */
  function take(event: KeyboardEvent): boolean {
    const { screen, actions, session, mayWrite } = parts;
    // A sheet or a list that lies over the screen has its own keys.
    if (event.target instanceof Element && event.target.closest('[role=dialog]')) return false;
    if (event.key === 'F1' || (event.key === '?' && !isTyping(event.target))) {
      onShowKeys();
      return true;
    }
    const digit = altDigit(event, mac);
    const view = digit === null ? undefined : facilitatorViews[digit - 1];
    if (view !== undefined) {
      screen.setState({ view });
      return true;
    }
    if (digit === 0) {
      screen.setState({ filter: null });
      return true;
    }
    const letter = altLetter(event, mac);
    const question = session.plan.view.snapshot().questions.find((one) => one.letter === letter);
    if (question !== undefined) {
      if (mayWrite) mark({ questionId: question.id });
      else screen.setState({ filter: question.id });
      return true;
    }
    if (!mayWrite) return false;

    const kind = noteKinds[(ctrlDigit(event) ?? 0) - 1];
    if (kind !== undefined) {
      mark({ kind });
      return true;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (screen.getState().selection.ids.size === 0) return false;
      actions.recommend();
      return true;
    }
    const { selection, editing } = screen.getState();
    if (event.key === 'Escape' && selection.ids.size > 0 && editing === null) {
      screen.setState({ selection: nothingSelected });
      return true;
    }
    const way = isUndoKey(event, mac);
    // In a text with something in it, taking back letters is the text's own.
    if (way !== null && !(isTyping(event.target) && textOf(event.target) !== '')) {
      actions.replay(way);
      return true;
    }
    return false;
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!event.isComposing && take(event)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    // Before the widgets, some of which would take letters for a search in their lists.
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
}

const textOf = (target: EventTarget | null): string =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement ? target.value : '';
