import type * as Y from 'yjs';

/** How far something has got with each client. What Yjs calls a state vector, unpacked. */
export type Clocks = ReadonlyMap<number, number>;

export function clocksOf(doc: Y.Doc): Clocks {
  const clocks = new Map<number, number>();
  for (const [client, structs] of doc.store.clients) {
    const last = structs.at(-1);
    if (last !== undefined) clocks.set(client, last.id.clock + last.length);
  }
  return clocks;
}

/** The first client of which `all` has more than `some`; null where `some` has it all. */
export function lacking(some: Clocks, all: Clocks): number | null {
  for (const [client, clock] of all) if ((some.get(client) ?? 0) < clock) return client;
  return null;
}
export const covers = (some: Clocks, all: Clocks): boolean => lacking(some, all) === null;
