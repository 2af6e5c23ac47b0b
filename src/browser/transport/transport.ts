import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import type { SessionKey } from '../../core/protocol/session-key.ts';
import type { Path } from '../sync/status.ts';

export interface TransportOptions {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  /** What this laptop shows to hubs beside the key; left out where the session asks for nothing. */
  readonly access?: Access;
}

/** A laptop's standing in its session (`pass.ts`). */
export interface Access {
  readonly sessionKey: SessionKey;
  /** As `writePass` writes it. */
  pass(): Uint8Array;
  /**
   * A hub that takes this pass no more, or whose document goes on under another name, has handed out
   * what the laptops that stay go on with. Returns whether there is something in it for this one.
   */
  onBoxes?(boxes: Uint8Array): boolean;
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
