import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly tone: 'plain' | 'problem';
  /** Takes back what the toast tells of. */
  readonly undo: (() => void) | null;
}

export interface Notices {
  readonly store: StoreApi<{ readonly toasts: readonly Toast[]; readonly spoken: string }>;
  /** Shows a sentence for some seconds, with Undo where `undo` is given. */
  say(message: string, undo?: () => void): void;
  /** Shows why something did not happen; stays until it is closed. */
  complain(message: string): void;
  dismiss(id: number): void;
  /** Takes away what offers Undo: it was undone in another way. */
  dismissUndo(): void;
  /** Read out by screen readers when they have a moment, and not shown. */
  announce(message: string): void;
}

/** More than this would cover the work; the oldest goes. */
const MOST = 3;

export function createNotices(): Notices {
  const store = createStore<{ readonly toasts: readonly Toast[]; readonly spoken: string }>(() => ({
    toasts: [],
    spoken: '',
  }));
  let lastId = 0;
  const add = (message: string, tone: Toast['tone'], undo: (() => void) | null): void => {
    lastId += 1;
    const toast: Toast = { id: lastId, message, tone, undo };
    store.setState(({ toasts }) => ({
      toasts: [...toasts.filter((other) => other.message !== message), toast].slice(-MOST),
    }));
  };
  return {
    store,
    say: (message, undo) => add(message, 'plain', undo ?? null),
    complain: (message) => add(message, 'problem', null),
    dismiss: (id) =>
      store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
    dismissUndo: () =>
      store.setState(({ toasts }) => ({ toasts: toasts.filter(({ undo }) => undo === null) })),
    announce: (message) => store.setState({ spoken: message }),
  };
}
