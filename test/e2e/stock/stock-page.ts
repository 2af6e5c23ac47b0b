import { Awareness } from 'y-protocols/awareness';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { keyOfRoom } from './key-of-room.ts';
import { openOurs } from './ours.ts';

/** How a room is opened. "stock" is y-webrtc as it comes; "ours" is our direct way and our relay. */
export type RoomKind = 'stock' | 'ours-direct' | 'ours';

export interface RoomOptions {
  readonly kind: RoomKind;
  readonly room: string;
  /** Signaling for stock, our hub for ours; for stock, null leaves y-webrtc's own choice. */
  readonly address: string | null;
  /** Stock only. */
  readonly password?: string;
  readonly maxConns?: number;
  /** Stock only: without this, no STUN server is asked. */
  readonly ownIceServers?: boolean;
}

/** What a test does in the page and reads there. */
export interface StockPage {
  open(options: RoomOptions): void;
  write(room: string, words: string): void;
  text(room: string): string;
  /** Whether the document waits for changes that have not come. */
  pending(room: string): boolean;
  /** How many connections are up, as y-webrtc says; and how many there are at all. */
  peers(room: string): number;
  allPeers(room: string): number;
  say(room: string, word: string): void;
  words(room: string): readonly unknown[];
  /** Ends all connections, as Wi-Fi does. */
  drop(room: string): void;
  /** Stock: `disconnect()`. Ours: `destroy()` of the transport; the document stays. */
  leave(room: string): Promise<void>;
  /** Stock: what it says of itself, and every `synced` event. */
  claims(room: string): Claims;
}

export interface Claims {
  readonly connected: boolean;
  readonly synced: boolean;
  readonly events: readonly boolean[];
  readonly peerId: string;
}

/** What we look at in y-webrtc's room, which its types do not describe. */
interface StockRoom {
  readonly peerId: string;
  readonly synced: boolean;
  readonly webrtcConns: ReadonlyMap<string, { connected: boolean; destroy(): void }>;
}

interface OpenRoom {
  readonly text: Y.Text;
  readonly doc: Y.Doc;
  readonly awareness: () => Awareness;
  readonly peers: () => number;
  readonly allPeers: () => number;
  readonly drop: () => void;
  readonly leave: () => Promise<void>;
  readonly claims: () => Claims;
}

const rooms = new Map<string, OpenRoom>();

function openStock(doc: Y.Doc, options: RoomOptions): OpenRoom {
  const { room: name, address, password, maxConns, ownIceServers } = options;
  const awareness = new Awareness(doc);
  const provider = new WebrtcProvider(name, doc, {
    awareness,
    ...(address !== null && { signaling: [address] }),
    ...(password !== undefined && { password }),
    ...(maxConns !== undefined && { maxConns }),
    ...(ownIceServers !== true && { peerOpts: { config: { iceServers: [] } } }),
  });
  const events: boolean[] = [];
  provider.on('synced', ({ synced }) => events.push(synced));
  const room = (): StockRoom | null => provider.room;
  const connections = () => [...(room()?.webrtcConns.values() ?? [])];
  return {
    doc,
    text: doc.getText('text'),
    awareness: () => awareness,
    peers: () => connections().filter(({ connected }) => connected).length,
    allPeers: () => connections().length,
    drop: () => connections().forEach((connection) => connection.destroy()),
    leave: () => Promise.resolve(provider.disconnect()),
    claims: () => ({
      connected: provider.connected,
      synced: room()?.synced ?? false,
      events,
      peerId: room()?.peerId ?? '',
    }),
  };
}

function openWithOurs(doc: Y.Doc, options: RoomOptions): OpenRoom {
  const byWays = options.kind === 'ours' ? (['direct', 'relay'] as const) : (['direct'] as const);
  const ways = openOurs(doc, keyOfRoom(options.room), options.address ?? '', byWays);
  return {
    doc,
    text: doc.getText('text'),
    awareness: () => ways.awareness,
    peers: ways.peers,
    allPeers: ways.peers,
    drop: ways.drop,
    leave: ways.leave,
    claims: () => {
      throw new Error('Ours claims nothing; its status is computed');
    },
  };
}

function room(name: string): OpenRoom {
  const found = rooms.get(name);
  if (found === undefined) throw new Error(`Room "${name}" is not open`);
  return found;
}

const page: StockPage = {
  open(options) {
    const doc = new Y.Doc();
    const opened = options.kind === 'stock' ? openStock(doc, options) : openWithOurs(doc, options);
    rooms.set(options.room, opened);
  },
  write(name, words) {
    const { text } = room(name);
    text.insert(text.length, words);
  },
  text: (name) => room(name).text.toString(),
  pending: (name) => room(name).doc.store.pendingStructs !== null,
  peers: (name) => room(name).peers(),
  allPeers: (name) => room(name).allPeers(),
  say: (name, word) => room(name).awareness().setLocalState({ word }),
  words: (name) =>
    [...room(name).awareness().getStates().values()].map((state) => state['word'] as unknown),
  drop: (name) => room(name).drop(),
  leave: (name) => room(name).leave(),
  claims: (name) => room(name).claims(),
};
Object.assign(globalThis, { stockPage: page });
