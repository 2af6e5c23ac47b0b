import * as Y from 'yjs';
import { isNewer } from './schema.ts';

/** What an undo or redo did, for the words on the screen. */
export type UndoLabel =
  | 'note-added'
  | 'note-changed'
  | 'note-deleted'
  | 'note-restored'
  | 'recommendation-added'
  | 'recommendation-changed'
  | 'recommendation-deleted'
  | 'recommendation-restored'
  | 'proposal-added'
  | 'proposal-changed'
  | 'proposal-deleted'
  | 'proposal-restored'
  | 'report-back-changed'
  | 'plan-changed'
  | 'voting-changed'
  | 'report-changed'
  | 'text-changed';

/**
 * One step that can be taken back. Each way returns false where there is nothing left to take
 * back, because somebody else has changed the same thing since: theirs stays.
 */
export interface UndoStep {
  readonly label: UndoLabel;
  readonly undo: () => boolean;
  readonly redo: () => boolean;
}

export interface UndoHistory {
  record(step: UndoStep): void;
  /** Lets edits of `text` made under this history's origin be taken back, grouped into bursts. */
  trackText(text: Y.Text): void;
  /** Takes back the newest own step that still can be; null where there is none. */
  undo(): UndoLabel | null;
  redo(): UndoLabel | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  subscribe(listener: () => void): () => void;
  destroy(): void;
}

/** Keystrokes closer together than this become one step. Milliseconds. */
const BURST_MS = 600;

/**
 * Undo of one's own changes in one document, and of nobody else's.
 *
 * Yjs's UndoManager alone will not do: taking back the creation of an entry would delete it with
 * whatever others have written into it since (S2). So only texts are left to it; all other steps
 * carry their own way back, which is a flag or a field and checks that the field is as left.
 *
 * `leaveMark` is called within a replayed edit that only takes letters out of a text, before it
 * does (see `writer.ts`). A newer Caucus's document is left as it is.
 */
export function createUndoHistory(
  doc: Y.Doc,
  origin: object,
  leaveMark: (text: Y.Text) => void,
): UndoHistory {
  const clock = (): number => Y.getState(doc.store, doc.clientID);
  let clockBefore = 0;
  const texts = new Y.UndoManager([], {
    doc,
    trackedOrigins: new Set([origin]),
    captureTimeout: BURST_MS,
    // The one place that Yjs calls within the transaction of an undo, so that the mark goes out
    // with what it marks: of two updates the first could be lost and the second arrive. What is
    // put back is put back before this, and has then moved the clock.
    deleteFilter({ parent }) {
      if (clock() === clockBefore && parent instanceof Y.Text) leaveMark(parent);
      return true;
    },
  });
  let past: UndoStep[] = [];
  let future: UndoStep[] = [];
  const listeners = new Set<() => void>();
  let replaying = false;

  const changed = (): void => listeners.forEach((listener) => listener());
  const push = (step: UndoStep): void => {
    past.push(step);
    future = [];
    changed();
  };

  /**
   * Shows Yjs its newest step only: where that has no effect any more it would go on to older
   * ones, past the fields that were changed in between.
   */
  function replayText(way: 'undo' | 'redo'): boolean {
    const stack = way === 'undo' ? 'undoStack' : 'redoStack';
    const older = texts[stack].slice(0, -1);
    texts[stack] = texts[stack].slice(-1);
    clockBefore = clock();
    const hadEffect = texts[way]() !== null;
    texts[stack] = [...older, ...texts[stack]];
    return hadEffect;
  }
  const textStep: UndoStep = {
    label: 'text-changed',
    undo: () => replayText('undo'),
    redo: () => replayText('redo'),
  };
  texts.on('stack-item-added', ({ type }: { type: 'undo' | 'redo' }) => {
    if (type === 'undo' && !replaying) push(textStep);
  });

  /** Takes steps off `from` until one has an effect; that one goes onto `to`. */
  function replay(
    from: UndoStep[],
    to: UndoStep[],
    way: (step: UndoStep) => boolean,
  ): UndoLabel | null {
    if (isNewer(doc)) return null;
    texts.stopCapturing();
    replaying = true;
    try {
      for (let step = from.pop(); step !== undefined; step = from.pop()) {
        if (way(step)) {
          to.push(step);
          return step.label;
        }
      }
      return null;
    } finally {
      replaying = false;
      changed();
    }
  }

  return {
    record(step) {
      texts.stopCapturing();
      push(step);
    },
    trackText(text) {
      texts.addToScope(text);
    },
    undo: () => replay(past, future, (step) => step.undo()),
    redo: () => replay(future, past, (step) => step.redo()),
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      texts.destroy();
      listeners.clear();
      past = [];
      future = [];
    },
  };
}
