import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionId } from '../../../src/core/session/ids.ts';

/**
 * This laptop's addresses as the oldest tickets have them that are still about, remembered on this
 * laptop: it may sleep, or be shut down and carried to another place, between the two.
 */
export interface HandedOut {
  /** "ws://192.168.4.20:4711"; null while no ticket with addresses was handed out. */
  readonly addresses: StoreApi<readonly string[] | null>;
  /** A ticket with these addresses goes out. */
  hand(addresses: readonly string[]): void;
  /** The moderator knows of the change: from now on it is these. */
  settle(addresses: readonly string[]): void;
}

const keyOf = (sessionId: SessionId): string => `caucus/handed-out/${sessionId}`;
const read = (kept: string | null): readonly string[] | null =>
  kept === null || kept === '' ? null : kept.split(' ');

export function createHandedOut(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  sessionId: SessionId,
): HandedOut {
  const addresses = createStore<readonly string[] | null>(() =>
    read(storage.getItem(keyOf(sessionId))),
  );
  function settle(now: readonly string[]): void {
    storage.setItem(keyOf(sessionId), now.join(' '));
    addresses.setState(read(now.join(' ')), true);
  }
  return {
    addresses,
    hand(now) {
      if (addresses.getState() === null) settle(now);
    },
    settle,
  };
}

export interface AddressChange {
  readonly from: string;
  readonly to: string;
}

/**
 * The address that laptops with older tickets may look at in vain, and the one that is new; null while
 * there is no need to tell anybody. An address that only went away needs no telling, as tickets hold
 * all of them. IPv6 addresses change by themselves all day, so they count only where there is no other.
 */
export function addressChange(
  handedOut: readonly string[] | null,
  now: readonly string[],
): AddressChange | null {
  if (handedOut === null) return null;
  const isIpv6 = (address: string): boolean => address.includes('[');
  const told = handedOut.every(isIpv6) ? handedOut : handedOut.filter((one) => !isIpv6(one));
  const from = told.find((address) => !now.includes(address));
  const news = now.filter((address) => !handedOut.includes(address));
  const to = news.find((address) => !isIpv6(address)) ?? (told.every(isIpv6) ? news[0] : undefined);
  return from === undefined || to === undefined ? null : { from, to };
}
