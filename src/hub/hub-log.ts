/** Which of the hub's two listeners: this laptop only, or everyone on the network. */
export type Door = 'loopback' | 'network';

/** Why a request was turned away before anything looked at it. */
export type Refusal =
  | 'unknown-host'
  | 'foreign-origin'
  | 'not-found'
  | 'wrong-method'
  | 'malformed-request'
  | 'too-many-requests'
  | 'too-many-sockets';

/** Why the hub ended a socket of its own accord. */
export type DropReason =
  /** A frame that no Caucus sends. */
  | 'malformed-frame'
  /** It took in too slowly what was sent to it. */
  | 'too-slow'
  /** It stopped answering pings. */
  | 'gone'
  /** It opened no document in time. */
  | 'idle'
  /** It asked for more than one socket may have. */
  | 'too-much'
  /** Others came who have no place, and it had proved nothing. */
  | 'crowded'
  /** The hub's memory is nearly used up. */
  | 'hub-full'
  /** The relay could not go on with one of its documents; a fresh connection can. */
  | 'reset';

/**
 * Everything the hub tells about itself. By construction there is no place in it for a token, a
 * key, a document's name or anything that a person typed.
 */
export type HubEvent =
  | { readonly event: 'opened'; readonly door: Door; readonly port: number }
  | { readonly event: 'closed'; readonly door: Door }
  | { readonly event: 'refused'; readonly door: Door; readonly reason: Refusal }
  | {
      readonly event: 'dropped';
      readonly service: 'relay' | 'vault' | 'join' | 'voting' | 'door';
      readonly reason: DropReason;
    }
  | { readonly event: 'document-refused'; readonly reason: string }
  /** A fault in our code or a library's: the error's class and where, never its message. */
  | { readonly event: 'fault'; readonly name: string; readonly at: string };

export type HubLog = (event: HubEvent) => void;

/**
 * What may be told about an error. Messages are left out: a JSON parser, for one, quotes the text
 * that it could not read.
 */
export function faultOf(error: unknown): HubEvent {
  if (!(error instanceof Error)) return { event: 'fault', name: typeof error, at: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { event: 'fault', name: error.name, at: frames.slice(0, 3).join(' ').trim() };
}
