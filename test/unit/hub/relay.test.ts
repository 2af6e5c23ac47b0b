import { afterEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { accessKeyOf } from '../../../src/core/protocol/document-key.ts';
import { openLaptop, startTestHub, testKey } from './laptop.ts';
import type { Laptop, TestHub } from './laptop.ts';
import { eventually } from './eventually.ts';

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

const synced = (laptop: Laptop): Promise<void> =>
  eventually(() =>
    expect(laptop.provider.synced && !laptop.provider.hasUnsyncedChanges).toBe(true),
  );

afterEach(async () => {
  for (const { leave } of open.laptops.splice(0)) leave();
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
    await synced(facilitator);
  });

  it('A1: refuses a laptop without the access key and gives it nothing', async () => {
    const started = await hub();
    const key = testKey(1);
    const plenary = laptop(`ws://${started.local}`, key);
    plenary.doc.getText('notes').insert(0, 'confidential');
    await synced(plenary);
    const stranger = laptop(await networkBase(started), key, {
      token: accessKeyOf(testKey(2).secret),
    });
    stranger.doc.getText('notes').insert(0, 'graffiti');
    await eventually(() => expect(stranger.refused()).toBe('wrong-key'));
    plenary.doc.getText('notes').insert(0, 'still ');
    await synced(plenary);
    expect(notes(stranger.doc)).toBe('graffiti');
    expect(notes(plenary.doc)).toBe('still confidential');
  });

  it('A1: refuses a token that is no access key at all', async () => {
    const started = await hub();
    const stranger = laptop(`ws://${started.local}`, testKey(1), { token: '' });
    await eventually(() => expect(stranger.refused()).toBe('wrong-key'));
  });

  it('S2: gets everything back from the first laptop that returns after all had left', async () => {
    const started = await hub();
    const key = testKey(1);
    const facilitator = laptop(`ws://${started.local}`, key);
    facilitator.doc.getText('notes').insert(0, 'before the break');
    await synced(facilitator);
    facilitator.leave();
    await eventually(() => expect(started.hub.counts().documents).toBe(0));

    facilitator.doc.getText('notes').insert(0, 'offline, ');
    const returned = laptop(`ws://${started.local}`, key, { doc: facilitator.doc });
    const plenary = laptop(`ws://${started.local}`, key);
    await eventually(() => expect(notes(plenary.doc)).toBe('offline, before the break'));
    await synced(returned);
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

  it('S4: carries a document of 10 MB in one frame', { timeout: 20_000 }, async () => {
    const started = await hub();
    const key = testKey(1);
    const facilitator = laptop(`ws://${started.local}`, key);
    const paste = 'x'.repeat(10 * 1024 * 1024);
    facilitator.doc.getText('notes').insert(0, paste);
    const plenary = laptop(`ws://${started.local}`, key);
    await eventually(() => expect(plenary.doc.getText('notes').length).toBe(paste.length));
  });

  it('carries several documents over one socket, and one of them closed and opened again at once', async () => {
    const started = await hub();
    const keys = [1, 2, 3].map(testKey);
    const plenary = laptop(`ws://${started.local}`, testKey(1));
    const socket = plenary.provider.configuration.websocketProvider;
    const others = keys.map((key) => laptop(`ws://${started.local}`, key));
    await synced(plenary);
    plenary.provider.detach();
    plenary.provider.attach();
    others[0]?.doc.getText('notes').insert(0, 'again');
    await eventually(() => expect(notes(plenary.doc)).toBe('again'));
    expect(plenary.provider.configuration.websocketProvider).toBe(socket);
  });

  it('shows who is there, and that somebody left', async () => {
    const started = await hub();
    const key = testKey(1);
    const one = laptop(`ws://${started.local}`, key);
    const two = laptop(`ws://${started.local}`, key);
    two.provider.setAwarenessField('role', 'facilitator');
    await eventually(() =>
      expect(one.provider.awareness?.getStates().get(two.doc.clientID)).toEqual({
        role: 'facilitator',
      }),
    );
    two.leave();
    await eventually(() =>
      expect(one.provider.awareness?.getStates().has(two.doc.clientID)).toBe(false),
    );
  });

  it('S3: passes on that somebody is there no more though still connected, and there again', async () => {
    const started = await hub();
    const key = testKey(1);
    const one = laptop(`ws://${started.local}`, key);
    const two = laptop(`ws://${started.local}`, key);
    const seen = (): unknown => one.provider.awareness?.getStates().get(two.doc.clientID)?.['beat'];
    two.provider.setAwarenessField('beat', 1);
    await eventually(() => expect(seen()).toBe(1));
    two.provider.awareness?.setLocalState(null);
    await eventually(() => expect(seen()).toBeUndefined());
    two.provider.awareness?.setLocalState({ beat: 2 });
    await eventually(() => expect(seen()).toBe(2));
  });

  it('S3: shows at once that somebody left who had come back before', async () => {
    const started = await hub();
    const key = testKey(1);
    const one = laptop(`ws://${started.local}`, key);
    const two = laptop(`ws://${started.local}`, key);
    const seen = (): unknown => one.provider.awareness?.getStates().get(two.doc.clientID)?.['beat'];
    const socket = two.provider.configuration.websocketProvider;
    for (const beat of [1, 2]) {
      two.provider.setAwarenessField('beat', beat);
      await eventually(() => expect(seen()).toBe(beat));
      socket.disconnect();
      await eventually(() => expect(seen()).toBeUndefined());
      void socket.connect();
      await synced(two);
    }
  });

  it('says nothing of a document, a key or a text in its log', async () => {
    const started = await hub();
    const key = testKey(1);
    const plenary = laptop(`ws://${started.local}`, key);
    plenary.doc.getText('notes').insert(0, 'confidential');
    await synced(plenary);
    const stranger = laptop(`ws://${started.local}`, key, { token: 'guess' });
    await eventually(() => expect(stranger.refused()).not.toBeNull());
    const log = JSON.stringify(started.events);
    expect(log).toContain('document-refused');
    for (const secret of [key.documentId, accessKeyOf(key.secret), 'confidential', 'guess']) {
      expect(log).not.toContain(secret);
    }
  });
});
