import type { Interfaces } from '../network-addresses.ts';
import type { LinkPlace, MulticastLink, OpenLink } from './multicast-link.ts';

const MAX_LINKS = 16;
/** An interface that could not be joined is tried again after this long. */
const RETRY_MS = 10_000;

export interface LinksOptions {
  readonly openLink: OpenLink;
  readonly onDatagram: (datagram: Buffer, sender: string) => void;
  readonly onFault: (error: unknown) => void;
  readonly now: () => number;
}

/** The links on all networks that this laptop is on at the moment. */
export interface Links {
  /** Opens and closes links until they are those of `interfaces`; resolves to whether one is new. */
  readonly follow: (interfaces: Interfaces) => Promise<boolean>;
  readonly send: (datagram: Uint8Array) => Promise<void>;
  readonly closeAll: () => void;
}

/** One place for each interface and protocol: a group is joined once per interface. */
export function linkPlaces(interfaces: Interfaces): readonly LinkPlace[] {
  return Object.entries(interfaces)
    .flatMap(([name, addresses]) => {
      const outside = (addresses ?? []).filter(({ internal }) => !internal);
      const ipv4 = outside.find(({ family }) => family === 'IPv4');
      const ipv6 = outside.find(
        ({ family, address }) => family === 'IPv6' && /^fe80:/iu.test(address),
      );
      return [ipv4, ipv6].flatMap((info) =>
        info === undefined
          ? []
          : [{ name, family: info.family, address: info.address, scope: info.scopeid ?? 0 }],
      );
    })
    .slice(0, MAX_LINKS);
}

const keyOf = ({ name, family, address }: LinkPlace): string => `${name} ${family} ${address}`;

export function createLinks({ openLink, onDatagram, onFault, now }: LinksOptions): Links {
  const open = new Map<string, MulticastLink>();
  const retryAt = new Map<string, number>();
  const told = new Set<string>();
  /** Counts how often all were closed: what was being opened meanwhile is not wanted any more. */
  let round = 0;

  async function add(place: LinkPlace): Promise<boolean> {
    const key = keyOf(place);
    if (open.has(key) || now() < (retryAt.get(key) ?? 0)) return false;
    retryAt.set(key, now() + RETRY_MS);
    const started = round;
    const result = await openLink(place, onDatagram, () => open.delete(key));
    if (!result.ok) {
      // Once for each: a network where multicast is forbidden is normal, and stays so.
      if (!told.has(key)) onFault(result.error);
      told.add(key);
      return false;
    }
    if (started !== round) {
      result.link.close();
      return false;
    }
    open.set(key, result.link);
    return true;
  }

  return {
    async follow(interfaces) {
      const places = linkPlaces(interfaces);
      const wanted = new Set(places.map(keyOf));
      for (const [key, link] of open) {
        if (wanted.has(key)) continue;
        open.delete(key);
        link.close();
      }
      for (const key of retryAt.keys()) if (!wanted.has(key)) retryAt.delete(key);
      const added = await Promise.all(places.map(add));
      return added.includes(true);
    },
    async send(datagram) {
      await Promise.all([...open.values()].map((link) => link.send(datagram)));
    },
    closeAll() {
      round += 1;
      retryAt.clear();
      for (const link of open.values()) link.close();
      open.clear();
    },
  };
}
