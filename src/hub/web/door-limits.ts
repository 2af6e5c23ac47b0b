import type { Allowance } from './allowance.ts';
import type { SocketLimits } from './watch-sockets.ts';

/** How much of the hub one who comes may have, at most. Times in milliseconds. */
export interface DoorLimits {
  /** Connections that are no WebSocket: each is one for a moment only, unless somebody holds it. */
  readonly plain: number;
  /** WebSockets in all. */
  readonly sockets: number;
  /** WebSockets that have proved nothing. */
  readonly strangers: number;
  /** The same for phones, which have places of their own: they cannot take those of laptops. */
  readonly phones: number;
  readonly phoneStrangers: number;
  /** How long the head of a request may take, and then all the rest. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly headBytes: number;
  /** Requests from one address. */
  readonly requests: Allowance;
  /** Requests of one voter whom the hub knows, however many others are behind its address. */
  readonly ofOneVoter: Allowance;
  /** The same of one laptop that shows a document's key, and of all together that show this one. */
  readonly ofOneLaptop: Allowance;
  readonly ofOneDocument: Allowance;
  readonly socket: SocketLimits;
  readonly phone: SocketLimits;
}

const unlimited: Allowance = {
  burst: Number.MAX_SAFE_INTEGER,
  perSecond: Number.MAX_SAFE_INTEGER,
};

/** From the network: a room of phones and laptops, many of them behind one address. */
export const networkLimits: DoorLimits = {
  // A room of phones comes back at once, and each connection is a plain one until it has asked.
  plain: 4_096,
  sockets: 1_000,
  // All may be waiting for the session to begin.
  strangers: 400,
  phones: 12_000,
  phoneStrangers: 1_200,
  headMs: 5_000,
  requestMs: 10_000,
  headBytes: 4 * 1024,
  // Laptops come back at once after a gap in the Wi-Fi; three hundred phones within ten seconds,
  // each with its page and its socket; voters and laptops that are known are not counted.
  requests: { burst: 400, perSecond: 25 },
  ofOneVoter: { burst: 10, perSecond: 0.5 },
  ofOneLaptop: { burst: 20, perSecond: 1 },
  ofOneDocument: { burst: 400, perSecond: 50 },
  socket: {
    // A pass goes with every document that is opened, until the hub has looked at the first.
    strangerBytes: { burst: 1024 * 1024, perSecond: 8 * 1024 },
    strangerMessageBytes: 20 * 1024,
    strangerMessages: { burst: 150, perSecond: 10 },
    addressMessages: { burst: 2_000, perSecond: 500 },
    messages: { burst: 3_000, perSecond: 500 },
    strangerMessageMs: 10_000,
    messageMs: 60_000,
  },
  phone: {
    // A greeting, with whom the phone was and a code.
    strangerBytes: { burst: 16 * 1024, perSecond: 512 },
    strangerMessageBytes: 4 * 1024,
    strangerMessages: { burst: 20, perSecond: 1 },
    addressMessages: { burst: 4_000, perSecond: 500 },
    // Once it is somebody, the voting itself counts what it says.
    messages: null,
    strangerMessageMs: 10_000,
    messageMs: 60_000,
  },
};

/** From this laptop: browsers send along what other servers at "localhost" have set as cookies. */
export const loopbackLimits: DoorLimits = {
  ...networkLimits,
  headBytes: 16 * 1024,
  // This laptop's own page, whose second copy must never wait.
  socket: { ...networkLimits.socket, messages: unlimited },
};
