import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenedFile } from '../../src/core/protocol/machine.ts';

/** What every session file begins with: see core/bundle. */
const MAGIC = new TextEncoder().encode('CAUCUSSF');

const isSessionFile = ({ bytes }: OpenedFile): boolean =>
  bytes.length > MAGIC.length && MAGIC.every((byte, index) => bytes[index] === byte);

/** A session file that was dropped or double-clicked waits here for the open session to look at it. */
export interface SessionFileInbox {
  readonly waiting: StoreApi<OpenedFile | null>;
  /** Takes the file where it is a session file; false where it is something else. */
  readonly take: (file: OpenedFile) => boolean;
  readonly clear: () => void;
}

export function createSessionFileInbox(): SessionFileInbox {
  const waiting = createStore<OpenedFile | null>(() => null);
  return {
    waiting,
    take(file) {
      if (!isSessionFile(file)) return false;
      waiting.setState(file, true);
      return true;
    },
    clear: () => waiting.setState(null, true),
  };
}
