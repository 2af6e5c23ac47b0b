import type { Dial, WireEvents } from '../../../src/browser/transport/dial.ts';
import { accessKeyOf, type DocumentKey } from '../../../src/core/protocol/document-key.ts';
import {
  RELAY_PROTOCOL,
  type RelayFrame,
  readRelayFrame,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';
import { hubProof, NONCE_BYTES } from '../../../src/core/protocol/relay-proof.ts';
import type { RelayServer } from '../../../src/hub/relay/relay-server.ts';

/** A hub that somebody else put up: it says what the test wants. */
export interface HostileHub {
  readonly dial: Dial;
  /** What the laptop has said to it, since it last called. */
  readonly heard: RelayFrame[];
  /** Everything that the laptop has ever said to it, by kind. */
  readonly told: ReadonlySet<RelayFrame['kind']>;
  /** How often the laptop has called. */
  calls(): number;
  /** Whether the laptop listens at the moment. */
  isConnected(): boolean;
  send(frame: RelayFrame): void;
  sendBytes(bytes: Uint8Array): void;
}

/** Greets whoever calls; with `key` it proves that it knows the document and opens it. */
export function createHostileHub(key: DocumentKey | null, hubId = 'x'.repeat(22)): HostileHub {
  let events: WireEvents | null = null;
  let calls = 0;
  const heard: RelayFrame[] = [];
  const told = new Set<RelayFrame['kind']>();

  function sendBytes(bytes: Uint8Array): void {
    events?.onFrame(bytes);
  }
  const send = (frame: RelayFrame): void => sendBytes(writeRelayFrame(frame));

  function answer(frame: RelayFrame): void {
    if (key === null) return;
    const { documentId } = key;
    if (frame.kind === 'open') {
      const nonce = new Uint8Array(NONCE_BYTES).fill(8);
      const challenge = {
        documentId,
        appNonce: frame.nonce,
        hubNonce: nonce,
        binding: new Uint8Array(),
      };
      const proof = hubProof(accessKeyOf(key.secret), challenge);
      send({ kind: 'challenge', channel: frame.channel, nonce, proof });
    }
    if (frame.kind === 'prove') send({ kind: 'opened', channel: frame.channel, mayWrite: true });
  }

  return {
    dial(_address, _timeoutMs, theirs) {
      calls += 1;
      heard.length = 0;
      events = theirs;
      queueMicrotask(() => {
        if (events === theirs)
          send({ kind: 'welcome', protocol: RELAY_PROTOCOL, hubId, time: Date.now() });
      });
      return {
        send(bytes) {
          const frame = readRelayFrame(bytes);
          if (frame === null) throw new Error('The laptop sent what it would not read');
          heard.push(frame);
          told.add(frame.kind);
          queueMicrotask(() => events === theirs && answer(frame));
        },
        close() {
          if (events === theirs) events = null;
        },
      };
    },
    heard,
    told,
    calls: () => calls,
    isConnected: () => events !== null,
    send,
    sendBytes,
  };
}

/** Reaches a hub in this process, without a socket between. */
export const dialServer =
  (server: RelayServer, own = true): Dial =>
  (_address, _timeoutMs, { onFrame, onClose }) => {
    let closed = false;
    const deliver = (act: () => void): void =>
      void setImmediate(() => {
        if (!closed) act();
      });
    const session = server.accept({
      own,
      binding: new Uint8Array(),
      send: (frame) => deliver(() => onFrame(frame)),
      drop() {
        deliver(() => {
          closed = true;
          onClose();
        });
      },
    });
    return {
      send: (frame) => deliver(() => session.receive(frame)),
      close() {
        closed = true;
        session.end();
      },
    };
  };
