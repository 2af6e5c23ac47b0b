import { createServer, connect, type Server, type Socket } from 'node:net';
import type { Seat, Venue } from './venue.ts';

const FIRST_PORT = 4740;

/** A piece of network that can be cut: whatever goes through it, stops without a word. */
interface Wire {
  readonly port: number;
  cut: boolean;
  close(): Promise<void>;
}

function openWire(target: URL): Promise<Wire> {
  const sockets = new Set<Socket>();
  const wire = { cut: false };
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        if (!wire.cut) to.write(bytes);
      });
      // A peer that goes away takes the other end with it; which error it was does not matter.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        port,
        get cut() {
          return wire.cut;
        },
        set cut(value) {
          wire.cut = value;
          // Bytes that were swallowed cannot be made up: what was connected starts anew.
          if (!value) for (const socket of sockets) socket.destroy();
        },
        close: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

/**
 * All laptops on one machine, for organisers without root or without Linux: each has its own
 * Caucus on a port of its own, and reaches the plenary laptop through a wire that can be cut. The
 * way from laptop to laptop is cut in the browser (see `laptop.ts`).
 */
export async function openOneMachine(): Promise<Venue> {
  const wires: Wire[] = [];
  let seats = 0;
  return {
    kind: 'one-machine',
    words: 'all laptops on this machine, each behind a wire that can be cut',
    async seat(name): Promise<Seat> {
      const appPort = FIRST_PORT + seats;
      seats += 1;
      const mine = new Map<string, Wire>();
      return {
        name,
        appPort,
        command: (program, parameters) => [program, parameters],
        async dial(address) {
          const wire =
            mine.get(address) ?? (await openWire(new URL(address.replace(/^ws/u, 'http'))));
          if (!mine.has(address)) wires.push(wire);
          mine.set(address, wire);
          return `ws://127.0.0.1:${wire.port}`;
        },
        async cut() {
          for (const wire of mine.values()) wire.cut = true;
        },
        async restore() {
          for (const wire of mine.values()) wire.cut = false;
        },
      };
    },
    async close() {
      await Promise.all(wires.map((wire) => wire.close()));
    },
  };
}
