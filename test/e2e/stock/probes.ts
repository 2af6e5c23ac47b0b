/** What goes wrong on a laptop, the same for stock y-webrtc and for ours. */
export interface Faults {
  /** So many of its first offers never leave it. */
  readonly lostOffers: number;
  /** On so many of its first connections the other end's names cannot be resolved. */
  readonly unresolvable: number;
  /** So many of its first signals to other laptops never leave it. */
  readonly lostSignals: number;
}

/** What left this laptop, and what did not. */
export interface Probes {
  /** What data channels refused to send, which y-webrtc swallows. */
  readonly refusedSends: string[];
  /** How many messages with a change went out over data channels, resent ones too. */
  updatesSent: number;
  /** All messages and bytes that went out over data channels. */
  channelMessages: number;
  channelBytes: number;
  /** All frames and bytes that went out to a hub. */
  relayFrames: number;
  relayBytes: number;
  /** The text of what went out over data channels, as far as it is any. */
  channelText: string;
  /** The text of what went out over WebSockets, as far as it is any. */
  socketText: string;
  readonly socketUrls: string[];
  readonly iceServers: string[];
  readonly connections: RTCPeerConnection[];
  lostSignals: number;
}

declare global {
  var probes: Probes;
}

/** Runs in the page before anything else; self-contained, for it is sent there as text. */
export function installProbes(faults: Faults): void {
  const probes: Probes = {
    refusedSends: [],
    updatesSent: 0,
    channelMessages: 0,
    channelBytes: 0,
    relayFrames: 0,
    relayBytes: 0,
    channelText: '',
    socketText: '',
    socketUrls: [],
    iceServers: [],
    connections: [],
    lostSignals: 0,
  };
  Object.assign(globalThis, { probes });
  const read = (data: unknown): Uint8Array => {
    if (typeof data === 'string') return new TextEncoder().encode(data);
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    if (ArrayBuffer.isView(data)) {
      return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    }
    return new Uint8Array();
  };
  const text = (bytes: Uint8Array): string =>
    bytes.length < 20_000 ? String.fromCharCode(...bytes) : '';
  /** y-webrtc's number for sync, y-protocols' for an update; ours has one byte before it. */
  const isUpdate = (bytes: Uint8Array): boolean =>
    (bytes[0] === 0 && bytes[1] === 2) || (bytes[0] === 1 && bytes[1] === 0 && bytes[2] === 2);

  /** A signal to another laptop in our relay's frames (`relay-frame.ts`). */
  const isSignal = (bytes: Uint8Array): boolean => bytes[0] === 12;

  const sendByChannel: unknown = Reflect.get(RTCDataChannel.prototype, 'send');
  RTCDataChannel.prototype.send = function send(this: RTCDataChannel, data: never): void {
    const bytes = read(data);
    try {
      Reflect.apply(sendByChannel as () => void, this, [data]);
    } catch (error) {
      probes.refusedSends.push(String(error));
      throw error;
    }
    probes.channelMessages += 1;
    probes.channelBytes += bytes.length;
    probes.channelText += text(bytes);
    if (isUpdate(bytes)) probes.updatesSent += 1;
  };

  const sendBySocket: unknown = Reflect.get(WebSocket.prototype, 'send');
  WebSocket.prototype.send = function send(this: WebSocket, data: never): void {
    const bytes = read(data);
    const said = text(bytes);
    if (isSignal(bytes) && probes.lostSignals < faults.lostSignals) {
      probes.lostSignals += 1;
      return;
    }
    probes.socketText += said;
    if (this.url.endsWith('/relay')) {
      probes.relayFrames += 1;
      probes.relayBytes += bytes.length;
    }
    Reflect.apply(sendBySocket as () => void, this, [data]);
  };
  globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
    construct(target, parameters: [string]) {
      probes.socketUrls.push(parameters[0]);
      return Reflect.construct(target, parameters);
    },
  });

  const { prototype } = globalThis.RTCPeerConnection;
  const method = (
    name: string,
  ): ((on: RTCPeerConnection, given: unknown[]) => Promise<unknown>) => {
    const original: unknown = Reflect.get(prototype, name);
    return (on, given) => Reflect.apply(original as () => Promise<unknown>, on, given as []);
  };
  function replace(
    name: string,
    act: (on: RTCPeerConnection, ...given: unknown[]) => Promise<unknown>,
  ): void {
    Reflect.set(prototype, name, function call(this: RTCPeerConnection, ...given: unknown[]) {
      return act(this, ...given);
    });
  }

  let offers = 0;
  const createOffer = method('createOffer');
  replace('createOffer', (on, ...given) => {
    offers += 1;
    // The other end never hears of it, and this one waits.
    return offers <= faults.lostOffers ? new Promise(() => undefined) : createOffer(on, given);
  });

  const strange = '9b1f0c5e-7a52-4c9b-8d3e-000000000000.local';
  const hide = (connection: RTCPeerConnection, candidate: string): string =>
    probes.connections.indexOf(connection) < faults.unresolvable
      ? candidate.replaceAll(/(candidate:\S+ \d+ \S+ \d+ )\S+/gu, `$1${strange}`)
      : candidate;
  const addIceCandidate = method('addIceCandidate');
  replace('addIceCandidate', (on, given) => {
    const { candidate, sdpMid, sdpMLineIndex } = given as RTCIceCandidate;
    return addIceCandidate(on, [{ candidate: hide(on, candidate), sdpMid, sdpMLineIndex }]);
  });
  const setRemoteDescription = method('setRemoteDescription');
  replace('setRemoteDescription', (on, given) => {
    const { type, sdp } = given as RTCSessionDescription;
    return setRemoteDescription(on, [{ type, sdp: hide(on, sdp) }]);
  });

  globalThis.RTCPeerConnection = class extends globalThis.RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      probes.iceServers.push(...(configuration?.iceServers ?? []).flatMap(({ urls }) => urls));
      probes.connections.push(this);
    }
  };
}
