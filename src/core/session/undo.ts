import * as Y from 'yjs';

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
 * `afterReplay` is told this laptop's clock from before each replayed text edit (see `writer.ts`).
 */
export function createUndoHistory(
  doc: Y.Doc,
  origin: object,
  afterReplay: (clockBefore: number) => void,
): UndoHistory {
  const texts = new Y.UndoManager([], {
    doc,
    trackedOrigins: new Set([origin]),
    captureTimeout: BURST_MS,
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

  const replayText = (way: () => unknown): boolean => {
    const clock = Y.getState(doc.store, doc.clientID);
    const hadEffect = way() !== null;
    if (hadEffect) afterReplay(clock);
    return hadEffect;
  };
  const textStep: UndoStep = {
    label: 'text-changed',
    undo: () => replayText(() => texts.undo()),
    redo: () => replayText(() => texts.redo()),
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
