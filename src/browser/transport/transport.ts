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
  readonly path: Exclude<Path, 'none'>;
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
