import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { persistDocument } from '../../../src/browser/storage/persist-document.ts';
import { createDocumentSync, type Receipt } from '../../../src/browser/sync/document-sync.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { Role } from '../../../src/core/protocol/ticket.ts';
import { createMemoryDisk, createMemoryDocumentStore } from '../../fakes/memory-document-store.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../fakes/memory-transport.ts';

const key = documentKeyFrom(new Uint8Array(32).fill(5));

interface LaptopOptions {
  readonly name: string;
  readonly network: MemoryNetwork;
  readonly role?: Role;
  readonly plenary?: boolean;
  readonly speaks?: boolean;
  readonly disk?: ReturnType<typeof createMemoryDisk>;
  readonly lastReceipt?: Receipt;
}

async function openLaptop(options: LaptopOptions) {
  const disk = options.disk ?? createMemoryDisk();
  const doc = new Y.Doc();
  const persisted = await persistDocument(doc, key.documentId, createMemoryDocumentStore(disk));
  const receipts: Receipt[] = [];
  const sync = createDocumentSync({
    doc,
    persisted,
    self: {
      deviceId: options.name,
      windowId: `${options.name}-${doc.clientID}`,
      role: options.role ?? 'facilitator',
      plenary: options.plenary ?? false,
    },
    speaks: options.speaks ?? true,
    now: () => Date.now(),
    lastReceipt: options.lastReceipt ?? null,
    onReceipt: (receipt) => receipts.push(receipt),
    onChange: () => undefined,
  });
  const transport = options.network.open({ doc, key });
  sync.addTransport(transport);
  const timer = setInterval(() => sync.beat(), 1_000);
  return {
    doc,
    disk,
    sync,
    receipts,
    /** Reconnects, as transports do by themselves when the network is back. */
    reconnect: () => transport.reconnect(),
    note(id: string, text = 'said') {
      doc.transact(() => {
        const entry = new Y.Map<unknown>();
        doc.getMap('notes').set(id, entry);
        entry.set('text', new Y.Text(text));
      });
    },
    async close() {
      clearInterval(timer);
      sync.destroy();
      await transport.destroy();
    },
  };
}
const plenary = (network: MemoryNetwork) =>
  openLaptop({ name: 'plenary', network, role: 'moderator', plenary: true });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('S3: what a laptop is told about the plenary laptop', () => {
  it('is no contact, and everything waits, before the plenary laptop was ever heard', async () => {
    const group = await openLaptop({ name: 'group', network: createMemoryNetwork() });
    group.note('n1');
    group.note('n2');
    await pass(5_000);
    expect(group.sync.status()).toMatchObject({
      path: 'none',
      inContact: false,
      lastContactAt: null,
      waiting: 2,
    });
  });

  it('is contact, and nothing waits, once the plenary laptop has it on disk', async () => {
    const network = createMemoryNetwork();
    const group = await openLaptop({ name: 'group', network });
    await plenary(network);
    group.note('n1');
    await pass(2_000);
    expect(group.sync.status()).toMatchObject({ path: 'relay', inContact: true, waiting: 0 });
  });

  it('knows from a file what the plenary laptop had, and that it is not in contact', async () => {
    const group = await openLaptop({ name: 'group', network: createMemoryNetwork() });
    group.note('n1');
    const stateVector = Y.encodeStateVector(group.doc);
    group.note('n2');
    await pass(2_000);
    group.sync.takeReceipt({ stateVector, at: Date.now() });
    expect(group.sync.status()).toMatchObject({ path: 'file', inContact: false, waiting: 1 });
    expect(group.sync.status().lastContactAt).toBeNull();
    expect(group.receipts.at(-1)?.stateVector).toEqual(stateVector);
  });

  it('S1: still waits while the plenary laptop has it in memory only', async () => {
    const network = createMemoryNetwork();
    const group = await openLaptop({ name: 'group', network });
    const room = await plenary(network);
    await pass(2_000);
    room.disk.failure = new Error('disk full');
    group.note('n1');
    await pass(1_000);
    expect(room.doc.getMap('notes').size).toBe(1);
    expect(group.sync.status()).toMatchObject({ inContact: true, waiting: 1 });
    room.disk.failure = null;
    await pass(4_000);
    expect(group.sync.status()).toMatchObject({ inContact: true, waiting: 0 });
  });

  it('ends within 3 s when the network is cut without a word, and heals by itself', async () => {
    const network = createMemoryNetwork();
    const group = await openLaptop({ name: 'group', network });
    const room = await plenary(network);
    await pass(2_000);
    network.cut = true;
    const cutAt = Date.now();
    await pass(3_000);
    group.note('n1');
    expect(group.sync.status()).toMatchObject({ inContact: false, path: 'none', waiting: 1 });
    expect(room.sync.status()).toMatchObject({ inContact: false });
    await pass(60_000);
    const { lastContactAt } = group.sync.status();
    expect(cutAt - (lastContactAt ?? 0)).toBeLessThan(15_000);
    network.cut = false;
    group.reconnect();
    await pass(2_500);
    expect(group.sync.status()).toMatchObject({ inContact: true, waiting: 0 });
    expect(room.sync.status()).toMatchObject({ inContact: true });
  });

  it('is not fooled by what a relay has kept of a plenary laptop that is gone', async () => {
    const network = createMemoryNetwork();
    const room = await plenary(network);
    const witness = await openLaptop({ name: 'witness', network });
    await pass(2_000);
    await room.close();
    // A newcomer hears the old state from somebody else, as a relay would tell it.
    const group = await openLaptop({ name: 'group', network });
    witness.reconnect();
    await pass(1_500);
    const heard = group.sync.status().laptops.find((laptop) => laptop.plenary);
    expect(heard).toMatchObject({ inContact: false });
    expect(group.sync.status().inContact).toBe(false);
  });

  it('counts from the last receipt after a restart without any network', async () => {
    const network = createMemoryNetwork();
    const group = await openLaptop({ name: 'group', network });
    await plenary(network);
    group.note('n1');
    await pass(2_000);
    const lastReceipt = group.receipts.at(-1);
    if (lastReceipt === undefined) throw new Error('no receipt was kept');
    network.cut = true;
    group.note('n2');
    await pass(100);
    await group.close();
    const reopened = await openLaptop({
      name: 'group',
      network: createMemoryNetwork(),
      disk: group.disk,
      lastReceipt,
    });
    expect(reopened.sync.status()).toMatchObject({ inContact: false, waiting: 1 });
    expect(reopened.sync.status().lastContactAt).not.toBeNull();
  });

  it('says when the plenary laptop has something that has not arrived here', async () => {
    const network = createMemoryNetwork();
    const room = await plenary(network);
    room.note('n1');
    await pass(1_000);
    const ahead: Receipt = { stateVector: Y.encodeStateVector(room.doc), at: Date.now() };
    const reader = await openLaptop({
      name: 'rapporteur',
      network: createMemoryNetwork(),
      role: 'rapporteur',
      speaks: false,
      lastReceipt: ahead,
    });
    expect(reader.sync.status()).toMatchObject({ behind: true, waiting: 0 });
    reader.doc.transact(() => Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(room.doc)));
    expect(reader.sync.status().behind).toBe(false);
  });
});

describe('what the plenary laptop is told about a group', () => {
  it('who writes, and what the group’s laptop said waits there', async () => {
    const network = createMemoryNetwork();
    const group = await openLaptop({ name: 'group', network });
    const room = await plenary(network);
    await pass(2_000);
    group.sync.setWriting(true);
    await pass(100);
    expect(room.sync.status().laptops).toEqual([
      expect.objectContaining({ deviceId: 'group', writing: true, inContact: true, waiting: 0 }),
    ]);
    network.cut = true;
    await pass(3_500);
    const [laptop] = room.sync.status().laptops;
    expect(laptop).toMatchObject({ inContact: false, writing: false });
  });

  it('S3: is not fooled into contact with the group by another moderator', async () => {
    const network = createMemoryNetwork();
    const other = await openLaptop({ name: 'moderator', network, role: 'moderator' });
    const room = await plenary(network);
    await pass(3_000);
    expect(other.sync.status().inContact).toBe(true);
    expect(room.sync.status()).toMatchObject({ inContact: false, lastContactAt: null });
    expect(room.sync.status().laptops).toHaveLength(1);
  });

  it('hears nothing of laptops that only read', async () => {
    const network = createMemoryNetwork();
    await openLaptop({ name: 'rapporteur', network, role: 'rapporteur', speaks: false });
    const room = await plenary(network);
    await pass(3_000);
    expect(room.sync.status().laptops).toEqual([]);
  });
});
