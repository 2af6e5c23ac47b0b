import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import type { Path } from '../sync/status.ts';

export interface TransportOptions {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
}

/**
 * One way for one document to get from laptop to laptop. It starts trying when it is made, tries
 * for ever, and promises nothing: whether something arrived is known only from what the other
 * laptop says (`sync/supervisor.ts`).
 */
export interface Transport {
  readonly path: Extract<Path, 'direct' | 'relay'>;
  /**
   * Who is there, by this way alone. Every way has its own, so that one that breaks cannot declare
   * people gone who are still there by another.
   */
  readonly awareness: Awareness;
  /** Starts over at once instead of at the next try: the network has changed. */
  reconnect(): void;
  /** Resolves once nothing of it is left. */
  destroy(): Promise<void>;
}

/** Where two laptops tell each other how to reach them directly. */
export interface SignalWay {
  /** Passes this on to the other laptops that have the document open and may write it. */
  signal(sealed: Uint8Array): void;
  /** What another laptop passed on; returns how to stop. */
  onSignal(listener: (sealed: Uint8Array) => void): () => void;
  /** The way has come up, so that there may be somebody to tell; returns how to stop. */
  onUp(listener: () => void): () => void;
}
