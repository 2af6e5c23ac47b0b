import type * as Y from 'yjs';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import type { PersistedDocument } from '../storage/persist-document.ts';
import type { SessionStore } from '../storage/session-store.ts';
import { createDirectTransport } from '../transport/direct-transport.ts';
import { createRelaySocket } from '../transport/relay-transport.ts';
import type { Transport } from '../transport/transport.ts';
import {
  createDocumentSync,
  type DocumentSync,
  type DocumentSyncOptions,
  type Receipt,
} from './document-sync.ts';
import type { GroupStatus } from './status.ts';

export interface SyncedDocument {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  readonly persisted: PersistedDocument;
  /** Whether this laptop writes it, and so asks for confirmation. */
  readonly speaks: boolean;
  /** Whether it also travels from laptop to laptop: group documents do, the plan does not. */
  readonly direct: boolean;
}

export interface SupervisorOptions {
  readonly self: DocumentSyncOptions['self'];
  readonly addresses: readonly string[];
  readonly sessions: SessionStore;
  readonly now: () => number;
  /** Called when a status may have changed, at least once a second. */
  readonly onChange: () => void;
  /** The plenary laptop's hub answered at this address. */
  readonly onAddress: (address: string) => void;
}

/**
 * Runs all ways of all documents of one session at once: the relay from the first moment, WebRTC
 * beside it where the page may use it. None is trusted to be there, and none waits for another.
 */
export interface Supervisor {
  add(document: SyncedDocument): Promise<void>;
  status(documentId: string): GroupStatus | null;
  setWriting(documentId: string, writing: boolean): void;
  setAddresses(addresses: readonly string[]): Promise<void>;
  destroy(): Promise<void>;
}

const BEAT_MS = 1_000;
/** A receipt that says nothing new is written down again this often, for "last contact". */
const RECEIPT_WRITE_MS = 15_000;

const canGoDirect = (): boolean => 'RTCPeerConnection' in globalThis && globalThis.isSecureContext;

export function createSupervisor(options: SupervisorOptions): Supervisor {
  let addresses = options.addresses;
  const relay = createRelaySocket(addresses, { onAddress: options.onAddress });
  const running = new Map<
    string,
    SyncedDocument & { readonly sync: DocumentSync; directWay: Transport | null }
  >();

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

  const onOnline = (): void => relay.reconnect();
  globalThis.addEventListener('online', onOnline);

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
      sync.addTransport(relay.open({ doc, key }));
      const direct =
        document.direct && canGoDirect() ? createDirectTransport({ doc, key }, addresses) : null;
      if (direct !== null) sync.addTransport(direct);
      running.set(key.documentId, { ...document, sync, directWay: direct });
    },
    status: (documentId) => running.get(documentId)?.sync.status() ?? null,
    setWriting(documentId, writing) {
      running.get(documentId)?.sync.setWriting(writing);
    },
    async setAddresses(next) {
      addresses = next;
      relay.setAddresses(next);
      relay.reconnect();
      // y-webrtc takes its signaling addresses once, so its transports are made anew.
      for (const document of running.values()) {
        const before = document.directWay;
        if (before === null) continue;
        document.sync.removeTransport(before);
        await before.destroy();
        const direct = createDirectTransport(document, next);
        document.directWay = direct;
        document.sync.addTransport(direct);
      }
    },
    async destroy() {
      clearInterval(beatTimer);
      globalThis.removeEventListener('online', onOnline);
      for (const { sync } of running.values()) sync.destroy();
      const direct = [...running.values()].flatMap(({ directWay }) => directWay ?? []);
      await Promise.all(direct.map((transport) => transport.destroy()));
      await relay.destroy();
      running.clear();
    },
  };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
