import type { Hocuspocus } from '@hocuspocus/server';
import * as encoding from 'lib0/encoding';
import type { Awareness } from 'y-protocols/awareness';
import { applyAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import type { PresenceState } from './relay-frame.ts';
import type { RelayContext } from './relay-socket.ts';

/** The presences that one socket speaks for. */
export interface Presence {
  /** To be called with every presence frame, besides handing it to Hocuspocus. */
  readonly heard: (documentId: string, states: readonly PresenceState[]) => void;
  /** The socket has let go of the document. */
  readonly left: (documentId: string) => void;
}

function goneUpdate(states: readonly PresenceState[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, states.length);
  for (const { client, clock } of states) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, 'null');
  }
  return encoding.toUint8Array(encoder);
}

/**
 * Makes up for what Hocuspocus 4.7 forgets: it does not pass on that a client says of itself that it
 * is gone, and when a laptop that came back leaves again, it stays "there" until the others'
 * patience of 30 seconds is over. A client is taken as gone only on the word of a socket that spoke
 * for it, for laptops with a bad connection also report others as gone.
 */
export function createPresence(hocuspocus: Hocuspocus<RelayContext>): Presence {
  const clients = new Map<string, Set<number>>();
  const awarenessOf = (documentId: string): Awareness | undefined =>
    hocuspocus.documents.get(documentId)?.awareness;

  return {
    heard(documentId, states) {
      const own = clients.get(documentId) ?? new Set();
      clients.set(documentId, own);
      for (const { client, gone } of states) if (!gone) own.add(client);
      const gone = states.filter((state) => state.gone && own.has(state.client));
      const awareness = awarenessOf(documentId);
      if (awareness !== undefined && gone.length > 0) {
        applyAwarenessUpdate(awareness, goneUpdate(gone), null);
      }
    },
    left(documentId) {
      const own = [...(clients.get(documentId) ?? [])];
      clients.delete(documentId);
      const awareness = awarenessOf(documentId);
      if (awareness !== undefined) removeAwarenessStates(awareness, own, null);
    },
  };
}
