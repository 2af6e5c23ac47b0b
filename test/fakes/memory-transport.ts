import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Transport, TransportOptions } from '../../src/browser/transport/transport.ts';

/** A network in memory: delivers at the next turn of the event loop, unless it is cut. */
export interface MemoryNetwork {
  cut: boolean;
  open(options: TransportOptions): Transport;
}

interface Member {
  readonly id: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
}

export function createMemoryNetwork(): MemoryNetwork {
  const members = new Set<Member>();
  const network: MemoryNetwork = {
    cut: false,
    open({ doc, key }) {
      const member: Member = { id: key.documentId, doc, awareness: new Awareness(doc) };
      const others = (): Member[] =>
        [...members].filter((other) => other !== member && other.id === member.id);
      const deliver = (to: Member, act: () => void): void => {
        setTimeout(() => {
          if (!network.cut && members.has(member) && members.has(to)) act();
        }, 0);
      };
      const sendUpdate = (update: Uint8Array, from: unknown): void => {
        if (from === network) return;
        for (const to of others()) deliver(to, () => Y.applyUpdate(to.doc, update, network));
      };
      const sendPresence = (
        { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
        from: unknown,
      ): void => {
        if (from === network) return;
        const clients = [...added, ...updated, ...removed];
        const update = encodeAwarenessUpdate(member.awareness, clients);
        for (const to of others()) {
          deliver(to, () => applyAwarenessUpdate(to.awareness, update, network));
        }
      };
      const catchUp = (): void => {
        for (const other of others()) {
          const pairs = [
            [member, other],
            [other, member],
          ] as const;
          for (const [from, to] of pairs) {
            deliver(to, () => {
              const update = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
              Y.applyUpdate(to.doc, update, network);
              const clients = [...from.awareness.getStates().keys()];
              applyAwarenessUpdate(
                to.awareness,
                encodeAwarenessUpdate(from.awareness, clients),
                network,
              );
            });
          }
        }
      };
      members.add(member);
      doc.on('update', sendUpdate);
      member.awareness.on('update', sendPresence);
      catchUp();
      return {
        path: 'relay',
        awareness: member.awareness,
        reconnect: catchUp,
        async destroy() {
          members.delete(member);
          doc.off('update', sendUpdate);
          member.awareness.destroy();
        },
      };
    },
  };
  return network;
}
