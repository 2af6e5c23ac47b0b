import type { Revocation } from '../../core/protocol/relay-frame.ts';
import type { PersistedDocument } from '../storage/persist-document.ts';
import type { SessionStore } from '../storage/session-store.ts';
import type { HubClock } from '../transport/clock-samples.ts';
import type { Dial } from '../transport/dial.ts';
import { createDirectTransport } from '../transport/direct-transport.ts';
import type { RelayConnection } from '../transport/relay-connection.ts';
import type { RelayTransport } from '../transport/relay-transport.ts';
import type { SignalWay, Transport, TransportOptions } from '../transport/transport.ts';
import {
  createDocumentSync,
  type DocumentSync,
  type DocumentSyncOptions,
  type Receipt,
} from './document-sync.ts';
import { createHubPlaces, type Place } from './hub-places.ts';
import { createSignalWays, type SignalWays } from './signal-ways.ts';
import type { GroupStatus } from './status.ts';

export interface SyncedDocument extends TransportOptions {
  readonly persisted: PersistedDocument;
  /** Whether this laptop writes it, and so asks for confirmation. */
  readonly speaks: boolean;
  /** Whether it also travels from laptop to laptop: group documents do, the plan does not. */
  readonly direct: boolean;
}

/** Opens the direct way of one document; null where this page or this ticket cannot have it. */
export type OpenDirect = (
  document: SyncedDocument,
  signals: SignalWay,
  relayIsUp: () => boolean,
) => Transport | null;

export interface SupervisorOptions {
  readonly self: DocumentSyncOptions['self'];
  readonly places: readonly Place[];
  readonly sessions: Pick<SessionStore, 'receipt' | 'putReceipt'>;
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  /** Called when a status may have changed, at least once a second. */
  readonly onChange: () => void;
  /** A hub that knows the session answered at this address. */
  readonly onAddress: (address: string) => void;
  /** The clock of a hub, as far as this laptop can tell. */
  readonly onClock: (place: Place, clock: HubClock, hubId: string | null) => void;
  readonly dial?: Dial;
  readonly openDirect?: OpenDirect;
}

/**
 * Runs all ways of all documents of one session at once: every hub that can be reached from the
 * first moment, WebRTC beside them where the page may use it. None is trusted to be there, and none
 * waits for another.
 */
export interface Supervisor {
  add(document: SyncedDocument): Promise<void>;
  /** Lets go of a document; resolves once nothing of it is left. */
  remove(documentId: string): Promise<void>;
  /** Tells this laptop's own hub what was taken back, now and whenever it comes back. */
  revoke(revocation: Revocation): void;
  /** Asks all hubs anew. */
  reconnect(): void;
  /** Whether a hub of the session has said that this laptop's access was taken back. */
  isTakenBack(): boolean;
  status(documentId: string): GroupStatus | null;
  setWriting(documentId: string, writing: boolean): void;
  setPlaces(places: readonly Place[]): void;
  /** The plenary laptop's word on a document came another way, in a file. */
  takeReceipt(documentId: string, receipt: Receipt): void;
  destroy(): Promise<void>;
}

const BEAT_MS = 1_000;
/** A receipt that says nothing new is written down again this often, for "last contact". */
const RECEIPT_WRITE_MS = 15_000;

const canGoDirect = (): boolean => 'RTCPeerConnection' in globalThis && globalThis.isSecureContext;

const openInBrowser: OpenDirect = ({ doc, key }, signals, relayIsUp) =>
  canGoDirect() ? createDirectTransport({ doc, key, signals, relayIsUp }) : null;

interface Running extends SyncedDocument {
  readonly sync: DocumentSync;
  readonly signals: SignalWays;
  readonly relays: Map<RelayConnection, RelayTransport>;
  directWay: Transport | null;
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const running = new Map<string, Running>();
  const connections = new Map<RelayConnection, Place>();
  const openDirect = options.openDirect ?? openInBrowser;
  let revocation: Revocation | null = null;

  function openRelay(document: Running, connection: RelayConnection, place: Place): void {
    if (document.relays.has(connection)) return;
    const transport = connection.open(document);
    document.relays.set(connection, transport);
    document.signals.add(transport);
    document.sync.addTransport(transport);
    // A stranger's hub may answer at an old address; ours has just proved that it knows the document.
    transport.onUp(() => {
      hubs.proved(connection);
      if (!place.own) options.onAddress(place.address);
    });
  }

  const hubs = createHubPlaces({
    random: options.random,
    keys: () => [...running.values()].map(({ key }) => key),
    ...(options.dial !== undefined && { dial: options.dial }),
    onHub(place, connection) {
      connections.set(connection, place);
      // Before the hub is told of documents, so that nobody slips in.
      if (place.own && revocation !== null) connection.revoke(revocation);
      for (const document of running.values()) openRelay(document, connection, place);
      options.onChange();
    },
    onGone(connection) {
      connections.delete(connection);
      for (const document of running.values()) {
        const transport = document.relays.get(connection);
        document.relays.delete(connection);
        if (transport !== undefined) document.sync.removeTransport(transport);
      }
    },
    onLost: options.onChange,
    onClock(place, clock, connection) {
      // Anyone can say what time it is; a hub that has proved to know a document is one of ours.
      const isOurs = [...running.values()].some(({ relays }) => relays.get(connection)?.isOpen());
      if (isOurs) options.onClock(place, clock, connection.hubId());
    },
  });
  hubs.set(options.places);

  /** Keeps receipts over a restart, without writing to disk every second. */
  function receiptKeeper(documentId: string): (receipt: Receipt) => void {
    let kept: Receipt | null = null;
    return (receipt) => {
      const news =
        kept === null ||
        receipt.at - kept.at > RECEIPT_WRITE_MS ||
        !sameBytes(kept.stateVector, receipt.stateVector);
      if (!news) return;
      kept = receipt;
      options.sessions.putReceipt({ documentId, ...receipt }).catch((error: unknown) => {
        // Only "last contact" after a restart hangs on it; the notes' own storage says when it fails.
        console.warn('Last contact was not written down', error);
      });
    };
  }

  const beatTimer = setInterval(() => {
    for (const { sync } of running.values()) sync.beat();
    options.onChange();
  }, BEAT_MS);

  const onOnline = (): void => hubs.wake();
  globalThis.addEventListener?.('online', onOnline);

  return {
    async add(document) {
      const { doc, key, persisted } = document;
      const sync = createDocumentSync({
        doc,
        persisted,
        self: options.self,
        speaks: document.speaks,
        now: options.now,
        lastReceipt: await options.sessions.receipt(key.documentId),
        onReceipt: receiptKeeper(key.documentId),
        onChange: options.onChange,
      });
      const signals = createSignalWays();
      const entry: Running = { ...document, sync, signals, relays: new Map(), directWay: null };
      running.set(key.documentId, entry);
      for (const [connection, place] of connections) openRelay(entry, connection, place);
      if (!document.direct) return;
      const relayIsUp = (): boolean => [...entry.relays.values()].some((way) => way.isOpen());
      entry.directWay = openDirect(document, signals, relayIsUp);
      if (entry.directWay !== null) sync.addTransport(entry.directWay);
    },
    async remove(documentId) {
      const entry = running.get(documentId);
      if (entry === undefined) return;
      running.delete(documentId);
      entry.sync.destroy();
      await entry.directWay?.destroy();
      for (const transport of entry.relays.values()) await transport.destroy();
    },
    revoke(given) {
      revocation = given;
      for (const [connection, place] of connections) if (place.own) connection.revoke(given);
    },
    reconnect() {
      for (const connection of connections.keys()) connection.reconnect();
    },
    isTakenBack: () =>
      [...running.values()].some(({ relays }) =>
        [...relays.values()].some((transport) => transport.refusal() === 'taken-back'),
      ),
    status: (documentId) => running.get(documentId)?.sync.status() ?? null,
    setWriting(documentId, writing) {
      running.get(documentId)?.sync.setWriting(writing);
    },
    setPlaces: (places) => hubs.set(places),
    takeReceipt(documentId, receipt) {
      running.get(documentId)?.sync.takeReceipt(receipt);
    },
    async destroy() {
      clearInterval(beatTimer);
      globalThis.removeEventListener?.('online', onOnline);
      for (const { sync } of running.values()) sync.destroy();
      const direct = [...running.values()].flatMap(({ directWay }) => directWay ?? []);
      await Promise.all(direct.map((transport) => transport.destroy()));
      await hubs.destroy();
      running.clear();
    },
  };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
