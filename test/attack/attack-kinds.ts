/** What the attacker does with its connections; each is opened anew some time after the hub ended it. */
export const attackKinds = [
  /** Says nothing. */
  'silent connections',
  /** A line of a request's head every second, for ever. */
  'slow headers',
  /** A byte of a request's body every second. */
  'slow bodies',
  /** A WebSocket that says nothing, and is half open: it answers no ping. */
  'silent sockets',
  /** A message of one byte a fragment, without an end. */
  'one-byte fragments',
  '100 MB frames',
  /** Begins the encryption, for which the hub has to agree on keys, and no more. */
  'handshakes only',
  /** Hundreds of requests on each connection without waiting for an answer. */
  'many requests',
  /** Thousands of pings a second on each WebSocket. */
  'ping flood',
  'all of them',
] as const;
export type AttackKind = (typeof attackKinds)[number];

export interface AttackOptions {
  readonly kind: AttackKind;
  readonly port: number;
  /** The address that the attacker has. */
  readonly from: string;
  readonly connections: number;
}

export interface AttackReport {
  /** Connections that came about. */
  readonly opened: number;
  /** Connections that the hub ended. */
  readonly ended: number;
  readonly open: number;
}
