import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { keyOfRoom } from '../../e2e/stock/key-of-room.ts';
import { openOurs, type OurWays } from '../../e2e/stock/ours.ts';

/** Two documents on one laptop: one by all our ways, as the app runs them, one by stock y-webrtc. */
export interface LatencyPage {
  open(hub: string, own: boolean, signaling: string): void;
  /** Whether both have a direct connection. */
  isConnected(): boolean;
  /** Types so many letters into each document, in turn, one every so many milliseconds. */
  type(letters: number, everyMs: number): Promise<void>;
  /** When each letter was typed or arrived here, in milliseconds since 1970. */
  times(which: Which): readonly number[];
}
export type Which = 'ours' | 'stock';

const now = (): number => performance.timeOrigin + performance.now();
const docs: Readonly<Record<Which, Y.Doc>> = { ours: new Y.Doc(), stock: new Y.Doc() };
const times: Readonly<Record<Which, number[]>> = { ours: [], stock: [] };
let ours: OurWays | null = null;
let stock: WebrtcProvider | null = null;

const textOf = (which: Which): Y.Text => docs[which].getText('text');
for (const which of ['ours', 'stock'] as const) {
  textOf(which).observe((_event, { local }) => {
    const at = now();
    while (!local && times[which].length < textOf(which).length) times[which].push(at);
  });
}

const page: LatencyPage = {
  open(hub, own, signaling) {
    ours = openOurs(docs.ours, keyOfRoom('latency'), hub, ['direct', 'relay'], own);
    stock = new WebrtcProvider('latency', docs.stock, {
      signaling: [signaling],
      peerOpts: { config: { iceServers: [] } },
    });
  },
  isConnected: () =>
    ours?.peers() === 1 &&
    [...(stock?.room?.webrtcConns.values() ?? [])].some(({ connected }) => connected),
  type(letters, everyMs) {
    return new Promise((resolve) => {
      const turns = ['ours', 'stock'] as const;
      let typed = 0;
      const timer = setInterval(() => {
        const which = turns[typed % 2] ?? 'ours';
        typed += 1;
        times[which].push(now());
        textOf(which).insert(textOf(which).length, 'e');
        if (typed < letters * 2) return;
        clearInterval(timer);
        resolve();
      }, everyMs / 2);
    });
  },
  times: (which) => times[which],
};
Object.assign(globalThis, { latencyPage: page });
