import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import * as Y from 'yjs';
import { accessKeyOf, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
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
  readonly provider: HocuspocusProvider;
  /** Why the relay refused, once it has. */
  readonly refused: () => string | null;
  /** Its connection breaks as when the lid is closed; the document stays. */
  readonly leave: () => void;
}

/** A laptop that has `key`'s document open through the hub at `base` ("ws://localhost:1234"). */
export function openLaptop(
  base: string,
  key: DocumentKey,
  { token = accessKeyOf(key.secret), doc = new Y.Doc() } = {},
): Laptop {
  let reason: string | null = null;
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `${base}/relay`,
    delay: 50,
    minDelay: 50,
    maxDelay: 200,
  });
  const provider = new HocuspocusProvider({
    websocketProvider,
    name: key.documentId,
    document: doc,
    token,
    onAuthenticationFailed: (failure) => {
      reason = failure.reason;
    },
  });
  provider.attach();
  return {
    doc,
    provider,
    refused: () => reason,
    leave() {
      provider.destroy();
      websocketProvider.destroy();
    },
  };
}
