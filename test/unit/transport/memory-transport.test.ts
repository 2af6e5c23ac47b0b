import { expect, vi } from 'vitest';
import * as Y from 'yjs';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { Transport } from '../../../src/browser/transport/transport.ts';
import { describeTransport } from '../../contract/transport.contract.ts';
import { createMemoryNetwork } from '../../fakes/memory-transport.ts';

const keys = {
  ours: documentKeyFrom(new Uint8Array(32).fill(1)),
  theirs: documentKeyFrom(new Uint8Array(32).fill(2)),
};

describeTransport('memory fake', async () => {
  const network = createMemoryNetwork();
  const open = new Set<Transport>();
  return {
    async laptop(secret) {
      const doc = new Y.Doc();
      const text = doc.getText('text');
      const options = { doc, key: keys[secret] };
      let transport = network.open(options);
      open.add(transport);
      const leave = async (): Promise<void> => {
        open.delete(transport);
        await transport.destroy();
      };
      return {
        async write(words) {
          text.insert(text.length, words);
        },
        length: async () => text.length,
        waitForLength: (length) => vi.waitFor(() => expect(text.length).toBe(length)),
        waitForEnd: (words) =>
          vi.waitFor(() => {
            if (!text.toString().endsWith(words)) throw new Error('not there yet');
          }),
        async say(word) {
          transport.awareness.setLocalState({ word });
        },
        waitForWord: (word) =>
          vi.waitFor(() => {
            const states = [...transport.awareness.getStates().values()];
            if (!states.some((state) => state['word'] === word)) throw new Error('not heard yet');
          }),
        reconnect: async () => transport.reconnect(),
        leave,
        async comeBack() {
          transport = network.open(options);
          open.add(transport);
        },
      };
    },
    async close() {
      await Promise.all([...open].map((transport) => transport.destroy()));
    },
  };
});
