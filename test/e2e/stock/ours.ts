import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createSignalWays } from '../../../src/browser/sync/signal-ways.ts';
import { createDirectTransport } from '../../../src/browser/transport/direct-transport.ts';
import {
  createRelayConnection,
  type RelayConnection,
} from '../../../src/browser/transport/relay-connection.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';

/** One document by our ways, as these tests and benchmarks need it. */
export interface OurWays {
  /** Who is there by the first of the ways. */
  readonly awareness: Awareness;
  /** How many laptops it has a direct connection to that is up. */
  readonly peers: () => number;
  readonly drop: () => void;
  readonly leave: () => Promise<void>;
}

const BEAT_MS = 1_000;
const connections = new Map<string, RelayConnection>();

function connectionTo(address: string, own: boolean): RelayConnection {
  const known = connections.get(address);
  if (known !== undefined) return known;
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  const connection = createRelayConnection({ address, own, random });
  connections.set(address, connection);
  return connection;
}

/**
 * The one place where these tests and benchmarks make our transports. By the direct way alone the
 * relay still passes on where laptops are, but has another, empty document to carry.
 */
export function openOurs(
  doc: Y.Doc,
  key: DocumentKey,
  address: string,
  ways: readonly ('direct' | 'relay')[],
  /** Whether it is this laptop's own hub, over loopback. */
  own = false,
): OurWays {
  const carried = ways.includes('relay') ? doc : new Y.Doc();
  const relay = connectionTo(address, own).open({ doc: carried, key });
  const signals = createSignalWays();
  signals.add(relay);
  const relayIsUp = (): boolean => carried === doc && relay.isOpen();
  const direct = ways.includes('direct')
    ? createDirectTransport({ doc, key, signals, relayIsUp })
    : null;
  const first = direct ?? relay;
  let beats = 0;
  // A way on which nothing is said counts as dead; in the app it is the pulse that speaks.
  const timer = setInterval(() => {
    beats += 1;
    for (const { awareness } of [relay, ...(direct === null ? [] : [direct])]) {
      awareness.setLocalState({ ...awareness.getLocalState(), beats });
    }
  }, BEAT_MS);
  return {
    awareness: first.awareness,
    peers: () => direct?.peers() ?? 0,
    drop: () => first.reconnect(),
    async leave() {
      clearInterval(timer);
      await direct?.destroy();
      await relay.destroy();
    },
  };
}
