/**
 * An RTCPeerConnection whose data channel carries messages of any size. A browser refuses to send
 * more than 262,144 bytes at once, and y-webrtc swallows the exception: one 300 KB paste, and
 * every later small edit stays invisible while it says "connected" (measured with 10.3.0). Here a
 * message is cut into frames, sent no faster than the channel drains, and put together again.
 *
 * Frame: 1 byte (1 = last frame of its message, 0 = more follow), then up to FRAME_BYTES of the
 * message. The channel is ordered and reliable, so nothing else is needed. Both ends must speak
 * it; the room's password keeps others out.
 */
const FRAME_BYTES = 64 * 1024;
/** The channel's own buffer is kept around this; more would only take memory. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** A message that claims to be larger than this is not put together; the channel is closed. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

const MORE = 0;
const LAST = 1;

/** What simple-peer uses of an RTCDataChannel, with `send` and `onmessage` in whole messages. */
class ChunkingChannel {
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  readonly #channel: RTCDataChannel;
  #outgoing: Uint8Array<ArrayBuffer>[] = [];
  #outgoingBytes = 0;
  #incoming: Uint8Array[] = [];
  #incomingBytes = 0;

  constructor(channel: RTCDataChannel) {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = HIGH_WATER_BYTES / 4;
    channel.onopen = () => this.onopen?.();
    channel.onclose = () => this.onclose?.();
    channel.onerror = (event) => this.onerror?.(event);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    channel.onbufferedamountlow = () => {
      this.#drain();
      this.onbufferedamountlow?.();
    };
  }

  get label(): string {
    return this.#channel.label;
  }
  get readyState(): RTCDataChannelState {
    return this.#channel.readyState;
  }
  get bufferedAmount(): number {
    return this.#channel.bufferedAmount + this.#outgoingBytes;
  }
  get binaryType(): BinaryType {
    return 'arraybuffer';
  }
  set binaryType(_: BinaryType) {
    // Frames are always array buffers, whatever simple-peer asks for.
  }

  close(): void {
    this.#outgoing = [];
    this.#outgoingBytes = 0;
    this.#channel.close();
  }

  send(message: ArrayBuffer | ArrayBufferView): void {
    const bytes =
      message instanceof ArrayBuffer
        ? new Uint8Array(message)
        : new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
    for (let at = 0; at === 0 || at < bytes.length; at += FRAME_BYTES) {
      const part = bytes.subarray(at, at + FRAME_BYTES);
      const frame = new Uint8Array(part.length + 1);
      frame[0] = at + FRAME_BYTES >= bytes.length ? LAST : MORE;
      frame.set(part, 1);
      this.#outgoing.push(frame);
      this.#outgoingBytes += frame.length;
    }
    this.#drain();
  }

  #drain(): void {
    let sent = 0;
    while (this.#channel.readyState === 'open' && this.#channel.bufferedAmount < HIGH_WATER_BYTES) {
      const frame = this.#outgoing[sent];
      if (frame === undefined) break;
      this.#channel.send(frame);
      this.#outgoingBytes -= frame.length;
      sent += 1;
    }
    if (sent > 0) this.#outgoing = this.#outgoing.slice(sent);
  }

  #receive(data: unknown): void {
    if (!(data instanceof ArrayBuffer) || data.byteLength === 0) {
      this.#channel.close();
      return;
    }
    const frame = new Uint8Array(data);
    const part = frame.subarray(1);
    this.#incoming.push(part);
    this.#incomingBytes += part.length;
    if (this.#incomingBytes > MAX_MESSAGE_BYTES || (frame[0] !== MORE && frame[0] !== LAST)) {
      this.#channel.close();
      return;
    }
    if (frame[0] === MORE) return;
    const message = new Uint8Array(this.#incomingBytes);
    let at = 0;
    for (const piece of this.#incoming) {
      message.set(piece, at);
      at += piece.length;
    }
    this.#incoming = [];
    this.#incomingBytes = 0;
    this.onmessage?.({ data: message.buffer });
  }
}

/**
 * For simple-peer's `wrtc` option. Made when it is needed, because some browsers have WebRTC
 * switched off and the rest of the app has to work there.
 */
export function createChunkingWrtc() {
  /** Only what simple-peer calls is replaced; negotiated channels never come by `ondatachannel`. */
  class ChunkingPeerConnection extends RTCPeerConnection {
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      // simple-peer assigns handlers and calls send and close, all of which ChunkingChannel has.
      return new ChunkingChannel(
        super.createDataChannel(label, options),
      ) as unknown as RTCDataChannel;
    }
  }
  return { RTCPeerConnection: ChunkingPeerConnection, RTCSessionDescription, RTCIceCandidate };
}
