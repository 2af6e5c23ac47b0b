import { VOTE_PATH } from '../../core/protocol/voting-frames.ts';

const SUBPROTOCOLS = /\r\nsec-websocket-protocol:[ \t]*([^\r\n]*)/iu;

/**
 * The voter that the head of a request to vote shows. Before HTTP is read: who is known is not to
 * wait with all the strangers behind its address.
 *
 * @param voterIn reads the subprotocols; null where they show nobody.
 */
export function voterInHead(
  head: string,
  voterIn: (subprotocols: string | undefined) => string | null,
): string | null {
  return head.startsWith(`GET ${VOTE_PATH} `) ? voterIn(SUBPROTOCOLS.exec(head)?.[1]) : null;
}
