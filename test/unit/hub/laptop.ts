import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import {
  createRelayConnection,
  type RelayConnection,
} from '../../../src/browser/transport/relay-connection.ts';
import type { Dial } from '../../../src/browser/transport/dial.ts';
import type { Access } from '../../../src/browser/transport/transport.ts';
import type { RelayTransport } from '../../../src/browser/transport/relay-transport.ts';
import type { HubEvent } from '../../../src/hub/hub-log.ts';
import { startHub } from '../../../src/hub/start-hub.ts';
import type { Hub, HubOptions } from '../../../src/hub/start-hub.ts';

export interface TestHub {
  readonly hub: Hub;
  readonly events: HubEvent[];
  /** "localhost:1234" */
  readonly local: string;
}

/** A hub on free ports that believes its laptop to have one address, the loopback's. */
export async function startTestHub(options: HubOptions = {}): Promise<TestHub> {
  const events: HubEvent[] = [];
  const result = await startHub({
    localPort: 0,
    networkPort: 0,
    addresses: () => ['127.0.0.1'],
    log: (event) => events.push(event),
    ...options,
  });
  if (!result.ok) throw new Error(`The hub did not start: ${result.reason}`);
  return { hub: result.hub, events, local: `localhost:${result.hub.localPort}` };
}

/** The key whose 32 random bytes are all `byte`. */
export const testKey = (byte: number): DocumentKey =>
  documentKeyFrom(new Uint8Array(32).fill(byte));

export interface Laptop {
  readonly doc: Y.Doc;
  readonly connection: RelayConnection;
  readonly transport: RelayTransport;
  /** Its connection breaks as when the lid is closed; the document stays. */
  readonly leave: () => Promise<void>;
}

/** A laptop that has `key`'s document open through the hub at `base` ("ws://localhost:1234"). */
export function openLaptop(
  base: string,
  key: DocumentKey,
  {
    doc = new Y.Doc(),
    own = base.startsWith('ws://localhost'),
    access,
    dial,
  }: {
    doc?: Y.Doc;
    own?: boolean;
    access?: Access;
    dial?: Dial;
  } = {},
): Laptop {
  const connection = createRelayConnection({
    address: base,
    own,
    ...(dial !== undefined && { dial }),
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  return {
    doc,
    connection,
    transport: connection.open({ doc, key, ...(access !== undefined && { access }) }),
    leave: () => connection.destroy(),
  };
}
