import * as Y from 'yjs';
import { changesBehind } from '../../core/session/behind.ts';
import type { Role } from '../../core/protocol/ticket.ts';
import type { PersistedDocument } from '../storage/persist-document.ts';
import type { Transport } from '../transport/transport.ts';
import { createPulse, type PulsePeer } from './pulse.ts';
import type { GroupStatus, Laptop, Path } from './status.ts';

/** The plenary laptop's last word on a document, as kept between sessions. */
export interface Receipt {
  readonly stateVector: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** It came in a file from the plenary laptop, and nothing newer has come since. */
  readonly byFile?: boolean;
}

export interface DocumentSyncOptions {
  readonly doc: Y.Doc;
  readonly persisted: PersistedDocument;
  readonly self: {
    readonly deviceId: string;
    readonly windowId: string;
    readonly role: Role;
    readonly plenary: boolean;
  };
  /** False for a laptop that only reads this document: it listens and says nothing. */
  readonly speaks: boolean;
  readonly now: () => number;
  readonly lastReceipt: Receipt | null;
  readonly onReceipt: (receipt: Receipt) => void;
  readonly onChange: () => void;
}

/** All ways of one document, and the truth about what the plenary laptop has of it. */
export interface DocumentSync {
  addTransport(transport: Transport): void;
  removeTransport(transport: Transport): void;
  setWriting(writing: boolean): void;
  /** To be called every second, and at once after something that others should hear of. */
  beat(): void;
  status(): GroupStatus;
  /** What the plenary laptop had when it wrote a file that was taken in here. */
  takeReceipt(receipt: Receipt): void;
  destroy(): void;
}

/** An answer older than this is no contact any more: two beats may be lost. Below the 3 s of rule S3. */
const CONTACT_MS = 2_600;
/** A window that nobody looks at has its timers slowed to one a minute, but hears what comes. */
const ANSWER_MS = 900;
/** A receipt follows a change this soon, so that "all notes are there" is said at once. */
const RECEIPT_DELAY_MS = 60;
/** Times on the screen need no seconds, and the screen need not be drawn every second. */
const COARSE_MS = 10_000;

export function createDocumentSync(options: DocumentSyncOptions): DocumentSync {
  const { doc, persisted, self, now } = options;
  const ways = new Map<Transport, ReturnType<typeof createPulse>>();
  let writing = false;
  let receipt = options.lastReceipt;
  let lastContactAt = options.lastReceipt?.at ?? null;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let expiry: ReturnType<typeof setTimeout> | undefined;
  let beatenAt = -Infinity;
  let waiting = 0;
  let waitingStale = true;

  const isFresh = (peer: PulsePeer, at: number): boolean =>
    peer.answeredAt !== null && at - peer.answeredAt < CONTACT_MS;
  /**
   * Who has to answer for there to be contact: the plenary laptop; on that one a laptop of the
   * group, for another moderator's says nothing of how the group is doing.
   */
  const counts = (peer: PulsePeer): boolean =>
    self.plenary ? peer.role === 'facilitator' : peer.plenary;

  /**
   * Takes the plenary laptop's newest word. A word is believed only from who has just answered;
   * a laptop that only listens asks nothing, and believes what it hears last.
   */
  function takeReceipts(): void {
    const at = performance.now();
    let newest: PulsePeer | null = null;
    for (const pulse of ways.values()) {
      for (const peer of pulse.peers()) {
        if (!counts(peer)) continue;
        if (isFresh(peer, at)) lastContactAt = now();
        else if (options.speaks) continue;
        if ((peer.answeredAt ?? 0) >= (newest?.answeredAt ?? 0)) newest = peer;
      }
    }
    if (self.plenary || newest === null || newest.receipt === null) return;
    receipt = { stateVector: newest.receipt, at: now() };
    waitingStale = true;
    options.onReceipt(receipt);
  }

  function countWaiting(): number {
    if (self.plenary || !options.speaks) return 0;
    if (waitingStale) {
      waitingStale = false;
      const known = receipt?.stateVector ?? Y.encodeStateVector(new Map());
      waiting = changesBehind(doc, known) ?? waiting;
    }
    return waiting;
  }

  function isBehind(): boolean {
    if (self.plenary || receipt === null) return false;
    for (const [client, clock] of Y.decodeStateVector(receipt.stateVector)) {
      if (Y.getState(doc.store, client) < clock) return true;
    }
    return false;
  }

  function beat(): void {
    if (!options.speaks) return;
    beatenAt = performance.now();
    // Only what is on disk is confirmed: until then a crash could still take it. S1.
    const confirmed = self.plenary && persisted.state().state === 'saved';
    for (const pulse of ways.values()) {
      pulse.beat({
        deviceId: self.deviceId,
        role: self.role,
        plenary: self.plenary,
        writing,
        waiting: countWaiting(),
        receipt: confirmed ? Y.encodeStateVector(doc) : null,
      });
    }
  }
  const beatSoon = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      beat();
      options.onChange();
    }, RECEIPT_DELAY_MS);
  };
  const onDocument = ({ changed }: Y.Transaction): void => {
    if (changed.size === 0) return;
    waitingStale = true;
    // Others wait for the plenary laptop's word only; what this one says of itself has a second.
    if (self.plenary) beatSoon();
    else options.onChange();
  };
  // Not `update`, for which Yjs would write every change anew.
  doc.on('afterTransaction', onDocument);
  const stopStorage = persisted.subscribe(() => {
    if (self.plenary) beatSoon();
    else options.onChange();
  });

  function laptops(at: number): readonly Laptop[] {
    const byDevice = new Map<string, Laptop>();
    for (const pulse of ways.values()) {
      for (const peer of pulse.peers()) {
        const inContact = isFresh(peer, at);
        const known = byDevice.get(peer.deviceId);
        if (known?.inContact && !inContact) continue;
        const ago = peer.answeredAt === null ? 0 : at - peer.answeredAt;
        byDevice.set(peer.deviceId, {
          deviceId: peer.deviceId,
          role: peer.role,
          plenary: peer.plenary,
          writing: (inContact && peer.writing) || (known?.writing ?? false),
          heardAt: coarse(now() - ago),
          inContact: inContact || (known?.inContact ?? false),
          waiting: peer.waiting,
        });
      }
    }
    return [...byDevice.values()].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  }

  function path(at: number): Path {
    const fresh = new Set<Path>();
    let newest = -Infinity;
    for (const [transport, pulse] of ways) {
      for (const peer of pulse.peers()) {
        if (!counts(peer) || !isFresh(peer, at)) continue;
        fresh.add(transport.path);
        newest = Math.max(newest, peer.answeredAt ?? newest);
      }
    }
    // Nothing happens when contact ends, so somebody has to look at that very moment. S3.
    clearTimeout(expiry);
    if (fresh.size > 0) expiry = setTimeout(options.onChange, newest + CONTACT_MS - at + 1);
    if (fresh.has('direct')) return 'direct';
    if (fresh.has('relay')) return 'relay';
    return receipt?.byFile === true ? 'file' : 'none';
  }

  return {
    addTransport(transport) {
      ways.set(
        transport,
        createPulse(transport.awareness, self.windowId, () => {
          takeReceipts();
          if (performance.now() - beatenAt > ANSWER_MS) beat();
          options.onChange();
        }),
      );
      if (options.speaks) beat();
      else ways.get(transport)?.hush();
    },
    removeTransport(transport) {
      ways.get(transport)?.destroy();
      ways.delete(transport);
    },
    setWriting(next) {
      if (writing === next) return;
      writing = next;
      beat();
    },
    beat,
    status() {
      const at = performance.now();
      const by = path(at);
      return {
        path: by,
        inContact: by === 'direct' || by === 'relay',
        lastContactAt: lastContactAt === null ? null : coarse(lastContactAt),
        waiting: countWaiting(),
        behind: isBehind(),
        laptops: laptops(at),
      };
    },
    takeReceipt(next) {
      // A file may be older than what was heard since; together they say what is there.
      const known = receipt?.stateVector ?? Y.encodeStateVector(new Map());
      receipt = { ...next, stateVector: union(known, next.stateVector), byFile: true };
      waitingStale = true;
      options.onReceipt(receipt);
      options.onChange();
    },
    destroy() {
      clearTimeout(soon);
      clearTimeout(expiry);
      stopStorage();
      doc.off('afterTransaction', onDocument);
      for (const pulse of ways.values()) pulse.destroy();
      ways.clear();
    },
  };
}

/** What somebody has who once had the one and once the other: nobody loses what is on disk. */
function union(a: Uint8Array, b: Uint8Array): Uint8Array {
  const clocks = Y.decodeStateVector(a);
  for (const [client, clock] of Y.decodeStateVector(b)) {
    clocks.set(client, Math.max(clock, clocks.get(client) ?? 0));
  }
  return Y.encodeStateVector(clocks);
}

const coarse = (time: number): number => Math.floor(time / COARSE_MS) * COARSE_MS;
