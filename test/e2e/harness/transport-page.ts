import { Awareness } from 'y-protocols/awareness';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import {
  createDirectTransport,
  type DirectTransport,
} from '../../../src/browser/transport/direct-transport.ts';
import {
  createRelayConnection,
  type RelayConnection,
} from '../../../src/browser/transport/relay-connection.ts';
import type { Transport } from '../../../src/browser/transport/transport.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';

/** What the test calls in the page: one document over one real transport. */
export interface TransportPage {
  /**
   * `own` says that the address is that of this laptop's own hub. "stock" is y-webrtc as it comes,
   * but for its public servers.
   */
  open(kind: 'relay' | 'direct' | 'stock', address: string, own: boolean, secretByte: number): void;
  /** What stock y-webrtc says of itself. */
  stockConnected(): boolean;
  /** How many laptops it has a direct connection to. */
  peers(): number;
  write(words: string): void;
  length(): number;
  end(length: number): string;
  say(word: string): void;
  words(): readonly unknown[];
  reconnect(): void;
  leave(): Promise<void>;
  comeBack(): void;
}

const doc = new Y.Doc();
const text = doc.getText('text');
let transport: Transport | null = null;
let direct: DirectTransport | null = null;
let stock: WebrtcProvider | null = null;
let connection: RelayConnection | null = null;
let start: () => void = () => undefined;

const connect = (address: string, own: boolean): RelayConnection =>
  createRelayConnection({
    address,
    own,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });

const page: TransportPage = {
  open(kind, address, own, secretByte) {
    const key = documentKeyFrom(new Uint8Array(32).fill(secretByte));
    start = () => {
      if (kind === 'direct') {
        // Its hub sees signals only, and nothing of the document.
        connection = connect(address, own);
        const signals = connection.open({ doc: new Y.Doc(), key });
        direct = createDirectTransport({ doc, key, signals });
        transport = direct;
      } else if (kind === 'stock') {
        const awareness = new Awareness(doc);
        const signaling = [`${address}/signaling`];
        const peerOpts = { config: { iceServers: [] } };
        stock = new WebrtcProvider(key.documentId, doc, { signaling, awareness, peerOpts });
      } else {
        connection = connect(address, own);
        transport = connection.open({ doc, key });
      }
    };
    start();
  },
  stockConnected: () => stock?.connected ?? false,
  peers: () => direct?.peers() ?? stock?.room?.webrtcConns.size ?? 0,
  write: (words) => text.insert(text.length, words),
  length: () => text.length,
  end: (length) => text.toString().slice(-length),
  say: (word) => transport?.awareness.setLocalState({ word }),
  words: () => [...(transport?.awareness.getStates().values() ?? [])].map((s) => s['word']),
  reconnect() {
    transport?.reconnect();
  },
  async leave() {
    await transport?.destroy();
    await connection?.destroy();
    transport = null;
    connection = null;
  },
  comeBack: () => start(),
};
Object.assign(globalThis, { transportPage: page });
