import type { FoundHub } from '../../core/protocol/machine.ts';
import type { Heard, Message } from './announcement.ts';

const MAX_HUBS = 64;
/** One laptop has one hub, rarely two; who says to be more may not keep the others out. */
const MAX_HUBS_PER_SENDER = 4;

interface Known {
  readonly heard: Heard;
  readonly until: number;
  /** Whence it was heard of last. */
  readonly from: string;
  /** Those of its addresses that it was heard from, and so the ones that surely lead there. */
  readonly senders: ReadonlySet<string>;
}

/** The hubs that can be seen, each until it says goodbye or was not heard of for as long as it said. */
export interface FoundHubs {
  readonly take: (message: Message, sender: string) => void;
  readonly list: () => readonly FoundHub[];
  readonly clear: () => void;
}

/** @param now milliseconds on a clock that only runs forward. */
export function createFoundHubs(ownId: string, now: () => number): FoundHubs {
  const known = new Map<string, Known>();

  function forget(): void {
    for (const [hubId, { until }] of known) if (until <= now()) known.delete(hubId);
  }
  function hasRoom(sender: string): boolean {
    if (known.size >= MAX_HUBS) return false;
    return [...known.values()].filter(({ from }) => from === sender).length < MAX_HUBS_PER_SENDER;
  }
  function add(heard: Heard, sender: string): void {
    const before = known.get(heard.hubId);
    if (heard.hubId === ownId || (before === undefined && !hasRoom(sender))) return;
    const senders = new Set(before?.senders).add(sender);
    known.set(heard.hubId, {
      heard,
      until: now() + heard.seconds * 1000,
      from: sender,
      senders: new Set([...senders].filter((address) => heard.addresses.includes(address))),
    });
  }

  return {
    take({ heard, gone }, sender) {
      forget();
      for (const one of heard) add(one, sender);
      for (const [hubId, { heard }] of known) {
        if (gone.includes(heard.instance)) known.delete(hubId);
      }
    },
    list() {
      forget();
      return [...known.values()].flatMap(foundHubs);
    },
    clear: () => known.clear(),
  };
}

function foundHubs({ heard, senders }: Known): readonly FoundHub[] {
  const addresses = heard.addresses
    .toSorted((a, b) => Number(senders.has(b)) - Number(senders.has(a)))
    .map((address) => (address.includes(':') ? `[${address}]` : address))
    .map((host) => `ws://${host}:${heard.port}`);
  return [true, false].flatMap((plenary) => {
    const sessions = heard.sessions.filter((session) => session.plenary === plenary);
    if (sessions.length === 0) return [];
    return [{ hubId: heard.hubId, plenary, sessions: sessions.map(({ tag }) => tag), addresses }];
  });
}
