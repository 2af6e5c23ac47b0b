import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket as RawSocket } from 'ws';
import { askToJoin, type AskState } from '../../../../src/browser/app/ask-to-join.ts';
import { openJoinDesk } from '../../../../src/browser/app/join-desk.ts';
import { toBase64Url } from '../../../../src/core/protocol/base64url.ts';
import { documentKeyFrom } from '../../../../src/core/protocol/document-key.ts';
import type { SigningSeed } from '../../../../src/core/protocol/session-key.ts';
import { encodeTicket, issueTicket } from '../../../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../../../src/core/session/ids.ts';
import { knock } from '../ask.ts';
import { startTestHub, type TestHub } from '../laptop.ts';

const groupId = 'group-2' as GroupId;
const secret = (): ReturnType<typeof documentKeyFrom>['secret'] =>
  documentKeyFrom(new Uint8Array(randomBytes(32))).secret;
const ticket = encodeTicket(
  issueTicket(
    {
      ticketId: 'a-ticket',
      title: 'IoT security by design',
      role: 'facilitator',
      groupId,
      plan: secret(),
      groups: new Map([[groupId, secret()]]),
      addresses: [],
      hubId: null,
    },
    toBase64Url(new Uint8Array(randomBytes(32))) as SigningSeed,
    Date.now(),
  ),
);

const running: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
});

/** A plenary laptop that is open to the network, and where others reach it. */
async function openHub(): Promise<TestHub & { readonly port: number; readonly address: string }> {
  const test = await startTestHub();
  running.push(test.hub);
  const opened = await test.hub.openToNetwork();
  const [address] = opened.ok ? opened.state.addresses : [];
  if (address === undefined) throw new Error('It is not open to the network');
  return { ...test, address, port: Number(new URL(address).port) };
}
async function openDesk({ hub, local }: TestHub) {
  const before = hub.counts().join.desks;
  const desk = openJoinDesk({ address: `ws://${local}`, words: 'en', now: () => 1_000 });
  running.push({ stop: () => desk.close() });
  await expect.poll(() => hub.counts().join.desks).toBe(before + 1);
  return desk;
}
function startAsking(addresses: readonly string[], name = 'Group 2, second laptop') {
  const asking = askToJoin({ addresses, name });
  running.push(asking);
  return asking;
}
const reach = (asking: ReturnType<typeof startAsking>, state: AskState['state']) =>
  expect.poll(() => asking.state.getState().state).toBe(state);
const wordsOf = (asking: ReturnType<typeof startAsking>): readonly string[] => {
  const state = asking.state.getState();
  return 'words' in state ? state.words : [];
};

/** A modified client's socket, and what became of it. */
function rawSocket(port: number, path: string, headers: Record<string, string> = {}) {
  const said: string[] = [];
  const socket = new RawSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  running.push({ stop: () => socket.terminate() });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
    socket.on('error', () => undefined);
  });
  socket.on('message', (data: Buffer) => said.push(data.toString()));
  const open = new Promise((resolve) => {
    socket.on('open', resolve);
  });
  return { socket, said, closed, open };
}

describe('asking to join, over real sockets', () => {
  it('shows both the same words and brings the sealed ticket; the hub forgets it all', async () => {
    const test = await openHub();
    const desk = await openDesk(test);
    const asking = startAsking([test.address]);
    await reach(asking, 'words');
    await expect.poll(() => desk.requests.getState().length).toBe(1);
    const [request] = desk.requests.getState();
    expect(request).toMatchObject({ name: 'Group 2, second laptop', at: 1_000 });
    expect(request?.words).toEqual(wordsOf(asking));
    expect(desk.admit(request?.id ?? 0, ticket)).toBe(true);
    await reach(asking, 'admitted');
    expect(asking.state.getState()).toMatchObject({
      ticket: { title: 'IoT security by design', role: 'facilitator', groupId },
    });
    expect(desk.requests.getState()).toEqual([]);
    await expect.poll(() => test.hub.counts().join.requests).toBe(0);
    expect(desk.admit(request?.id ?? 0, ticket)).toBe(false);
  });

  it('says that it was refused, and leaves nothing', async () => {
    const test = await openHub();
    const desk = await openDesk(test);
    const asking = startAsking([test.address]);
    await expect.poll(() => desk.requests.getState().length).toBe(1);
    desk.refuse(desk.requests.getState()[0]?.id ?? 0);
    await reach(asking, 'refused');
    expect(desk.requests.getState()).toEqual([]);
    await expect.poll(() => test.hub.counts().join.requests).toBe(0);
  });

  it('takes back a request on both sides when the laptop goes', async () => {
    const test = await openHub();
    const desk = await openDesk(test);
    const asking = startAsking([test.address]);
    await expect.poll(() => desk.requests.getState().length).toBe(1);
    asking.stop();
    await expect.poll(() => desk.requests.getState()).toEqual([]);
    await expect.poll(() => test.hub.counts().join.requests).toBe(0);
  });

  it('shows two laptops of one name, and lets in the one whose words fit', async () => {
    const test = await openHub();
    const desk = await openDesk(test);
    const one = startAsking([test.address], 'Group 2');
    const two = startAsking([test.address], 'Group 2');
    await reach(one, 'words');
    await reach(two, 'words');
    await expect.poll(() => desk.requests.getState().length).toBe(2);
    const second = desk.requests
      .getState()
      .find(({ words }) => words.join(' ') === wordsOf(two).join(' '));
    desk.admit(second?.id ?? 0, ticket);
    await reach(two, 'admitted');
    expect(one.state.getState().state).toBe('words');
    expect(desk.requests.getState()).toHaveLength(1);
  });

  it('tries one address after the other, and says where nobody is', async () => {
    const test = await openHub();
    await openDesk(test);
    await reach(startAsking(['ws://127.0.0.1:9', test.address]), 'words');
    const lost = startAsking(['ws://127.0.0.1:9']);
    await reach(lost, 'ended');
    expect(lost.state.getState()).toEqual({ state: 'ended', reason: 'not-reached' });
  });

  it('ends clearly where no session takes laptops in, and where it stops to', async () => {
    const test = await openHub();
    const early = startAsking([test.address]);
    await reach(early, 'ended');
    expect(early.state.getState()).toMatchObject({ reason: 'nobody-there' });
    const desk = await openDesk(test);
    const asking = startAsking([test.address]);
    await reach(asking, 'words');
    desk.close();
    await reach(asking, 'ended');
    expect(asking.state.getState()).toMatchObject({ reason: 'closed' });
    const again = await openDesk(test);
    const cut = startAsking([test.address]);
    await expect.poll(() => again.requests.getState().length).toBe(1);
    await test.hub.closeToNetwork();
    await reach(cut, 'ended');
    expect(cut.state.getState()).toMatchObject({ reason: 'lost' });
    await expect.poll(() => again.requests.getState()).toEqual([]);
  });

  it('A1 gives a forged answer no second try', async () => {
    const test = await openHub();
    const { hub, local } = test;
    // A desk of somebody who has taken over the plenary laptop's page, say.
    const port = Number(local.split(':')[1]);
    const { socket, said, open } = rawSocket(port, '/join-desk');
    await open;
    await expect.poll(() => hub.counts().join.desks).toBe(1);
    const asking = startAsking([test.address]);
    await expect.poll(() => said.length).toBe(1);
    const key = toBase64Url(new Uint8Array(32).fill(9));
    socket.send(JSON.stringify({ type: 'answer', request: 1, key, words: 'en' }));
    await reach(asking, 'words');
    socket.send(JSON.stringify({ type: 'admit', request: 1, sealed: 'A'.repeat(64) }));
    await reach(asking, 'ended');
    expect(asking.state.getState()).toEqual({ state: 'ended', reason: 'forged' });
  });
});

describe('the doors of asking to join', () => {
  it('are for the network only, and for this laptop only', async () => {
    const { hub, port } = await openHub();
    expect(await knock(hub.localPort, '/join')).toBe(404);
    expect(await knock(port, '/join-desk', { host: `127.0.0.1:${port}` })).toBe(404);
    expect(await knock(port, '/join', { host: `127.0.0.1:${port}` })).toBe(101);
    expect(await knock(hub.localPort, '/join-desk')).toBe(101);
  });

  it('refuse foreign pages and names', async () => {
    const { hub, port } = await openHub();
    const origin = { headers: { origin: 'https://evil.example' } };
    expect(await knock(hub.localPort, '/join-desk', origin)).toBe(403);
    expect(await knock(hub.localPort, '/join-desk', { headers: { origin: 'null' } })).toBe(403);
    expect(await knock(hub.localPort, '/join-desk', { host: 'evil.example' })).toBe(421);
    // Another laptop's page is a stranger at the desk, and welcome to ask.
    const other = { headers: { origin: 'http://localhost:4999' } };
    expect(await knock(hub.localPort, '/join-desk', other)).toBe(403);
    const host = `127.0.0.1:${port}`;
    expect(await knock(port, '/join', { host, ...other })).toBe(101);
    expect(await knock(port, '/join', { host, ...origin })).toBe(403);
    expect(await knock(port, '/join', { host: 'evil.example' })).toBe(421);
  });

  it('end a socket that sends what is too large, no text, or no frame, and go on', async () => {
    const test = await openHub();
    const desk = await openDesk(test);
    const bad = [
      (socket: RawSocket) => socket.send('x'.repeat(16 * 1024 + 1)),
      (socket: RawSocket) => socket.send(Buffer.from('{}'), { binary: true }),
      (socket: RawSocket) => socket.send('{'),
      (socket: RawSocket) => socket.send('[[[[[[[['.repeat(1_000)),
      (socket: RawSocket) =>
        socket.send(JSON.stringify({ type: 'ask', __proto__: { version: 1 } })),
    ];
    for (const send of bad) {
      const { socket, open, closed } = rawSocket(test.port, '/join');
      await open;
      send(socket);
      expect(await closed).not.toBe(1000);
    }
    expect(test.hub.counts().join.requests).toBe(0);
    expect(desk.requests.getState()).toEqual([]);
    await reach(startAsking([test.address]), 'words');
  });

  it('A1 hold no place for one who asks and never shows what it promised', async () => {
    const test = await openHub();
    const desk = await openDesk(test);
    const { socket, open, said } = rawSocket(test.port, '/join');
    await open;
    const commitment = toBase64Url(new Uint8Array(32));
    socket.send(JSON.stringify({ type: 'ask', version: 1, name: 'Group 2', commitment }));
    await expect.poll(() => said.length).toBe(1);
    // The moderator is not shown what has no words.
    expect(desk.requests.getState()).toEqual([]);
    const key = toBase64Url(new Uint8Array(32).fill(5));
    socket.send(JSON.stringify({ type: 'reveal', key, nonce: key }));
    await expect.poll(() => said.at(-1)).toBe('{"type":"refuse"}');
    expect(desk.requests.getState()).toEqual([]);
    expect(test.hub.counts().join.requests).toBe(0);
  });
});
