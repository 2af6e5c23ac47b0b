import { useEffect, useEffectEvent } from 'react';
import type { Question } from '../../src/core/session/model.ts';
import { altLetter, isMac, isTyping, isUndoKey } from '../shared/keys.ts';
import type { QuestionChoice } from './board/board-rows.ts';
import type { PlenaryActions } from './plenary-actions.ts';

export interface PlenaryKeys {
  readonly actions: PlenaryActions;
  readonly questions: readonly Question[];
  readonly onQuestion: (choice: QuestionChoice) => void;
  readonly onProjector: () => void;
  readonly onKeys: () => void;
}

/** The keys that work wherever the focus is on the plenary screen. */
export function usePlenaryKeys(keys: PlenaryKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // A dialog has its own keys.
    if (event.defaultPrevented || inDialog(event.target)) return;
    const mac = isMac();
    const way = isUndoKey(event, mac);
    const letter = altLetter(event, mac);
    const question = keys.questions.find((one) => one.letter === letter);
    if (way !== null && !hasOwnUndo(event.target)) keys.actions[way]();
    else if (question !== undefined) keys.onQuestion(question.id);
    else if (event.altKey && !event.metaKey && event.code === 'Digit0') keys.onQuestion('all');
    else if (event.key === 'F1') keys.onKeys();
    else if (isPlain(event) && event.key.toLowerCase() === 'f') keys.onProjector();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** A letter on its own, and not for a text. */
const isPlain = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);

/** A field that nobody shares takes back its own letters; shared texts are the document's affair. */
const hasOwnUndo = (target: EventTarget | null): boolean =>
  isTyping(target) && !(target instanceof HTMLTextAreaElement);

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=alertdialog]') !== null;
