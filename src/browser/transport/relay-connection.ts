import {
  type RelayFrame,
  readRelayFrame,
  RELAY_PROTOCOL,
  type Revocation,
  writeRelayFrame,
} from '../../core/protocol/relay-frame.ts';
import { createAssembler, createLane } from '../../core/protocol/relay-lane.ts';
import { accessKeyOf, type DocumentKey } from '../../core/protocol/document-key.ts';
import { DOOR_LAPTOP_BYTES, doorKeyOf, makeDoorToken } from '../../core/protocol/door-token.ts';
import { createClockSamples, type HubClock } from './clock-samples.ts';
import { type Dial, dialHub, dialOwnHub, type Wire } from './dial.ts';
import { createRelayTransport, type RelayTransport } from './relay-transport.ts';
import type { TransportOptions } from './transport.ts';

export interface RelayConnectionOptions {
  readonly address: string;
  /** This laptop's own hub, which is brought the keys and not asked to prove anything. */
  readonly own: boolean;
  readonly random: (length: number) => Uint8Array;
  /** Whether notes wait for this connection; otherwise it is tried now and then only. */
  readonly isUrgent?: () => boolean;
  /** Which hub it is that answers now; null while none does. */
  readonly onHub?: (hubId: string | null) => void;
  readonly onClock?: (clock: HubClock) => void;
  readonly dial?: Dial;
  /** Any of these is shown at the hub's door; those opened over this connection where it is left out. */
  readonly keys?: () => readonly DocumentKey[];
}

/** One connection to one hub, shared by all documents of a session; made anew for ever. */
export interface RelayConnection {
  open(options: TransportOptions): RelayTransport;
  /** Lets go of the present connection and tries again now. */
  reconnect(): void;
  /** Lets go of the hub until it is woken: the same hub answers at a better address. */
  rest(): void;
  /** Tries again now, where no hub answers. */
  wake(): void;
  hubId(): string | null;
  /** Tells this laptop's own hub what was taken back in a session, now and whenever it comes back. */
  revoke(revocation: Revocation): void;
  /** Resolves once the connection and everything opened over it is gone. */
  destroy(): Promise<void>;
}

/** What a connection gives to the documents on it. */
export interface RelayChannelPort {
  send(frame: RelayFrame): void;
  push(message: Uint8Array): void;
  /** Whether a message is on its way in that is not whole yet. */
  isReceiving(): boolean;
  /** Whether something pushed is waiting to go out. */
  isSending(): boolean;
  /** Of the encrypted connection; empty within a laptop. */
  readonly binding: Uint8Array;
}

/**
 * How long addresses may take to answer, in turn. Short, because after a gap in the Wi-Fi the
 * system itself tries again only after 1, 3, 7 … seconds and a fresh try is what gets through;
 * longer now and then, because on a bad line an answer takes its time. Milliseconds.
 */
const PATIENCE_MS = [1_200, 1_200, 2_500, 1_200, 5_000] as const;
/** Between tries, drawn at random up to this, so that a room does not come back all at once. */
const PAUSE_MS = 600;
const CALM_PAUSE_MS = 10_000;
const PING_MS = 1_000;
/** A hub that says nothing for so long is gone, whatever the socket says. Milliseconds. */
const SILENCE_MS = 3_500;
/** After the laptop slept, or the page was busy, an open connection gets this long to answer. */
const SECOND_CHANCE_MS = 2_000;

export function createRelayConnection(options: RelayConnectionOptions): RelayConnection {
  const dial = options.dial ?? (options.own ? dialOwnHub : dialHub);
  const clock = createClockSamples();
  let wire: Wire | null = null;
  let tries = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let hubId: string | null = null;
  let heardAt = 0;
  /** Until when a hub may take to say which one it is. */
  let waitsUntil = 0;
  let tickedAt = performance.now();
  let pings = 0;
  let nextChannel = 1;
  let resting = false;
  let revocation: (RelayFrame & { kind: 'revoke' }) | null = null;
  let destroyed = false;
  /** What this laptop calls itself at doors as long as it runs. */
  let nameAtDoors: Uint8Array | null = null;
  let assembler = createAssembler();
  let lane = createLane({ send: sendBytes, now });
  const transports = new Map<number, RelayTransport>();

  function now(): number {
    return performance.now();
  }
  function sendBytes(frame: Uint8Array): void {
    wire?.send(frame);
  }
  const send = (frame: RelayFrame): void => sendBytes(writeRelayFrame(frame));

  /** Of the first document, mostly the plan, which everybody has: so it tells of nobody's group. */
  function doorToken(): string | null {
    const keys = options.keys?.() ?? [...transports.values()].map(({ key }) => key);
    // Where that one does not help, because this hub does not know it or others use it up: the next.
    const key = keys[(tries - 1) % keys.length];
    if (key === undefined) return null;
    nameAtDoors ??= options.random(DOOR_LAPTOP_BYTES);
    return makeDoorToken(doorKeyOf(accessKeyOf(key.secret)), nameAtDoors, options.random);
  }
  function connect(): void {
    clearTimeout(pause);
    pause = undefined;
    if (destroyed || resting) return;
    const patience = PATIENCE_MS[tries % PATIENCE_MS.length] ?? PATIENCE_MS[0];
    tries += 1;
    waitsUntil = now() + 2 * patience + SILENCE_MS;
    wire = dial(options.address, patience, { onOpen, onFrame: onBytes, onClose }, doorToken);
  }
  /** An open socket is owed its hub's first word no later than any other. */
  function onOpen(): void {
    waitsUntil = now() + SILENCE_MS;
  }
  function onBytes(bytes: Uint8Array): void {
    heardAt = now();
    const frame = readRelayFrame(bytes);
    if (frame === null) drop();
    else handle(frame);
  }
  function onClose(): void {
    wire = null;
    lose();
    waitAndConnect();
  }
  function waitAndConnect(): void {
    if (destroyed || resting || pause !== undefined || wire !== null) return;
    const [share = 0] = options.random(1);
    const isUrgent = options.isUrgent?.() ?? true;
    pause = setTimeout(connect, isUrgent ? (PAUSE_MS * share) / 255 : CALM_PAUSE_MS);
  }
  /** Nothing more is known of the hub, nor of what was under way. */
  function lose(): void {
    assembler = createAssembler();
    lane = createLane({ send: sendBytes, now });
    for (const transport of transports.values()) transport.onLost();
    if (hubId === null) return;
    hubId = null;
    options.onHub?.(null);
  }
  function drop(): void {
    wire?.close();
    wire = null;
    lose();
    waitAndConnect();
  }
  function restart(): void {
    wire?.close();
    wire = null;
    lose();
    connect();
  }

  function welcome(frame: RelayFrame & { kind: 'welcome' }): void {
    // An older or newer hub speaks otherwise; it is tried again, for it may be replaced.
    const secured = wire?.secured?.() ?? null;
    // Nobody is called by another's name: a hub's is the hash of the key that it has shown to have.
    const isItself = secured === null || secured.hubId === frame.hubId;
    if (frame.protocol !== RELAY_PROTOCOL || !isItself) {
      drop();
      return;
    }
    tries = 0;
    ({ hubId } = frame);
    // What is opened as the hub answers starts by itself, and must not start twice.
    const before = new Map(transports);
    options.onHub?.(hubId);
    // It may have been the same hub as at another address.
    if (hubId === null) return;
    // Before the hub is told of the documents, so that nobody slips in.
    if (revocation !== null) send(revocation);
    for (const [number, transport] of before) start(number, transport);
    ping();
  }
  /** A document gets a new number on every connection: nothing of before can be taken for it. */
  function start(before: number, transport: RelayTransport): void {
    transports.delete(before);
    const channel = nextChannel;
    nextChannel += 1;
    transports.set(channel, transport);
    if (hubId === null) return;
    transport.onConnected(channel, {
      send,
      push: (message) => lane.push(channel, message),
      isReceiving: () => assembler.isReceiving(channel),
      isSending: () => lane.isSending(channel),
      binding: wire?.secured?.()?.binding ?? new Uint8Array(),
    });
  }
  function handle(frame: RelayFrame): void {
    switch (frame.kind) {
      case 'welcome':
        welcome(frame);
        break;
      case 'pong': {
        const sample = clock.answered(frame.number, frame.time);
        // A stranger's hub does not say what time it is.
        const isOurs = [...transports.values()].some((transport) => transport.isOpen());
        if (sample !== null && isOurs) options.onClock?.(sample);
        break;
      }
      case 'got':
        lane.acknowledge(frame.bytes);
        break;
      case 'part': {
        send({ kind: 'got', bytes: frame.bytes.length });
        // Nothing is kept that comes before the hub has proved itself, or after the document was closed.
        if (transports.get(frame.channel)?.isOpen() !== true) break;
        const message = assembler.add(frame.channel, frame.last, frame.bytes);
        if (message === 'too-large') drop();
        else if (message !== null) transports.get(frame.channel)?.onMessage(message);
        break;
      }
      case 'boxes':
      case 'challenge':
      case 'opened':
      case 'refused':
      case 'have':
      case 'joined':
      case 'say':
      case 'signal':
        transports.get(frame.channel)?.onFrame(frame);
        break;
      // What only a laptop says.
      case 'bring':
      case 'revoke':
      case 'open':
      case 'prove':
      case 'close':
      case 'ping':
        drop();
        break;
      default:
        break;
    }
  }

  function ping(): void {
    pings += 1;
    clock.asked(pings);
    send({ kind: 'ping', number: pings });
  }
  function tick(): void {
    const late = now() - tickedAt > SECOND_CHANCE_MS;
    tickedAt = now();
    if (hubId === null) {
      // The socket came up, and the hub's first word was lost with the way there.
      if (wire !== null && now() > waitsUntil) restart();
      return;
    }
    // What came in while the page stood still has not been looked at yet.
    if (late) heardAt = now() - SILENCE_MS + SECOND_CHANCE_MS;
    if (now() - heardAt > SILENCE_MS) {
      restart();
      return;
    }
    ping();
    for (const transport of transports.values()) transport.onTick();
  }

  const timer = setInterval(tick, PING_MS);
  connect();

  return {
    open(document) {
      const transport = createRelayTransport(document, {
        own: options.own,
        random: options.random,
        reconnect: restart,
        onDestroy(destroyedTransport) {
          for (const [channel, open] of transports) {
            if (open !== destroyedTransport) continue;
            transports.delete(channel);
            if (hubId === null) continue;
            lane.drop(channel);
            send({ kind: 'close', channel });
          }
        },
      });
      start(-1, transport);
      return transport;
    },
    reconnect: restart,
    rest() {
      resting = true;
      clearTimeout(pause);
      pause = undefined;
      wire?.close();
      wire = null;
      hubId = null;
      lose();
    },
    wake() {
      resting = false;
      if (hubId === null) restart();
    },
    hubId: () => hubId,
    revoke(given) {
      revocation = { kind: 'revoke', ...given };
      if (hubId !== null) send(revocation);
    },
    async destroy() {
      destroyed = true;
      clearInterval(timer);
      clearTimeout(pause);
      await Promise.all([...transports.values()].map((transport) => transport.destroy()));
      wire?.close();
      wire = null;
      lose();
    },
  };
}
