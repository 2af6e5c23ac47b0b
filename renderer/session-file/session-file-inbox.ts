import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenedFile } from '../../src/core/protocol/machine.ts';
import { readTicket } from '../../src/core/protocol/ticket.ts';
import { sessionFileKind } from './session-file-name.ts';

/** What every session file begins with: see core/bundle. */
const MAGIC = new TextEncoder().encode('CAUCUSSF');

/**
 * Also one that a stick has left without a beginning, if its name says what it was: a person is
 * told so, and not that it is no ticket. A ticket stays one whatever it is called.
 */
function isSessionFile({ name, bytes }: OpenedFile): boolean {
  if (bytes.length > MAGIC.length && MAGIC.every((byte, index) => bytes[index] === byte)) {
    return true;
  }
  if (!name.toLowerCase().endsWith(sessionFileKind.extension)) return false;
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_TICKET_BYTES));
  const ticket = readTicket(text, Date.now());
  return !ticket.ok && ticket.reason === 'not-a-ticket';
}
/** More is no ticket. */
const MAX_TICKET_BYTES = 64 * 1024;

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
