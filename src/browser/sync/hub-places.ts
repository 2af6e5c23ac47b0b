import type { DocumentKey } from '../../core/protocol/document-key.ts';
import type { HubClock } from '../transport/clock-samples.ts';
import type { Dial } from '../transport/dial.ts';
import { createRelayConnection, type RelayConnection } from '../transport/relay-connection.ts';

/** Where a hub may be reached. */
export interface Place {
  readonly address: string;
  /** This laptop's own hub, over loopback. */
  readonly own: boolean;
  /** Said to be the plenary laptop's. */
  readonly plenary: boolean;
}

export interface HubPlacesOptions {
  readonly random: (length: number) => Uint8Array;
  readonly dial?: Dial;
  /** Of the session's documents; any of them is shown at a hub's door. */
  readonly keys: () => readonly DocumentKey[];
  /** A hub that was not connected answers here; its documents are to be opened on it, once. */
  readonly onHub: (place: Place, connection: RelayConnection) => void;
  readonly onLost: () => void;
  /** The connection is given up for good. */
  readonly onGone: (connection: RelayConnection) => void;
  readonly onClock: (place: Place, clock: HubClock, connection: RelayConnection) => void;
}

/** All addresses of a session at once, side by side; each hub is talked to at one of them. */
export interface HubPlaces {
  /** From now on these, in this order of preference. */
  set(places: readonly Place[]): void;
  /** Tries all of them now. */
  wake(): void;
  /** The hub at this connection has proved that it knows one of the session's documents. */
  proved(connection: RelayConnection): void;
  destroy(): Promise<void>;
}

interface Running {
  readonly place: Place;
  readonly connection: RelayConnection;
  hubId: string | null;
  /** Anyone can call itself by another hub's id; only who has proved itself stands for one. */
  isProven: boolean;
  /** The hub that answered here and is talked to at another address. */
  aliasOf: string | null;
}

export function createHubPlaces(options: HubPlacesOptions): HubPlaces {
  const running = new Map<string, Running>();
  const connected = (): Running[] => [...running.values()].filter(({ hubId }) => hubId !== null);

  /** Lets this address be, where the same hub is talked to at another. */
  function restIfTwice(here: Running, hubId: string): boolean {
    const twice = connected().some(
      (other) => other !== here && other.isProven && other.hubId === hubId,
    );
    if (twice) {
      here.aliasOf = hubId;
      here.hubId = null;
      here.connection.rest();
    }
    return twice;
  }
  function onHub(here: Running, hubId: string | null): void {
    if (hubId === null) {
      const lost = here.hubId;
      here.hubId = null;
      here.isProven = false;
      if (lost === null) return;
      options.onLost();
      // The same hub may still answer elsewhere, and others are urgent again.
      for (const other of running.values()) {
        if (other === here) continue;
        if (other.aliasOf === lost) other.aliasOf = null;
        if (other.hubId === null && other.aliasOf === null) other.connection.wake();
      }
      return;
    }
    if (restIfTwice(here, hubId)) return;
    here.hubId = hubId;
    options.onHub(here.place, here.connection);
  }

  function start(place: Place): void {
    // Both sides of the record need each other; the connection calls back later only.
    const here: { current: Running | null } = { current: null };
    const connection = createRelayConnection({
      address: place.address,
      own: place.own,
      random: options.random,
      keys: options.keys,
      ...(options.dial !== undefined && { dial: options.dial }),
      // A group's own hub leads nowhere: what counts is whether the plenary laptop is reached.
      isUrgent: () => connected().every((other) => !other.place.plenary || !other.isProven),
      onHub: (hubId) => here.current !== null && onHub(here.current, hubId),
      onClock: (clock) => options.onClock(place, clock, connection),
    });
    here.current = { place, connection, hubId: null, isProven: false, aliasOf: null };
    running.set(place.address, here.current);
  }

  return {
    set(places) {
      const wanted = new Set(places.map(({ address }) => address));
      for (const [address, { connection, hubId }] of running) {
        // A hub that answers is kept, wherever its address came from.
        if (wanted.has(address) || hubId !== null) continue;
        running.delete(address);
        options.onGone(connection);
        void connection.destroy();
      }
      for (const place of places) if (!running.has(place.address)) start(place);
    },
    wake() {
      for (const { connection, hubId, aliasOf } of running.values()) {
        if (hubId === null && aliasOf === null) connection.wake();
        else if (hubId !== null) connection.reconnect();
      }
    },
    proved(connection) {
      const here = connected().find((one) => one.connection === connection);
      if (here === undefined || here.isProven || here.hubId === null) return;
      here.isProven = !restIfTwice(here, here.hubId);
    },
    async destroy() {
      await Promise.all([...running.values()].map(({ connection }) => connection.destroy()));
      running.clear();
    },
  };
}
