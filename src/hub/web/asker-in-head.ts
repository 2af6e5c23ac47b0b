import { RELAY_PATH } from '../../core/protocol/relay-frame.ts';
import { VOTE_PATH } from '../../core/protocol/voting-frames.ts';
import type { Asker } from './known-askers.ts';

/** Each reads the subprotocols; null where they show nobody. */
export interface Readers {
  readonly voterIn: (subprotocols: string | undefined) => string | null;
  readonly laptopIn: (
    subprotocols: string | undefined,
  ) => { readonly laptop: string; readonly documentId: string } | null;
}

const SUBPROTOCOLS = /\r\nsec-websocket-protocol:[ \t]*([^\r\n]*)/iu;

/**
 * The voter or the laptop that the head of a request for a WebSocket shows. Before HTTP is read: who
 * is known is not to wait with all the strangers behind its address.
 */
export function askerInHead(head: string, { voterIn, laptopIn }: Readers): Asker | null {
  if (head.startsWith(`GET ${VOTE_PATH} `)) {
    const voter = voterIn(SUBPROTOCOLS.exec(head)?.[1]);
    return voter === null ? null : { kind: 'voter', voter };
  }
  if (head.startsWith(`GET ${RELAY_PATH} `)) {
    const shown = laptopIn(SUBPROTOCOLS.exec(head)?.[1]);
    return shown === null ? null : { kind: 'laptop', ...shown };
  }
  return null;
}
