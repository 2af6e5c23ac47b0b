import * as Y from 'yjs';
import { dialHub } from '../../src/browser/transport/dial.ts';
import type { Dial, Wire } from '../../src/browser/transport/dial.ts';
import type { Access } from '../../src/browser/transport/transport.ts';
import type { DocumentKey } from '../../src/core/protocol/document-key.ts';
import { readRelayFrame, writeRelayFrame } from '../../src/core/protocol/relay-frame.ts';
import type { RelayFrame } from '../../src/core/protocol/relay-frame.ts';
import { writeMessage } from '../../src/core/protocol/relay-message.ts';
import { openLaptop } from '../unit/hub/laptop.ts';

export interface VisitorOptions {
  readonly key: DocumentKey;
  readonly access?: Access | undefined;
  /** What this modified client sends in place of what the app would; null for nothing. */
  readonly instead?: (frame: RelayFrame) => RelayFrame | null;
}

export interface Visitor {
  readonly doc: Y.Doc;
  /** Everything that it has sent, as it went out. */
  readonly sent: readonly RelayFrame[];
  readonly send: (frame: RelayFrame) => void;
  /** Sends this change of its document, whether it may or not. */
  readonly write: (text: string) => void;
  /** Resolves with whether the document is open once the hub has answered all that was said. */
  readonly isOpen: () => Promise<boolean>;
  readonly leave: () => Promise<void>;
}

/** Opening takes two round trips; and one for what comes of it. */
const ROUND_TRIPS = 3;
const FIRST_PING = 1_000_000;
const TIMEOUT_MS = 10_000;

/** A laptop on the network that may have been tampered with: the app's own transport, with other words in its mouth. */
export function openVisitor(port: number, options: VisitorOptions): Visitor {
  const instead = options.instead ?? ((frame: RelayFrame) => frame);
  const sent: RelayFrame[] = [];
  const waiting = new Map<number, () => void>();
  let channel = 1;
  let wire: Wire | null = null;
  let isEnded = false;
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  function settle(): void {
    begun();
    for (const answered of waiting.values()) answered();
    waiting.clear();
  }
  const send = (frame: RelayFrame): void => {
    sent.push(frame);
    wire?.send(writeRelayFrame(frame));
  };
  const dial: Dial = (address, timeoutMs, events) => {
    const { onFrame, onClose } = events;
    const dialled = dialHub(address, timeoutMs, {
      ...events,
      onFrame(bytes) {
        const frame = readRelayFrame(bytes);
        if (frame?.kind === 'pong' && waiting.has(frame.number)) {
          waiting.get(frame.number)?.();
          waiting.delete(frame.number);
          return;
        }
        onFrame(bytes);
        if (frame?.kind === 'welcome') begun();
      },
      onClose() {
        isEnded = true;
        settle();
        onClose();
      },
    });
    wire = dialled;
    return {
      ...dialled,
      send(bytes) {
        const frame = readRelayFrame(bytes);
        const other = frame === null ? null : instead(frame);
        if (other === null) return;
        if ('channel' in other) ({ channel } = other);
        send(other);
      },
    };
  };
  const laptop = openLaptop(`ws://127.0.0.1:${port}`, options.key, {
    own: false,
    dial,
    ...(options.access !== undefined && { access: options.access }),
  });
  let pings = FIRST_PING;
  function roundTrip(): Promise<void> {
    pings += 1;
    const number = pings;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The hub does not answer')), TIMEOUT_MS);
      waiting.set(number, () => {
        clearTimeout(timer);
        resolve();
      });
      send({ kind: 'ping', number });
    });
  }

  return {
    doc: laptop.doc,
    sent,
    send,
    write(text) {
      const before = Y.encodeStateVector(laptop.doc);
      laptop.doc.getText('notes').insert(0, text);
      const update = Y.encodeStateAsUpdate(laptop.doc, before);
      send({ kind: 'part', channel, last: true, bytes: writeMessage([update]) });
    },
    async isOpen() {
      await hasBegun;
      for (let trip = 0; trip < ROUND_TRIPS && !isEnded; trip += 1) await roundTrip();
      return laptop.transport.isOpen();
    },
    leave: () => laptop.leave(),
  };
}
