import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createStore } from 'zustand/vanilla';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import type { DocumentStore } from '../../../src/browser/storage/document-store.ts';
import { newEnvelope } from '../../../src/browser/storage/key-envelope.ts';
import { keepSecondCopy, type SecondCopy } from '../../../src/browser/storage/keep-second-copy.ts';
import { neededEnvelopes } from '../../../src/browser/storage/keys-in-copy.ts';
import { laptopKeyFrom } from '../../../src/browser/storage/laptop-key.ts';
import { persistDocument } from '../../../src/browser/storage/persist-document.ts';
import { putBack, readLostCopy } from '../../../src/browser/storage/restore-from-vault.ts';
import type { SessionStore } from '../../../src/browser/storage/session-store.ts';
import { createVaultClient, type VaultClient } from '../../../src/browser/storage/vault-client.ts';
import { createVaultLink, type VaultLink } from '../../../src/browser/storage/vault-link.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import type { Hub } from '../../../src/hub/start-hub.ts';
import {
  createMemoryDisk,
  createMemoryDocumentStore,
  type MemoryDisk,
} from '../../fakes/memory-document-store.ts';
import {
  createMemorySessions,
  createMemorySessionStore,
  type MemorySessions,
} from '../../fakes/memory-session-store.ts';
import { eventually } from '../hub/eventually.ts';
import { startTestHub, testKey } from '../hub/laptop.ts';

/** A real hub on a real disk, and the app's own storage code in Node, over a disk of memory. */
let folder = '';
let hub: Hub | null = null;
let port = 0;
const toClose: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-second-copy-'));
  port = 0;
  await startHub();
});
afterEach(async () => {
  for (const close of toClose.splice(0)) close();
  await stopHub();
  await rm(folder, { recursive: true, force: true });
});
async function startHub(): Promise<void> {
  const started = await startTestHub({
    localPort: port,
    vaultDirectory: () => join(folder, 'vault'),
  });
  hub = started.hub;
  port = hub.localPort;
}
async function stopHub(): Promise<void> {
  await hub?.stop();
  hub = null;
}

interface Window extends SecondCopy {
  readonly link: VaultLink;
  readonly vault: VaultClient;
  readonly bare: { readonly documents: DocumentStore; readonly sessions: SessionStore };
  /** Every update that was sent to the vault by this window, apart from compaction. */
  readonly sent: number[];
}
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const key = laptopKeyFrom(random(32));
const tools = { random, cost: { N: 16, r: 1, p: 1 } };
/** A key that is kept elsewhere, as a keychain does. */
const inKeychain = () => ({
  key,
  envelope: createStore<{ keyId: string; text: string } | null>(() => null),
});
/** A window of a laptop with this disk. */
function openWindow(disk: MemoryDisk, kept: MemorySessions, keyring = inKeychain()): Window {
  const link = createVaultLink(async () => `ws://localhost:${port}`);
  const sent: number[] = [];
  const client = createVaultClient(link);
  const vault: VaultClient = {
    ...client,
    append(id, update) {
      sent.push(update.length);
      return client.append(id, update);
    },
  };
  const bare = {
    documents: createMemoryDocumentStore(disk),
    sessions: createMemorySessionStore(kept, disk),
  };
  const copy = keepSecondCopy({ link, vault, deviceId: 'this-laptop', keyring, ...bare });
  toClose.push(() => {
    copy.close();
    link.close();
  });
  return { ...copy, link, vault, bare, sent };
}
const current = ({ status }: Window): Promise<void> =>
  eventually(() => expect(status.getState()).toEqual({ state: 'current' }));

const plan = testKey(1);
const group = testKey(2);
const record: SessionRecord = {
  sessionId: 'session-1' as SessionId,
  title: 'Sichere Geräte',
  role: 'moderator',
  groupId: null,
  plenary: true,
  plan,
  groups: new Map([['g1' as GroupId, group]]),
  addresses: ['ws://192.168.4.20:4711'],
  createdAt: 1,
  openedAt: 2,
};
const fresh = (): [MemoryDisk, MemorySessions] => [createMemoryDisk(), createMemorySessions()];

/** What a document says by the vault alone. */
async function wordsInVault({ vault }: Window, id = group.documentId): Promise<string> {
  const read = await vault.read(id);
  if (!read.ok) throw new Error(read.reason);
  const doc = new Y.Doc();
  for (const update of read.value.values()) Y.applyUpdateV2(doc, update);
  return doc.getText('t').toString();
}
async function type(window: Window, words: string, id = group.documentId): Promise<void> {
  const doc = new Y.Doc();
  const persisted = await persistDocument(doc, id, window.documents);
  doc.getText('t').insert(0, words);
  await persisted.destroy();
}

describe('the second copy', () => {
  it('S1, S2: has every update once the store has it, and says so', async () => {
    const window = openWindow(...fresh());
    await window.sessions.put(record);
    await type(window, 'a note');
    await current(window);
    expect(await wordsInVault(window)).toBe('a note');
  });

  it('S1: is not waited for: what is typed is saved while the vault is away', async () => {
    await stopHub();
    const window = openWindow(...fresh());
    await window.sessions.put(record);
    const doc = new Y.Doc();
    const persisted = await persistDocument(doc, group.documentId, window.documents);
    doc.getText('t').insert(0, 'typed without a hub');
    await persisted.flush();
    expect(persisted.state()).toEqual({ state: 'saved' });
    await eventually(() =>
      expect(window.status.getState()).toEqual({ state: 'failed', reason: 'away' }),
    );
    await startHub();
    await current(window);
    expect(await wordsInVault(window)).toBe('typed without a hub');
    expect((await window.vault.summary()).ok).toBe(true);
  });

  it('S2: gets what it missed of sessions that are closed, too, and nothing twice', async () => {
    const [disk, kept] = fresh();
    const first = openWindow(disk, kept);
    await first.sessions.put(record);
    await type(first, 'before ', plan.documentId);
    await type(first, 'before ');
    await current(first);
    await stopHub();
    await type(first, 'while it was away ');
    await startHub();
    const second = openWindow(disk, kept);
    await current(second);
    expect(second.sent).toHaveLength(1);
    expect(await wordsInVault(second)).toBe('while it was away before ');
    const third = openWindow(disk, kept);
    await current(third);
    await type(third, '', plan.documentId);
    await current(third);
    expect(third.sent).toEqual([]);
  });

  it('S2: gets everything anew when its file was damaged and set aside', async () => {
    const window = openWindow(...fresh());
    await window.sessions.put(record);
    await type(window, 'kept in the browser');
    await current(window);
    await stopHub();
    await rm(join(folder, 'vault'), { recursive: true });
    await startHub();
    await eventually(async () => expect(await wordsInVault(window)).toBe('kept in the browser'));
    await current(window);
    const summary = await window.vault.summary();
    expect(summary.ok && [...summary.value.records.keys()]).toEqual([
      'device',
      'session:session-1',
    ]);
  });

  it('S2: follows compaction and stays whole', async () => {
    const [disk, kept] = fresh();
    const window = openWindow(disk, kept);
    await window.sessions.put(record);
    const doc = new Y.Doc();
    const persisted = await persistDocument(doc, group.documentId, window.documents);
    for (let index = 0; index < 350; index += 1) {
      doc.getText('t').insert(0, 'x');
      await persisted.flush();
    }
    await persisted.destroy();
    await type(window, 'y');
    await current(window);
    await eventually(async () => {
      const names = await window.vault.names(group.documentId);
      expect(names.ok && names.value.size).toBe(2);
    });
    expect(await wordsInVault(window)).toBe(`y${'x'.repeat(350)}`);
    expect(disk.rows).toHaveLength(2);
  });

  it('S2: gives an open document back what the browser has lost of it', async () => {
    const [disk, kept] = fresh();
    const first = openWindow(disk, kept);
    await first.sessions.put(record);
    await type(first, 'one ');
    await type(first, 'two ');
    await current(first);
    disk.rows = disk.rows.slice(0, -1);
    const second = openWindow(disk, kept);
    const doc = new Y.Doc();
    const persisted = await persistDocument(doc, group.documentId, second.documents);
    await eventually(() => expect(doc.getText('t').toString()).toBe('two one '));
    await persisted.destroy();
    await current(second);
    const reopened = new Y.Doc();
    await (
      await persistDocument(reopened, group.documentId, createMemoryDocumentStore(disk))
    ).destroy();
    expect(reopened.getText('t').toString()).toBe('two one ');
  });

  it('S2: keeps what only one of two browsers on one laptop has', async () => {
    const one = openWindow(...fresh());
    const two = openWindow(...fresh());
    for (const window of [one, two]) await window.sessions.put(record);
    await type(one, 'by one ');
    await current(one);
    await type(two, 'by two ');
    await current(two);
    await type(one, '');
    await current(one);
    await eventually(async () => {
      const words = await wordsInVault(one);
      expect([words.includes('by one '), words.includes('by two ')]).toEqual([true, true]);
    });
  });

  it('S2: misses nothing that is typed while it is compared', async () => {
    const window = openWindow(...fresh());
    await window.sessions.put(record);
    const doc = new Y.Doc();
    const persisted = await persistDocument(doc, group.documentId, window.documents);
    while (window.status.getState().state !== 'current') {
      doc.getText('t').insert(0, 'x');
      await persisted.flush();
      // The disk of memory answers at once, and nothing would come from the hub.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await persisted.destroy();
    await current(window);
    expect(await wordsInVault(window)).toBe(doc.getText('t').toString());
  });

  it('S4: takes a document of 5 MB', { timeout: 30_000 }, async () => {
    const window = openWindow(...fresh());
    await window.sessions.put(record);
    const words = 'wörd '.repeat(1_000_000);
    await type(window, words);
    await current(window);
    expect(await wordsInVault(window)).toBe(words);
  });

  it('is quiet where the hub keeps none', async () => {
    await stopHub();
    const started = await startTestHub({ localPort: port });
    hub = started.hub;
    const window = openWindow(...fresh());
    expect(await window.link.firstTry).toBe(true);
    await window.sessions.put(record);
    await type(window, 'a note');
    expect(await window.vault.summary()).toEqual({ ok: false, reason: 'absent' });
    await eventually(() => expect(window.status.getState()).toEqual({ state: 'absent' }));
  });
});

describe('S2: what the browser has lost', () => {
  async function filled(): Promise<Window> {
    const window = openWindow(...fresh());
    await window.sessions.put(record);
    await type(window, 'the plan', plan.documentId);
    await type(window, 'the notes');
    await current(window);
    return window;
  }
  async function restoreTo(disk: MemoryDisk, kept: MemorySessions): Promise<readonly string[]> {
    const window = openWindow(disk, kept);
    const { vault, bare, link } = window;
    await link.firstTry;
    const copy = await readLostCopy(vault, bare, { key, random });
    if (copy === null) throw new Error('The vault could not be read');
    expect(copy.deviceId).toBe('this-laptop');
    const titles = await putBack(copy, bare);
    window.close();
    return titles;
  }
  async function wordsOn(disk: MemoryDisk, id = group.documentId): Promise<string> {
    const doc = new Y.Doc();
    await (await persistDocument(doc, id, createMemoryDocumentStore(disk))).destroy();
    return doc.getText('t').toString();
  }

  it('is put back whole: sessions with their secrets, and their documents', async () => {
    await filled();
    const [disk, kept] = fresh();
    expect(await restoreTo(disk, kept)).toEqual(['Sichere Geräte']);
    expect([...kept.records.values()]).toEqual([record]);
    expect(await wordsOn(disk)).toBe('the notes');
    expect(await wordsOn(disk, plan.documentId)).toBe('the plan');
    expect(await restoreTo(disk, kept)).toEqual([]);
  });

  it('is put back where only a document is gone', async () => {
    await filled();
    const [disk, kept] = fresh();
    await restoreTo(disk, kept);
    disk.rows = disk.rows.filter(({ id }) => id !== group.documentId);
    expect(await restoreTo(disk, kept)).toEqual(['Sichere Geräte']);
    expect(await wordsOn(disk)).toBe('the notes');
  });

  it('is not put back where a person took it off this laptop', async () => {
    const window = await filled();
    await window.sessions.remove(record);
    await eventually(async () => {
      const summary = await window.vault.summary();
      expect(summary.ok && [...summary.value.records.keys(), ...summary.value.counts]).toEqual([
        'device',
      ]);
    });
    expect(await restoreTo(...fresh())).toEqual([]);
  });

  it('is not put back either where the vault was away at that moment, and is forgotten later', async () => {
    const [disk, kept] = fresh();
    const window = openWindow(disk, kept);
    await window.sessions.put(record);
    await type(window, 'the notes');
    await current(window);
    await stopHub();
    await window.sessions.remove(record);
    window.close();
    window.link.close();
    await startHub();
    const later = openWindow(disk, kept);
    await later.link.firstTry;
    expect(await readLostCopy(later.vault, later.bare, { key, random })).toMatchObject({
      sessions: [],
    });
    await current(later);
    const summary = await later.vault.summary();
    expect(summary.ok && [...summary.value.records.keys()]).toEqual(['device']);
    expect(kept.removed.get(record.sessionId)).toEqual([]);
  });

  it('comes back to none but who can still read the vault whole', async () => {
    await filled();
    await stopHub();
    const { vault, link } = openWindow(...fresh());
    expect(await link.firstTry).toBe(false);
    expect(await readLostCopy(vault, null, { key, random })).toBeNull();
  });

  it('comes back to nobody without the key that its sessions are sealed with', async () => {
    await filled();
    const { vault, link } = openWindow(...fresh());
    await link.firstTry;
    const other = laptopKeyFrom(random(32));
    for (const stranger of [null, other]) {
      const copy = await readLostCopy(vault, null, { key: stranger, random });
      expect(copy).toEqual({ sessions: [], deviceId: 'this-laptop' });
    }
  });
});

describe('at rest: the second copy', () => {
  const envelope = newEnvelope(tools);
  async function openSealed(): Promise<{ window: Window; setPassphrase: () => Promise<void> }> {
    const sealing = await envelope.open(null);
    if (sealing === null) throw new Error('It has no passphrase yet');
    const kept = createStore<{ keyId: string; text: string } | null>(() => envelope);
    const window = openWindow(...fresh(), { key: sealing, envelope: kept });
    return {
      window,
      async setPassphrase() {
        kept.setState(await envelope.rewrap(null, 'three stout walls'), true);
      },
    };
  }
  const recordsOf = async ({ vault }: Window): Promise<ReadonlyMap<string, string>> => {
    const summary = await vault.summary();
    if (!summary.ok) throw new Error(summary.reason);
    return summary.value.records;
  };

  it('A1: has the secrets of no session in any file of it', async () => {
    const { window } = await openSealed();
    await window.sessions.put(record);
    await type(window, 'the notes');
    await current(window);
    await stopHub();
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((name) => name.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const bytes = await readFile(join(file.parentPath, file.name), 'latin1');
      for (const secret of [plan.secret, group.secret, 'Geräte'])
        expect(bytes).not.toContain(secret);
    }
  });

  it('has the key too where the browser could lose it, and no other laptop’s is written over', async () => {
    const { window } = await openSealed();
    await current(window);
    await window.vault.put('key:another', '{}');
    await window.sessions.put(record);
    await current(window);
    const records = await recordsOf(window);
    expect(records.get(`key:${envelope.keyId}`)).toBe(envelope.text);
    expect(records.get('key:another')).toBe('{}');
    expect(neededEnvelopes(records)).toEqual([envelope.text]);
    // A window that has lost its key with everything else, and has made another.
    const { vault, link } = openWindow(...fresh());
    await link.firstTry;
    const copy = await readLostCopy(vault, null, { key, random });
    expect(copy?.sessions.map((lost) => lost.record)).toEqual([record]);
  });

  it('A1: has the key behind the passphrase as soon as there is one, and not in the open any more', async () => {
    const { window, setPassphrase } = await openSealed();
    await window.sessions.put(record);
    await current(window);
    await setPassphrase();
    const name = `key:${envelope.keyId}`;
    await eventually(async () => expect((await recordsOf(window)).get(name)).toContain('scrypt'));
    await current(window);
    const bare = (JSON.parse(envelope.text) as { key: string }).key;
    await stopHub();
    for (const file of await readdir(join(folder, 'vault'))) {
      expect(await readFile(join(folder, 'vault', file), 'latin1')).not.toContain(bare);
    }
  });
});
