import * as Y from 'yjs';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { DeviceId, GroupId, QuestionId } from '../../../src/core/session/ids.ts';
import { keyOfRoom } from '../../e2e/stock/key-of-room.ts';
import { openOurs, type OurWays } from '../../e2e/stock/ours.ts';

/** What the laptop that has the document does, and the fresh one. */
export interface BulkPage {
  /** Writes that many notes of that many letters each. */
  prepare(notes: number, letters: number): { readonly bytes: number; readonly changes: number };
  /** Milliseconds of `Y.applyUpdate` of all bytes at once: part of every way but the bare ones. */
  apply(): number;
  /** The document's bytes, in base64, for the bare WebSocket server. */
  bytes(): string;
  /** Joins with the document. */
  hold(way: 'direct' | 'relay', address: string, room: string): void;
  letGo(): Promise<void>;
  /** Joins with nothing; milliseconds from the open channel until so many changes are here. */
  receive(way: 'direct' | 'relay', address: string, room: string, changes: number): Promise<number>;
  /** Milliseconds from the open socket until so many bytes have come. */
  receiveBareSocket(url: string, bytes: number): Promise<number>;
  /** A connection and nothing else: the offer, the answer to one, and the answer taken. */
  bareOffer(): Promise<string>;
  bareAnswer(offer: string, bytes: number): Promise<string>;
  bareStart(answer: string): Promise<void>;
  /** Milliseconds from the open channel until all bytes had come. */
  bareDone(): Promise<number>;
  bareClose(): void;
}

const PIECE_BYTES = 64 * 1024;
const HIGH_WATER_BYTES = 1024 * 1024;

/** When the latest channel or socket of this page opened. */
let openedAt = Number.NaN;
const noteOpening = (target: EventTarget): void =>
  target.addEventListener('open', () => {
    openedAt = performance.now();
  });
globalThis.RTCPeerConnection = class extends globalThis.RTCPeerConnection {
  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const channel = super.createDataChannel(label, options);
    noteOpening(channel);
    return channel;
  }
};
globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
  construct(target, parameters: [string]) {
    const socket = new target(...parameters);
    noteOpening(socket);
    return socket;
  },
});

let made = 0;
const context = {
  deviceId: 'bench' as DeviceId,
  now: () => Date.now(),
  newId: () => `note-${(made += 1)}`,
};
const SENTENCE = 'What somebody said about connected devices and who answers for them. ';
let doc = new Y.Doc();
let bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
let ours: OurWays | null = null;
let connection: RTCPeerConnection | null = null;
let bare: Promise<number> | null = null;

/** All clocks of the state vector together. */
const changesIn = (of: Y.Doc): number =>
  [...Y.decodeStateVector(Y.encodeStateVector(of)).values()].reduce((sum, clock) => sum + clock, 0);

/** The description with all its candidates, so that one message each way is enough. */
async function describe(of: RTCPeerConnection): Promise<string> {
  if (of.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      of.onicegatheringstatechange = () => {
        if (of.iceGatheringState === 'complete') resolve();
      };
    });
  }
  return JSON.stringify(of.localDescription);
}

const bareConnection = (): { connection: RTCPeerConnection; channel: RTCDataChannel } => {
  const opened = new RTCPeerConnection({ iceServers: [] });
  connection = opened;
  const channel = opened.createDataChannel('bare', { negotiated: true, id: 0 });
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = HIGH_WATER_BYTES / 4;
  return { connection: opened, channel };
};

function sendAll(channel: RTCDataChannel): void {
  let at = 0;
  const more = (): void => {
    while (at < bytes.length && channel.bufferedAmount < HIGH_WATER_BYTES) {
      channel.send(bytes.subarray(at, at + PIECE_BYTES));
      at += PIECE_BYTES;
    }
  };
  channel.onbufferedamountlow = more;
  channel.onopen = more;
}

const page: BulkPage = {
  prepare(notes, letters) {
    initialiseGroupDocument(doc, 'g' as GroupId);
    const group = openGroupDocument(doc, context);
    const text = SENTENCE.repeat(Math.ceil(letters / SENTENCE.length)).slice(0, letters);
    for (let index = 0; index < notes; index += 1) {
      // Typed as people type: begun, written, finished.
      const begun = group.beginNote({
        kind: 'point',
        questionId: `q${index % 6}` as QuestionId,
        text: '',
        stakeholderGroupId: `s${index % 5}`,
      });
      if (!begun.ok) throw new Error(begun.reason);
      group.editNote(begun.value, `${index} ${text}`);
      group.finishNote(begun.value);
    }
    group.destroy();
    bytes = new Uint8Array(Y.encodeStateAsUpdate(doc));
    return { bytes: bytes.length, changes: changesIn(doc) };
  },
  apply() {
    const begun = performance.now();
    Y.applyUpdate(new Y.Doc(), bytes);
    return performance.now() - begun;
  },
  bytes() {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 32_768) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    }
    return btoa(binary);
  },
  hold(way, address, room) {
    ours = openOurs(doc, keyOfRoom(room), address, [way]);
  },
  async letGo() {
    await ours?.leave();
    ours = null;
  },
  async receive(way, address, room, changes) {
    doc = new Y.Doc();
    const finished = new Promise<number>((resolve) => {
      // Not `update`: for that Yjs writes everything that comes once more.
      doc.on('afterTransaction', () => {
        if (changesIn(doc) === changes) resolve(performance.now());
      });
    });
    ours = openOurs(doc, keyOfRoom(room), address, [way]);
    return (await finished) - openedAt;
  },
  receiveBareSocket(url, length) {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    let received = 0;
    return new Promise((resolve) => {
      socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        received += data.byteLength;
        if (received < length) return;
        resolve(performance.now() - openedAt);
        socket.close();
      };
    });
  },
  async bareOffer() {
    const { connection: opened, channel } = bareConnection();
    sendAll(channel);
    await opened.setLocalDescription();
    return describe(opened);
  },
  async bareAnswer(offer, length) {
    const { connection: opened, channel } = bareConnection();
    let received = 0;
    bare = new Promise((resolve) => {
      channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        received += data.byteLength;
        if (received >= length) resolve(performance.now() - openedAt);
      };
    });
    await opened.setRemoteDescription(JSON.parse(offer) as RTCSessionDescriptionInit);
    await opened.setLocalDescription();
    return describe(opened);
  },
  async bareStart(answer) {
    await connection?.setRemoteDescription(JSON.parse(answer) as RTCSessionDescriptionInit);
  },
  bareDone: () => bare ?? Promise.reject(new Error('Nothing was begun')),
  bareClose() {
    connection?.close();
    connection = null;
  },
};
Object.assign(globalThis, { bulkPage: page });
