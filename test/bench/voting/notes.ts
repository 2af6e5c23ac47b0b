import { ourProtocol } from '../relay-cpu/our-protocol.ts';
import * as Y from 'yjs';

/** Notes that go from one laptop to another all the while. */
export interface Notes {
  /** Begins to measure; ends with the milliseconds that each note took. */
  start(): () => readonly number[];
  close(): void;
}

const EVERY_MS = 20;

export async function measureNotes(port: number): Promise<Notes> {
  const waits: number[] = [];
  const sentAt = new Map<number, number>();
  const [from, to] = [new Y.Doc(), new Y.Doc()];
  const reader = await ourProtocol.connect(port, (message) => {
    const now = performance.now();
    for (const update of ourProtocol.updatesIn(message)) Y.applyUpdate(to, update);
    const clock = Y.getState(to.store, from.clientID);
    for (const [typed, at] of sentAt) {
      if (typed > clock) continue;
      sentAt.delete(typed);
      waits.push(now - at);
    }
  });
  const writer = await ourProtocol.connect(port, () => undefined);
  const text = from.getText('notes');
  from.on('update', (update: Uint8Array) => {
    sentAt.set(Y.getState(from.store, from.clientID), performance.now());
    writer.send(update);
  });
  const timer = setInterval(() => text.insert(text.length, 'a'), EVERY_MS);
  return {
    start() {
      const first = waits.length;
      return () => waits.slice(first);
    },
    close() {
      clearInterval(timer);
      reader.close();
      writer.close();
    },
  };
}
