import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  accessKeyOf,
  documentKeyOf,
  readersSecretOf,
} from '../../../src/core/protocol/document-key.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import { dialHub } from '../../../src/browser/transport/dial.ts';
import { eventually } from './eventually.ts';
import { openLaptop, startTestHub, testKey } from './laptop.ts';
import type { Laptop, TestHub } from './laptop.ts';

const open: { hubs: TestHub[]; laptops: Laptop[] } = { hubs: [], laptops: [] };

async function hub(): Promise<TestHub> {
  const started = await startTestHub();
  open.hubs.push(started);
  return started;
}

function laptop(...args: Parameters<typeof openLaptop>): Laptop {
  const opened = openLaptop(...args);
  open.laptops.push(opened);
  return opened;
}

async function networkBase({ hub }: TestHub): Promise<string> {
  const result = await hub.openToNetwork();
  const [address] = result.ok ? result.state.addresses : [];
  if (address === undefined) throw new Error('The hub could not be opened to the network');
  return address;
}

const notes = (doc: Y.Doc): string => doc.getText('notes').toString();
const readersKey = ({ secret }: DocumentKey): DocumentKey => documentKeyOf(readersSecretOf(secret));

afterEach(async () => {
  await Promise.all(open.laptops.splice(0).map(({ leave }) => leave()));
  await Promise.all(open.hubs.splice(0).map(({ hub }) => hub.stop()));
});

describe('relay', () => {
  it('carries a change from a laptop on the network to the one that the hub runs on, and back', async () => {
    const started = await hub();
    const key = testKey(1);
    const plenary = laptop(`ws://${started.local}`, key);
    const facilitator = laptop(await networkBase(started), key);
    facilitator.doc.getText('notes').insert(0, 'A register helps');
    await eventually(() => expect(notes(plenary.doc)).toBe('A register helps'));
    plenary.doc.getText('notes').insert(0, '1. ');
    await eventually(() => expect(notes(facilitator.doc)).toBe('1. A register helps'));
  });

  it('opens a document for who was there before the hub knew it', async () => {
    const started = await hub();
    const key = testKey(1);
    const facilitator = laptop(await networkBase(started), key);
    facilitator.doc.getText('notes').insert(0, 'early');
    await eventually(() => expect(facilitator.connection.hubId()).not.toBeNull());
    expect(facilitator.transport.isOpen()).toBe(false);
    const plenary = laptop(`ws://${started.local}`, key);
    await eventually(() => expect(notes(plenary.doc)).toBe('early'));
  });

  it('A1: gives nothing to a laptop that knows the id and not the key', async () => {
    const started = await hub();
    const key = testKey(1);
    const plenary = laptop(`ws://${started.local}`, key);
    plenary.doc.getText('notes').insert(0, 'confidential');
    const forged = { documentId: key.documentId, secret: testKey(2).secret };
    const stranger = laptop(await networkBase(started), forged);
    stranger.doc.getText('notes').insert(0, 'graffiti');
    // It finds that the hub does not have its key, and says nothing more.
    await eventually(() => expect(stranger.transport.refusal()).toBe('not-our-hub'));
    expect(stranger.transport.isOpen()).toBe(false);
    expect(notes(stranger.doc)).toBe('graffiti');
    expect(notes(plenary.doc)).toBe('confidential');
  });

  it('A1: a hub that was never given the key learns nothing from a laptop that asks it', async () => {
    const started = await hub();
    const facilitator = laptop(await networkBase(started), testKey(1));
    const other = laptop(`ws://${started.local}`, testKey(2));
    await eventually(() => expect(other.transport.isOpen()).toBe(true));
    await eventually(() => expect(facilitator.connection.hubId()).not.toBeNull());
    expect(facilitator.transport.isOpen()).toBe(false);
    expect(started.hub.counts().documents).toBe(1);
  });

  it('A2: a reader gets everything and changes nothing, and the hub says so', async () => {
    const started = await hub();
    const key = testKey(1);
    const plenary = laptop(`ws://${started.local}`, key);
    const base = await networkBase(started);
    const reader = laptop(base, readersKey(key));
    const writer = laptop(base, key);
    plenary.doc.getText('notes').insert(0, 'said');
    await eventually(() => expect(notes(reader.doc)).toBe('said'));
    reader.doc.getText('notes').insert(0, 'un');
    // S3: nor does it say that it has received anything, as the plenary laptop would.
    reader.transport.awareness.setLocalState({ plenary: true });
    await eventually(() => expect(notes(writer.doc)).toBe('said'));
    writer.doc.getText('notes').insert(0, 'well ');
    await eventually(() => expect(notes(reader.doc)).toContain('well '));
    await eventually(() => expect(notes(plenary.doc)).toBe('well said'));
    expect([...writer.transport.awareness.getStates().keys()]).toEqual([writer.doc.clientID]);
  });

  it('A2: takes no keys from the network', async () => {
    const started = await hub();
    const options = { own: true, dial: dialHub };
    const stranger = laptop(await networkBase(started), testKey(1), options);
    await eventually(() =>
      expect(started.events).toContainEqual({
        event: 'dropped',
        service: 'relay',
        reason: 'malformed-frame',
      }),
    );
    expect(stranger.transport.isOpen()).toBe(false);
  });

  it('S2: gets everything back from the first laptop that returns after all had left', async () => {
    const started = await hub();
    const key = testKey(1);
    const facilitator = laptop(`ws://${started.local}`, key);
    facilitator.doc.getText('notes').insert(0, 'before the break');
    await eventually(() => expect(facilitator.transport.isOpen()).toBe(true));
    await facilitator.leave();
    await eventually(() => expect(started.hub.counts().documents).toBe(0));

    facilitator.doc.getText('notes').insert(0, 'offline, ');
    laptop(`ws://${started.local}`, key, { doc: facilitator.doc });
    const plenary = laptop(`ws://${started.local}`, key);
    await eventually(() => expect(notes(plenary.doc)).toBe('offline, before the break'));
  });

  it('S2: laptops that were apart for a hub restart end up with the same text', async () => {
    const first = await hub();
    const port = first.hub.localPort;
    const key = testKey(1);
    const one = laptop(`ws://${first.local}`, key);
    const two = laptop(`ws://${first.local}`, key);
    one.doc.getText('notes').insert(0, 'shared');
    await eventually(() => expect(notes(two.doc)).toBe('shared'));
    await first.hub.stop();
    one.doc.getText('notes').insert(0, 'one ');
    two.doc.getText('notes').insert(6, ' two');
    open.hubs.push(await startTestHub({ localPort: port }));
    await eventually(() => {
      expect(notes(one.doc)).toBe('one shared two');
      expect(notes(two.doc)).toBe('one shared two');
    });
  });

  it('S4: carries a document of 10 MB', { timeout: 20_000 }, async () => {
    const started = await hub();
    const key = testKey(1);
    const facilitator = laptop(`ws://${started.local}`, key);
    const paste = 'x'.repeat(10 * 1024 * 1024);
    facilitator.doc.getText('notes').insert(0, paste);
    const plenary = laptop(`ws://${started.local}`, key);
    await eventually(() => expect(plenary.doc.getText('notes').length).toBe(paste.length));
  });

  it('many edits of one moment travel as one frame', async () => {
    const started = await hub();
    const key = testKey(1);
    const writer = laptop(`ws://${started.local}`, key);
    const reader = laptop(`ws://${started.local}`, key);
    writer.doc.getText('notes').insert(0, '.');
    await eventually(() => expect(notes(reader.doc)).toBe('.'));
    let transactions = 0;
    reader.doc.on('afterTransaction', () => {
      transactions += 1;
    });
    for (let i = 0; i < 100; i += 1) writer.doc.getText('notes').insert(0, 'x');
    await eventually(() => expect(notes(reader.doc).length).toBe(101));
    expect(transactions).toBe(1);
  });

  it('carries several documents over one socket', async () => {
    const started = await hub();
    const plenary = laptop(`ws://${started.local}`, testKey(1));
    const docs = [2, 3].map((byte) => {
      const doc = new Y.Doc();
      plenary.connection.open({ doc, key: testKey(byte) });
      return doc;
    });
    const others = [2, 3].map((byte) => laptop(`ws://${started.local}`, testKey(byte)));
    others.forEach(({ doc }, index) => doc.getText('notes').insert(0, `document ${index}`));
    await eventually(() =>
      expect(docs.map((doc) => notes(doc))).toEqual(['document 0', 'document 1']),
    );
  });

  it('tells who is there', async () => {
    const started = await hub();
    const key = testKey(1);
    const one = laptop(`ws://${started.local}`, key);
    const two = laptop(`ws://${started.local}`, key);
    await eventually(() => expect(one.transport.isOpen() && two.transport.isOpen()).toBe(true));
    two.transport.awareness.setLocalState({ role: 'facilitator' });
    await eventually(() =>
      expect(one.transport.awareness.getStates().get(two.doc.clientID)).toEqual({
        role: 'facilitator',
      }),
    );
  });

  it('passes signals between who may write, and to nobody else', async () => {
    const started = await hub();
    const key = testKey(1);
    const [one, two] = [laptop(`ws://${started.local}`, key), laptop(`ws://${started.local}`, key)];
    const reader = laptop(await networkBase(started), readersKey(key));
    await eventually(() =>
      expect([one, two, reader].every(({ transport }) => transport.isOpen())).toBe(true),
    );
    const heard: string[] = [];
    two.transport.onSignal((sealed) => heard.push(`two: ${sealed.join()}`));
    reader.transport.onSignal((sealed) => heard.push(`reader: ${sealed.join()}`));
    one.transport.onSignal((sealed) => heard.push(`one: ${sealed.join()}`));
    reader.transport.signal(Uint8Array.of(9));
    one.transport.signal(Uint8Array.of(1, 2, 3));
    await eventually(() => expect(heard).toEqual(['two: 1,2,3']));
  });

  it('says nothing of a document, a key or a text in its log', async () => {
    const started = await hub();
    const key = testKey(1);
    const plenary = laptop(`ws://${started.local}`, key);
    plenary.doc.getText('notes').insert(0, 'confidential');
    laptop(await networkBase(started), key, { own: true, dial: dialHub });
    await eventually(() => expect(JSON.stringify(started.events)).toContain('dropped'));
    const log = JSON.stringify(started.events);
    const accessKey = Buffer.from(accessKeyOf(key.secret)).toString('base64url');
    for (const secret of [key.documentId, key.secret, accessKey, 'confidential']) {
      expect(log).not.toContain(secret);
    }
  });
});
