import { afterEach, expect, it, vi } from 'vitest';
import type { Room, WebrtcConn } from 'y-webrtc';
import { createDirectSignaling } from '../../../src/browser/transport/direct-signaling.ts';
import {
  openSignal,
  sealSignal,
  type Signal,
} from '../../../src/browser/transport/sealed-signal.ts';
import type { SignalWay } from '../../../src/browser/transport/transport.ts';
import { eventually } from '../hub/eventually.ts';

const toClose: (() => void)[] = [];
afterEach(() => {
  for (const close of toClose.splice(0)) close();
  vi.restoreAllMocks();
});

const keyOf = (byte: number): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(32).fill(byte), 'AES-GCM', true, [
    'encrypt',
    'decrypt',
  ]);

/** As much of WebRTC as simple-peer needs to make an offer and an answer; it never connects. */
class FakePeerConnection {
  iceConnectionState = 'new';
  iceGatheringState = 'complete';
  signalingState = 'stable';
  localDescription: object | null = null;
  remoteDescription: object | null = null;
  createDataChannel(): object {
    return { readyState: 'connecting', close: () => undefined };
  }
  async createOffer(): Promise<object> {
    return { type: 'offer', sdp: 'v=0' };
  }
  async createAnswer(): Promise<object> {
    return { type: 'answer', sdp: 'v=0' };
  }
  async setLocalDescription(description: object): Promise<void> {
    this.localDescription = description;
  }
  async setRemoteDescription(description: object): Promise<void> {
    this.remoteDescription = description;
  }
  addEventListener(): void {}
  close(): void {}
}

/** Everybody hears what another one says. */
function openAir() {
  const listeners = new Map<string, (sealed: Uint8Array) => void>();
  const said: Uint8Array[] = [];
  return {
    said,
    way: (peerId: string): SignalWay => ({
      signal(sealed) {
        said.push(sealed);
        for (const [other, listen] of listeners) if (other !== peerId) listen(sealed);
      },
      onSignal(listener) {
        listeners.set(peerId, listener);
        return () => listeners.delete(peerId);
      },
      onUp(listener) {
        listener();
        return () => undefined;
      },
    }),
    shout: (sealed: Uint8Array) => {
      for (const listen of listeners.values()) listen(sealed);
    },
  };
}

async function laptop(
  air: ReturnType<typeof openAir>,
  peerId: string,
  { maxConns = 8, byte = 1 } = {},
) {
  const wrtc = {
    RTCPeerConnection: FakePeerConnection,
    RTCSessionDescription: Object,
    RTCIceCandidate: Object,
  };
  const room = {
    name: 'room',
    peerId,
    key: await keyOf(byte),
    webrtcConns: new Map<string, WebrtcConn>(),
    bcConns: new Set<string>(),
    synced: false,
    provider: {
      maxConns,
      peerOpts: { wrtc, channelConfig: { negotiated: true, id: 0 } },
      emit: () => undefined,
    },
  } as unknown as Room;
  const signaling = createDirectSignaling(room, air.way(peerId));
  toClose.push(() => {
    signaling.destroy();
    for (const conn of room.webrtcConns.values()) conn.destroy();
  });
  return { room, signaling, conns: room.webrtcConns };
}
const calls = (conn: WebrtcConn | undefined): boolean =>
  (conn?.peer as unknown as { initiator?: boolean } | undefined)?.initiator === true;

async function heard(air: ReturnType<typeof openAir>): Promise<readonly Signal[]> {
  const key = await keyOf(1);
  const signals = await Promise.all(air.said.map((sealed) => openSignal(sealed, key)));
  return signals.filter((signal) => signal !== null);
}

it('of two laptops the one with the greater id calls, whoever came first', async () => {
  for (const [first, second] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const air = openAir();
    const one = await laptop(air, first);
    const two = await laptop(air, second);
    await eventually(() => expect([one.conns.size, two.conns.size]).toEqual([1, 1]));
    const [a, b] = first === 'a' ? [one, two] : [two, one];
    expect([calls(a.conns.get('b')), calls(b.conns.get('a'))]).toEqual([false, true]);
    const offers = (await heard(air)).filter(
      (signal) => signal.type === 'signal' && signal.signal.type === 'offer',
    );
    expect(offers.map(({ from }) => from)).toEqual(['b']);
  }
});

it('lets a dead half go and calls anew: who has me not on the list has lost me', async () => {
  const air = openAir();
  const b = await laptop(air, 'b');
  const key = await keyOf(1);
  const say = async (has: string[]): Promise<void> =>
    air.shout(await sealSignal({ type: 'announce', from: 'a', has }, key));
  await say([]);
  await eventually(() => expect(b.conns.has('a')).toBe(true));
  const before = b.conns.get('a');
  if (before === undefined) throw new Error('Not called');
  // Still being set up: not on the list yet, and left alone.
  await say([]);
  await say(['b']);
  expect(b.conns.get('a')).toBe(before);
  before.connected = true;
  await say(['b']);
  await say([]);
  await eventually(() => expect(before.closed).toBe(true));
  await eventually(() => expect(calls(b.conns.get('a'))).toBe(true));
  expect(b.conns.get('a')).not.toBe(before);
});

it('knows whether everybody has everybody', async () => {
  const air = openAir();
  const c = await laptop(air, 'c');
  const key = await keyOf(1);
  const say = async (from: string, has: string[]): Promise<void> =>
    air.shout(await sealSignal({ type: 'announce', from, has }, key));
  expect(c.signaling.isMeshWhole()).toBe(true);
  await say('a', ['c']);
  await say('b', ['c']);
  await eventually(() => expect([...c.conns.keys()]).toEqual(['a', 'b']));
  expect(c.signaling.isMeshWhole()).toBe(false);
  await say('a', ['c', 'b']);
  await say('b', ['a', 'c']);
  await eventually(() => expect(c.signaling.isMeshWhole()).toBe(true));
});

it('ignores what is for others, what others sealed, what is no signal, and itself', async () => {
  const air = openAir();
  const b = await laptop(air, 'b');
  const [key, other] = [await keyOf(1), await keyOf(2)];
  const announce = { type: 'announce', from: 'a', has: [] };
  const sealed = await sealSignal(announce, key);
  for (const bytes of [
    await sealSignal(announce, other),
    await sealSignal({ ...announce, to: 'c' }, key),
    await sealSignal({ ...announce, from: 'b' }, key),
    await sealSignal({ ...announce, has: Array.from({ length: 65 }, String) }, key),
    await sealSignal({ ...announce, from: 'x'.repeat(65) }, key),
    await sealSignal({ type: 'shout', from: 'a' }, key),
    await sealSignal({ type: 'signal', from: 'a', to: 'b', signal: { type: 'answer' } }, key),
    sealed.subarray(0, 20),
    sealed.map((byte) => byte ^ 1),
    new Uint8Array(),
    new Uint8Array(60_000),
  ]) {
    air.shout(bytes);
  }
  // They are handled one after the other: once this one has been, so have they.
  air.shout(await sealSignal({ ...announce, from: 'a2' }, key));
  await eventually(() => expect([...b.conns.keys()]).toEqual(['a2']));
});

it('a flood of signals does not pile up, and the laptop hears on afterwards', async () => {
  const air = openAir();
  const b = await laptop(air, 'b', { maxConns: 2 });
  const key = await keyOf(1);
  const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
  for (let i = 0; i < 5_000; i += 1) air.shout(new Uint8Array(1_000).fill(i));
  await eventually(async () => {
    air.shout(await sealSignal({ type: 'announce', from: 'a', has: [] }, key));
    await new Promise((resolve) => setImmediate(resolve));
    expect(b.conns.has('a')).toBe(true);
  });
  expect(decrypt.mock.calls.length).toBeLessThan(2_000);
});

it('keeps to so many connections', async () => {
  const air = openAir();
  const z = await laptop(air, 'z', { maxConns: 2 });
  const key = await keyOf(1);
  for (const from of ['a', 'b', 'c', 'd']) {
    air.shout(await sealSignal({ type: 'announce', from, has: [] }, key));
  }
  await eventually(() => expect(z.conns.size).toBe(2));
  air.shout(
    await sealSignal({ type: 'signal', from: 'e', to: 'z', signal: { type: 'offer' } }, key),
  );
  air.shout(await sealSignal({ type: 'announce', from: 'a', has: ['z'] }, key));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect([...z.conns.keys()]).toEqual(['a', 'b']);
});
