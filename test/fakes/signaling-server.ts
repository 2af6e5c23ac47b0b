import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** What a laptop published, as y-webrtc 10.3 without a password says it. */
export interface Published {
  readonly topic: string;
  readonly data: {
    readonly type?: 'announce' | 'signal';
    readonly from?: string;
    readonly to?: string;
    readonly signal?: { readonly type?: string };
  };
  /** The frame as it came. */
  readonly text: string;
}

export interface FakeSignaling {
  readonly address: string;
  /** All that was published, lost or not, in the order in which it came. */
  readonly published: readonly Published[];
  /**
   * Holds back what fits from now on. `release` ends that and publishes what was held, in order, or
   * only what fits; the rest is lost.
   */
  hold(which: (published: Published) => boolean): {
    readonly release: (fits?: (published: Published) => boolean) => void;
  };
  /** Says something to everybody in the topic, as the laptop `from` would. */
  publish(topic: string, data: unknown): void;
  /** Resolves with the first publication, from the one with this number on, that fits. */
  seen(fits: (published: Published) => boolean, from?: number): Promise<Published>;
  close(): Promise<void>;
}

interface Frame {
  readonly type?: string;
  readonly topics?: readonly string[];
  readonly topic?: string;
  readonly data?: Published['data'];
}

/**
 * The protocol of y-webrtc's `bin/server.js`, down to the echo to the sender, with a hand on what
 * gets through. It trusts its input: only stock y-webrtc speaks to it.
 */
export async function openFakeSignaling(): Promise<FakeSignaling> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const topics = new Map<string, Set<WebSocket>>();
  const published: Published[] = [];
  const waiting = new Set<(published: Published) => void>();
  let isHeld: (published: Published) => boolean = () => false;
  let held: Published[] = [];

  function publish(topic: string, data: unknown): void {
    const receivers = topics.get(topic) ?? new Set();
    const text = JSON.stringify({ type: 'publish', topic, data, clients: receivers.size });
    for (const socket of receivers) socket.send(text);
  }

  server.on('connection', (socket) => {
    socket.on('message', (bytes: Buffer) => {
      const frame = JSON.parse(bytes.toString()) as Frame;
      for (const topic of frame.topics ?? []) {
        const sockets = topics.get(topic) ?? new Set();
        topics.set(topic, sockets);
        if (frame.type === 'subscribe') sockets.add(socket);
        else sockets.delete(socket);
      }
      if (frame.type === 'ping') socket.send('{"type":"pong"}');
      if (frame.type !== 'publish' || frame.topic === undefined) return;
      const said = { topic: frame.topic, data: frame.data ?? {}, text: bytes.toString() };
      published.push(said);
      if (isHeld(said)) held.push(said);
      else publish(said.topic, said.data);
      for (const tell of waiting) tell(said);
    });
    socket.on('close', () => {
      for (const sockets of topics.values()) sockets.delete(socket);
    });
  });

  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    published,
    hold(which) {
      isHeld = which;
      return {
        release(fits = () => true) {
          isHeld = () => false;
          for (const { topic, data } of held.filter(fits)) publish(topic, data);
          held = [];
        },
      };
    },
    publish,
    seen(fits, from = 0) {
      const before = published.slice(from).find(fits);
      if (before !== undefined) return Promise.resolve(before);
      return new Promise((resolve) => {
        const tell = (said: Published): void => {
          if (!fits(said)) return;
          waiting.delete(tell);
          resolve(said);
        };
        waiting.add(tell);
      });
    },
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
