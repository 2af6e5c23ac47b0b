import type { Dial, WireEvents } from '../../src/browser/transport/dial.ts';
import type { DropReason } from '../../src/hub/hub-log.ts';
import type { RelayPort, RelaySession } from '../../src/hub/relay/relay-server.ts';
import type { Dice } from './random.ts';
import type { Process, VirtualTime } from './virtual-time.ts';

/** A hub that can be reached at a laptop's addresses. */
export interface Listening {
  readonly process: Process;
  accept(port: RelayPort): RelaySession;
}
/** One of a laptop's processes that dials. */
export interface Caller {
  readonly laptop: number;
  readonly process: Process;
}

/** How a connection ends that neither of its ends has ended. */
export type Ending =
  /** Both hear of it. */
  | 'reset'
  /** Nothing gets through any more, and nobody is told. */
  | 'silent';

interface Direction {
  readonly from: number;
  readonly to: number;
  /** When the newest of what is under way arrives: nothing overtakes on one connection. */
  lastAt: number;
  /** What arrived while nothing got through; comes with the next retransmission. */
  stuck: (() => void)[];
}
interface Connection {
  readonly caller: Caller;
  readonly host: number;
  readonly hub: Listening;
  readonly up: Direction;
  readonly down: Direction;
  /** Nothing gets through, for good. */
  black: boolean;
  callerOpen: boolean;
  hubOpen: boolean;
  readonly events: WireEvents;
  session: RelaySession | null;
}

const LOOPBACK_MS = 0.2;
/** A socket's own pings find a connection dead within this (`keep-alive.ts`, twice 30 s). */
const KEEP_ALIVE_MS = 45_000;
/** A system's own tries to connect. Milliseconds. */
const SYN_MS = [0, 1_000, 3_000] as const;
const BYTES_PER_MS = 2_000;

/**
 * The network between the laptops, and each laptop's loopback. A connection is two ordered streams
 * of frames, as TCP gives them: it can be slow, stand still, go dead in one or both directions and
 * break; it can neither lose nor reorder.
 */
export class Network {
  /** By which laptop each address is to be found now. */
  readonly addresses = new Map<string, number>();
  /** The hub that runs on a laptop now. */
  readonly hubs = new Map<number, Listening>();
  /** A laptop that is asleep or off answers nobody. */
  readonly silent = new Set<number>();
  /** Called with every frame that arrives. */
  onFrame: ((frame: Uint8Array) => void) | null = null;
  frames = 0;
  bytes = 0;
  private readonly connections = new Set<Connection>();
  private calm = false;
  private readonly blocked = new Map<string, number>();
  private readonly time: VirtualTime;
  private readonly dice: Dice;
  private readonly latency: number;

  constructor(time: VirtualTime, dice: Dice) {
    this.time = time;
    this.dice = dice;
    this.latency = dice.spread(1, 60);
  }

  /** Whether a frame from here gets there at the moment. */
  passes(from: number, to: number): boolean {
    return from === to || (this.blocked.get(`${from}>${to}`) ?? 0) === 0;
  }
  block(from: number, to: number): void {
    if (this.calm) return;
    const key = `${from}>${to}`;
    this.blocked.set(key, (this.blocked.get(key) ?? 0) + 1);
  }
  unblock(from: number, to: number): void {
    const key = `${from}>${to}`;
    const times = this.blocked.get(key) ?? 0;
    this.blocked.set(key, Math.max(0, times - 1));
    if (times === 1) this.release(from, to);
  }
  /** From now on everything gets through. */
  heal(): void {
    this.calm = true;
    for (const key of this.blocked.keys()) {
      const [from = 0, to = 0] = key.split('>').map(Number);
      this.blocked.set(key, 0);
      this.release(from, to);
    }
  }
  /** Ends what runs between two laptops. Returns how many connections that were. */
  cut(a: number, b: number, ending: Ending): number {
    let count = 0;
    for (const connection of this.connections) {
      const { laptop } = connection.caller;
      const between =
        (laptop === a && connection.host === b) || (laptop === b && connection.host === a);
      if (!between || laptop === connection.host) continue;
      count += 1;
      this.end(connection, ending);
    }
    return count;
  }
  /** Ends all that a laptop's processes had open, or one of them. */
  endOf(process: Process, ending: Ending): void {
    for (const connection of this.connections) {
      if (connection.caller.process === process || connection.hub.process === process) {
        this.end(connection, connection.caller.laptop === connection.host ? 'reset' : ending);
      }
    }
  }
  openConnections(): number {
    return [...this.connections].filter(({ callerOpen, hubOpen }) => callerOpen || hubOpen).length;
  }

  dialFrom(caller: Caller): Dial {
    return (address, timeoutMs, events) => {
      let connection: Connection | null = null;
      let over = false;
      let letGo = false;
      const later = (ms: number, act: () => void) => this.time.later(caller.process, ms, act);
      const giveUp = later(timeoutMs, () => {
        over = true;
        if (connection !== null) this.close(connection, 'up');
        events.onClose();
      });
      const attempt = (): void => {
        if (over || connection !== null) return;
        const host = this.addresses.get(address);
        if (host === undefined || this.silent.has(host)) return;
        if (!this.passes(caller.laptop, host) || !this.passes(host, caller.laptop)) return;
        const hub = this.hubs.get(host);
        if (hub === undefined) {
          over = true;
          giveUp();
          later(this.delay(caller.laptop, host), () => {
            if (!letGo) events.onClose();
          });
          return;
        }
        const onOpen = (): void => {
          giveUp();
          events.onOpen?.();
        };
        connection = this.connect(caller, host, hub, onOpen, {
          onFrame: (frame) => events.onFrame(frame),
          onClose: () => {
            over = true;
            giveUp();
            events.onClose();
          },
        });
      };
      for (const ms of SYN_MS) if (ms < timeoutMs) later(ms, attempt);
      return {
        send: (frame) => {
          if (connection !== null) this.send(connection, 'up', frame);
        },
        close: () => {
          over = true;
          letGo = true;
          giveUp();
          if (connection !== null) this.close(connection, 'up');
        },
      };
    };
  }

  private delay(from: number, to: number): number {
    return from === to ? LOOPBACK_MS : this.latency * this.dice.between(0.5, 1.5);
  }
  private connect(
    caller: Caller,
    host: number,
    hub: Listening,
    onOpen: () => void,
    events: WireEvents,
  ): Connection {
    const direction = (from: number, to: number): Direction => ({ from, to, lastAt: 0, stuck: [] });
    const connection: Connection = {
      caller,
      host,
      hub,
      up: direction(caller.laptop, host),
      down: direction(host, caller.laptop),
      black: false,
      callerOpen: true,
      hubOpen: true,
      events,
      session: null,
    };
    this.connections.add(connection);
    this.carry(connection, 'up', 0, () => {
      this.carry(connection, 'down', 0, onOpen);
      // The hub's first frame is another packet than the answer that opens the socket.
      connection.down.lastAt += this.dice.between(0, 5);
      connection.session = hub.accept({
        own: caller.laptop === host,
        binding: new Uint8Array(),
        send: (frame) => this.send(connection, 'down', frame),
        drop: (_reason: DropReason) => this.close(connection, 'down'),
      });
    });
    return connection;
  }

  private send(connection: Connection, way: 'up' | 'down', frame: Uint8Array): void {
    if (!(way === 'up' ? connection.callerOpen : connection.hubOpen)) return;
    this.frames += 1;
    this.bytes += frame.length;
    this.carry(connection, way, frame.length, () => {
      this.onFrame?.(frame);
      if (way === 'up') connection.session?.receive(frame);
      else connection.events.onFrame(frame);
    });
  }
  /** Brings this to the other end, after all that was sent before it. */
  private carry(connection: Connection, way: 'up' | 'down', bytes: number, act: () => void): void {
    const direction = connection[way];
    const receiver = way === 'up' ? connection.hub.process : connection.caller.process;
    const at = Math.max(
      direction.lastAt,
      this.time.now() + this.delay(direction.from, direction.to) + bytes / BYTES_PER_MS,
    );
    direction.lastAt = at;
    const arrive = (): void => {
      if (connection.black) return;
      if (direction.stuck.length > 0 || !this.passes(direction.from, direction.to)) {
        direction.stuck.push(deliver);
      } else deliver();
    };
    const deliver = (): void => {
      if (way === 'up' ? connection.hubOpen : connection.callerOpen) act();
    };
    this.time.later(receiver, at - this.time.now(), arrive);
  }
  private release(from: number, to: number): void {
    for (const connection of this.connections) {
      for (const way of ['up', 'down'] as const) {
        const direction = connection[way];
        if (direction.from !== from || direction.to !== to || direction.stuck.length === 0)
          continue;
        const receiver = way === 'up' ? connection.hub.process : connection.caller.process;
        this.time.later(receiver, this.dice.spread(20, 1_000), () => {
          if (connection.black || !this.passes(from, to)) return;
          const { stuck } = direction;
          direction.stuck = [];
          for (const deliver of stuck) deliver();
        });
      }
    }
  }
  /** One end lets go of it; the other hears as soon as something gets through. */
  private close(connection: Connection, way: 'up' | 'down'): void {
    const isOpen = way === 'up' ? connection.callerOpen : connection.hubOpen;
    if (!isOpen) return;
    if (way === 'up') connection.callerOpen = false;
    else connection.hubOpen = false;
    this.carry(connection, way, 0, () => this.tell(connection, way === 'up' ? 'hub' : 'caller'));
    this.time.later(this.time.world, KEEP_ALIVE_MS, () => this.forget(connection));
  }
  private tell(connection: Connection, who: 'hub' | 'caller'): void {
    if (who === 'hub' && connection.hubOpen) {
      connection.hubOpen = false;
      connection.session?.end();
    }
    if (who === 'caller' && connection.callerOpen) {
      connection.callerOpen = false;
      connection.events.onClose();
    }
    if (!connection.hubOpen && !connection.callerOpen) this.connections.delete(connection);
  }
  private end(connection: Connection, ending: Ending): void {
    connection.black = true;
    if (connection.hub.process.dead) connection.hubOpen = false;
    if (connection.caller.process.dead) connection.callerOpen = false;
    if (!connection.hubOpen && !connection.callerOpen) this.connections.delete(connection);
    if (ending === 'silent') {
      this.time.later(this.time.world, KEEP_ALIVE_MS, () => this.forget(connection));
      return;
    }
    const { hub, caller } = connection;
    this.time.later(hub.process, LOOPBACK_MS, () => this.tell(connection, 'hub'));
    this.time.later(caller.process, LOOPBACK_MS, () => this.tell(connection, 'caller'));
  }
  /** The hub's own pings have gone unanswered. */
  private forget(connection: Connection): void {
    const { process } = connection.hub;
    if (process.dead) this.connections.delete(connection);
    else this.time.later(process, 0, () => this.tell(connection, 'hub'));
  }
}
