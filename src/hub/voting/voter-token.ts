import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { VOTE_SUBPROTOCOL } from '../../core/protocol/voting-frames.ts';

/**
 * What a phone shows to be the voter that it was: a random id, and what only this hub can compute
 * from it. So it is checked without looking anything up, and nobody can make one up.
 */
export interface VoterTokens {
  readonly newVoter: () => string;
  readonly tokenOf: (voter: string) => string;
  /** The voter; null where this hub did not give the token. */
  readonly read: (token: string) => string | null;
  /** Stands for the voter where others see it; tells nothing of the token. */
  readonly personOf: (session: string, voter: string) => string;
}

const ID_BYTES = 12;
const MARK_BYTES = 12;
const ID_CHARACTERS = 16;
const TOKEN = /^[\w-]{32}$/u;

export function createVoterTokens(secret: Uint8Array): VoterTokens {
  // HMAC-SHA-256 (RFC 2104), the key worked in once: `createHmac` takes several times as long for a
  // text of this size, and a room of phones that comes back asks for thousands at a time.
  const keyed = hmac.create(sha256, secret);
  const mark = (purpose: string, text: string): Buffer =>
    Buffer.from(
      keyed
        .clone()
        .update(Buffer.from(`${purpose}\n${text}`))
        .digest(),
    ).subarray(0, MARK_BYTES);
  return {
    newVoter: () => randomBytes(ID_BYTES).toString('base64url'),
    tokenOf: (voter) => voter + mark('voter', voter).toString('base64url'),
    read(token) {
      if (!TOKEN.test(token)) return null;
      // Spelled anew: a piece of the text would keep the whole head of the request in memory.
      const voter = Buffer.from(token.slice(0, ID_CHARACTERS), 'latin1').toString('latin1');
      const shown = Buffer.from(token.slice(ID_CHARACTERS), 'base64url');
      return timingSafeEqual(shown, mark('voter', voter)) ? voter : null;
    },
    personOf: (session, voter) => mark('person', `${session}\n${voter}`).toString('base64url'),
  };
}

const OFFER = new RegExp(`^${VOTE_SUBPROTOCOL}[ \\t]*,[ \\t]*([\\w-]+)[ \\t]*$`, 'u');

/** The token among the subprotocols that a WebSocket's beginning offers; null where there is none. */
export const tokenIn = (subprotocols: string | undefined): string | null =>
  OFFER.exec(subprotocols?.trim() ?? '')?.[1] ?? null;
