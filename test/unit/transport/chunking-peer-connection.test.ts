import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChunkingWrtc } from '../../../src/browser/transport/chunking-peer-connection.ts';

/** One end of a channel, as far as the code under test uses it. */
class FakeChannel {
  readyState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  binaryType = '';
  closed = false;
  readonly sent: Uint8Array[] = [];
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  readonly init: RTCDataChannelInit;
  constructor(init: RTCDataChannelInit = {}) {
    this.init = init;
  }
  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }
  close(): void {
    this.closed = true;
  }
}
let channels: FakeChannel[] = [];
class FakePeerConnection {
  createDataChannel(_label: string, init?: RTCDataChannelInit): FakeChannel {
    const channel = new FakeChannel(init);
    channels.push(channel);
    return channel;
  }
}
const URGENT_TYPE = 9;

/** What simple-peer would hold, the two channels under it, and what arrives. */
function open() {
  channels = [];
  const wrtc = createChunkingWrtc({
    isWelcome: ([type]) => type !== 0,
    isUrgent: ([type]) => type === URGENT_TYPE,
  });
  const connection = new wrtc.RTCPeerConnection();
  const channel = connection.createDataChannel('notes', { negotiated: true, id: 0 });
  const [ordered, unordered] = channels;
  if (ordered === undefined || unordered === undefined) throw new Error('Two channels expected');
  const arrived: Uint8Array[] = [];
  channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => arrived.push(new Uint8Array(data));
  return { channel, ordered, unordered, arrived };
}
const hear = (channel: FakeChannel, bytes: readonly number[]): void =>
  channel.onmessage?.({ data: Uint8Array.from(bytes).buffer });
const letter = Uint8Array.of(1, 2, 3);
const page = new Uint8Array(40_000).fill(1);

describe('the two channels of a direct connection', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    vi.advanceTimersByTime(10_000);
    vi.stubGlobal('RTCPeerConnection', FakePeerConnection);
    vi.stubGlobal('RTCSessionDescription', null);
    vi.stubGlobal('RTCIceCandidate', null);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('are agreed on beforehand, one of them without an order', () => {
    const { ordered, unordered } = open();
    expect(ordered.init).toEqual({ negotiated: true, id: 0 });
    expect(unordered.init).toEqual({ negotiated: true, id: 1, ordered: false });
  });

  it('S1: a letter waits for nothing that was lost before it', () => {
    const { channel, ordered, unordered } = open();
    channel.send(letter);
    expect(unordered.sent).toEqual([Uint8Array.of(1, ...letter)]);
    expect(ordered.sent).toEqual([]);
  });

  it('a long message goes in order, and what builds on it does not overtake it', () => {
    const { channel, ordered, unordered } = open();
    channel.send(page);
    channel.send(letter);
    expect(ordered.sent.map((frame) => [frame.length, frame[0]])).toEqual([
      [16_385, 0],
      [16_385, 0],
      [40_000 - 2 * 16_384 + 1, 1],
      [4, 1],
    ]);
    // On its way for a while longer than the channel's own buffer shows.
    vi.advanceTimersByTime(2_001);
    channel.send(letter);
    expect(unordered.sent).toHaveLength(1);
  });

  it('who is there is told beside a long message', () => {
    const { channel, unordered } = open();
    channel.send(page);
    channel.send(Uint8Array.of(URGENT_TYPE, 1));
    expect(unordered.sent).toEqual([Uint8Array.of(3, URGENT_TYPE, 1)]);
  });

  it.each([
    ['is not open yet', { readyState: 'connecting' }],
    ['is full', { bufferedAmount: 20_000 }],
  ])('a letter waits in line where the other channel %s', (_why, state) => {
    const { channel, ordered, unordered } = open();
    Object.assign(unordered, state);
    channel.send(letter);
    expect(unordered.sent).toEqual([]);
    expect(ordered.sent).toEqual([Uint8Array.of(1, ...letter)]);
  });

  it('a letter waits in line where a line there is', () => {
    const { channel, ordered, unordered } = open();
    ordered.bufferedAmount = 1;
    channel.send(letter);
    expect(unordered.sent).toEqual([]);
  });

  it('what comes by either arrives, if it is welcome', () => {
    const { ordered, unordered, arrived } = open();
    hear(unordered, [1, 5, 6]);
    hear(ordered, [0, 7]);
    hear(unordered, [1, 0, 8]);
    hear(ordered, [1, 9]);
    expect(arrived).toEqual([Uint8Array.of(5, 6), Uint8Array.of(7, 9)]);
  });

  it.each([[[]], [[0, 1]], [[2, 1]], [[7, 1]]])(
    'a frame without an order that is no whole message ends the connection: %j',
    (frame) => {
      const { ordered, unordered, arrived } = open();
      hear(unordered, frame);
      expect(ordered.closed).toBe(true);
      expect(arrived).toEqual([]);
    },
  );

  it('both are closed together', () => {
    const { channel, ordered, unordered } = open();
    channel.close();
    expect([ordered.closed, unordered.closed]).toEqual([true, true]);
  });
});
