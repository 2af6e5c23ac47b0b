import type { UndoHistory } from '../../src/core/session/undo.ts';

/**
 * Remembers the step that has just been made. The answer takes it back, but only while it is the
 * newest one: a later step is not undone in its place. False where it was overtaken.
 */
export function takeBackNewest(history: Pick<UndoHistory, 'subscribe' | 'undo'>): () => boolean {
  let overtaken = false;
  const stop = history.subscribe(() => {
    overtaken = true;
    stop();
  });
  return () => {
    if (overtaken) return false;
    return history.undo() !== null;
  };
}
