import type { AnnouncedSession, FoundHub } from '../../core/protocol/machine.ts';
import { faultOf } from '../hub-log.ts';
import type { HubLog } from '../hub-log.ts';
import type { Interfaces } from '../network-addresses.ts';
import {
  type Announcement,
  announcementDatagram,
  mayBeOurs,
  queryDatagram,
  readDatagram,
} from './announcement.ts';
import { createFoundHubs } from './found-hubs.ts';
import { createLinks } from './links.ts';
import type { OpenLink } from './multicast-link.ts';
import { createRepeater } from './repeater.ts';

export interface DiscoveryOptions {
  readonly hubId: string;
  /** This laptop's addresses, the likeliest first. */
  readonly addresses: () => readonly string[];
  /** As `os.networkInterfaces()` gives them. */
  readonly interfaces: () => Interfaces;
  readonly openLink: OpenLink;
  readonly log: HubLog;
}

/**
 * Finds other laptops' hubs on the network and is found by them, by multicast DNS. It looks while
 * sessions are announced and is seen while, beside that, the hub is open to the network; otherwise it
 * sends nothing and holds no port, so that no firewall asks before a person has opened a session.
 */
export interface Discovery {
  readonly announce: (sessions: readonly AnnouncedSession[]) => Promise<void>;
  /** The port of the hub on the network; null while it is not open. */
  readonly setPort: (port: number | null) => Promise<void>;
  readonly found: () => readonly FoundHub[];
  /** Says goodbye and lets everything go. */
  readonly stop: () => Promise<void>;
}

/** How often the laptop's own addresses are looked at. */
const WATCH_MS = 2_000;
/** A gap like this between two looks means that the laptop slept: drivers have forgotten what was joined. */
const SLEPT_MS = 10_000;
const FIRST_TIMES_MS = [0, 1_000, 2_000];
/** Four times within the time for which an announcement holds; oftener while nobody is in sight. */
const ASK_EVERY_MS = 15_000;
const ASK_AGAIN_MS = 4_000;
/** RFC 6762, 6: answers wait 20 to 120 ms, and go out once a second at most. */
const ANSWER_AFTER_MS = 20;
const ANSWER_SPREAD_MS = 100;
const ANSWER_GAP_MS = 1_000;
/** Of ours; more is a fault or an attack, and reading it would take the relay's time. */
const MAX_DATAGRAMS_A_SECOND = 100;
/** How long a goodbye may take to go out. */
const GOODBYE_MS = 200;

export function createDiscovery(options: DiscoveryOptions): Discovery {
  const { hubId, addresses, interfaces, openLink, log } = options;
  const now = (): number => performance.now();
  const known = createFoundHubs(hubId, now);
  const links = createLinks({
    openLink,
    now,
    onFault: (error) => log(faultOf(error)),
    onDatagram: (datagram, sender) => {
      if (mayBeOurs(datagram) && mayRead()) receive(datagram, sender);
    },
  });
  let sessions: readonly AnnouncedSession[] = [];
  let port: number | null = null;
  /** What was announced last; null where nothing was, or where a goodbye took it back. */
  let announced: Announcement | null = null;
  let watching: ReturnType<typeof setInterval> | undefined;
  let lookedAt = 0;
  let answering: ReturnType<typeof setTimeout> | undefined;
  let answeredAt = -ANSWER_GAP_MS;
  let second = { began: 0, datagrams: 0 };

  const send = (datagram: Uint8Array): void => void links.send(datagram);
  const asking = createRepeater(
    () => send(queryDatagram()),
    FIRST_TIMES_MS,
    () => (known.list().length === 0 ? ASK_AGAIN_MS : ASK_EVERY_MS),
  );
  const announcing = createRepeater(sayAll, FIRST_TIMES_MS, null);

  const announcement = (): Announcement | null =>
    port === null || sessions.length === 0
      ? null
      : { hubId, port, addresses: addresses(), sessions };

  function sayAll(): void {
    if (announced !== null) send(announcementDatagram(announced));
    answeredAt = now();
  }

  function mayRead(): boolean {
    if (now() - second.began >= 1_000) second = { began: now(), datagrams: 0 };
    second.datagrams += 1;
    return second.datagrams <= MAX_DATAGRAMS_A_SECOND;
  }

  function receive(datagram: Buffer, sender: string): void {
    const message = readDatagram(datagram);
    if (message === null) return;
    known.take(message, sender);
    if (!message.asks || announced === null || answering !== undefined) return;
    const spread = ANSWER_AFTER_MS + Math.random() * ANSWER_SPREAD_MS;
    const delay = Math.max(spread, answeredAt + ANSWER_GAP_MS - now());
    answering = setTimeout(() => {
      answering = undefined;
      sayAll();
    }, delay);
    answering.unref();
  }

  /** Says what is new, or goodbye where there is nothing more to say. */
  async function sayIfNew(isNewLink: boolean): Promise<void> {
    const before = announced;
    const next = announcement();
    const changed = JSON.stringify(before) !== JSON.stringify(next);
    if (!changed && !isNewLink) return;
    announced = next;
    if (next !== null) announcing.start();
    else announcing.stop();
    if (before !== null && next === null) {
      const sent = links.send(announcementDatagram(before, 'goodbye'));
      await Promise.race([sent, pause(GOODBYE_MS)]);
    }
  }

  async function look(): Promise<void> {
    const slept = Math.abs(Date.now() - lookedAt) > SLEPT_MS;
    lookedAt = Date.now();
    if (slept) links.closeAll();
    const isNewLink = await links.follow(interfaces());
    if (watching === undefined) return;
    if (isNewLink) asking.start();
    await sayIfNew(isNewLink);
  }
  const lookNow = (): Promise<void> => look().catch((error: unknown) => log(faultOf(error)));

  async function start(): Promise<void> {
    lookedAt = Date.now();
    watching = setInterval(() => void lookNow(), WATCH_MS);
    watching.unref();
    await lookNow();
  }
  function end(): void {
    clearInterval(watching);
    watching = undefined;
    clearTimeout(answering);
    answering = undefined;
    asking.stop();
    announcing.stop();
    links.closeAll();
    known.clear();
  }

  async function announce(next: readonly AnnouncedSession[]): Promise<void> {
    sessions = next;
    if (next.length > 0 && watching === undefined) await start();
    else if (watching !== undefined) await sayIfNew(false);
    // Another call may have come while the goodbye went out.
    if (sessions.length === 0) end();
  }

  return {
    announce,
    async setPort(next) {
      port = next;
      if (watching !== undefined) await sayIfNew(false);
    },
    found: known.list,
    stop: () => announce([]),
  };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
