import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  accessKeyOf,
  type DocumentKey,
  mayWrite,
  writeKeyOf,
} from '../../core/protocol/document-key.ts';
import { cutUpdate, PIECE_BYTES } from '../../core/protocol/cut-update.ts';
import { readSpeakers } from '../../core/protocol/presence.ts';
import { fits, forgetPending, isCrowding } from '../../core/protocol/read-update.ts';
import type { RelayFrame, RelayRefusal } from '../../core/protocol/relay-frame.ts';
import {
  type MessageUpdate,
  readMessage,
  writeMessage,
} from '../../core/protocol/relay-message.ts';
import { appProof, hubProof, isSameProof, NONCE_BYTES } from '../../core/protocol/relay-proof.ts';
import { onDocUpdate, onUntold, withoutTelling } from './doc-updates.ts';
import type { RelayChannelPort } from './relay-connection.ts';
import type { SignalWay, Transport, TransportOptions } from './transport.ts';

/** One document on a connection to a hub. The rest is what its connection calls. */
export interface RelayTransport extends Transport, SignalWay {
  readonly key: DocumentKey;
  /** Whether the hub has opened the document. */
  isOpen(): boolean;
  /** Why the hub does not open the document; null while it may. */
  refusal(): RelayRefusal | 'not-our-hub' | null;
  onConnected(channel: number, port: RelayChannelPort): void;
  onLost(): void;
  onFrame(frame: RelayFrame): void;
  onMessage(message: Uint8Array): void;
  /** Every second while a hub answers. */
  onTick(): void;
}

export interface RelayTransportOptions {
  readonly own: boolean;
  readonly random: (length: number) => Uint8Array;
  readonly reconnect: () => void;
  readonly onDestroy: (transport: RelayTransport) => void;
}

/** Nobody sees so short a wait, and a burst of changes becomes one message. Milliseconds. */
const FLUSH_MS = 2;
/** Both ends compare again what they have, in case anything went missing. Seconds. */
const COMPARE_SECONDS = 10;
const ASK_MS = 1_000;
/** What is longer is not passed on to other ways at once. Bytes. */
const BULK_BYTES = 64 * 1024;
/** More laptops than this are never in one document; more presences are somebody's game. */
const MAX_PRESENCES = 256;

/**
 * The relay's way for one document: starts at once, carries the bulk, works wherever a WebSocket
 * does. See `relay-frame.ts` for what is said and in which order.
 */
export function createRelayTransport(
  { doc, key, access }: TransportOptions,
  options: RelayTransportOptions,
): RelayTransport {
  const awareness = new Awareness(doc);
  const signalListeners = new Set<(sealed: Uint8Array) => void>();
  const upListeners = new Set<() => void>();
  let channel = 0;
  let port: RelayChannelPort | null = null;
  let nonce = new Uint8Array();
  /** The hub has shown that it knows the document's key. */
  let isOurHub = false;
  /** The same, and stays so where the hub then refuses this laptop. */
  let mayHandOut = false;
  let isOpen = false;
  let writes = false;
  /** The hub has said what it has, so it has been sent everything before this. */
  let caughtUp = false;
  let refusal: RelayRefusal | 'not-our-hub' | null = null;
  let waiting: Uint8Array[] = [];
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let seconds = 0;
  let askedAt = -Infinity;
  /** Something long came by another way, as from a group's own hub. */
  let comparesSoon = false;

  function flush(): void {
    flushTimer = undefined;
    if (waiting.length === 0) return;
    port?.push(writeMessage(waiting));
    waiting = [];
  }
  const onUpdate = (update: Uint8Array, from: unknown): void => {
    if (from === transport || !caughtUp || !writes) return;
    waiting.push(update);
    // Passing a change on waits until this laptop has drawn it.
    flushTimer ??= setTimeout(flush, FLUSH_MS);
  };
  const onPresence = (_changes: unknown, from: unknown): void => {
    if (from !== transport && isOpen) sayPresence();
  };
  function sayPresence(): void {
    if (awareness.getLocalState() === null) return;
    const presence = encodeAwarenessUpdate(awareness, [doc.clientID]);
    port?.send({ kind: 'say', channel, presence });
  }
  const sayHave = (): void =>
    port?.send({ kind: 'have', channel, stateVector: Y.encodeStateVector(doc) });
  function ask(): void {
    if (performance.now() - askedAt < ASK_MS) return;
    askedAt = performance.now();
    comparesSoon = false;
    sayHave();
  }

  function answer(frame: RelayFrame & { kind: 'challenge' }): void {
    // One answer for one number of ours: nobody is to collect them.
    if (isOurHub) return;
    const challenge = {
      documentId: key.documentId,
      appNonce: nonce,
      hubNonce: frame.nonce,
      binding: port?.binding ?? new Uint8Array(),
    };
    const accessKey = accessKeyOf(key.secret);
    if (!isSameProof(frame.proof, hubProof(accessKey, challenge))) {
      // A hub that does not know the document gets nothing from us, whoever it says it is.
      refusal = 'not-our-hub';
      port?.send({ kind: 'close', channel });
      return;
    }
    isOurHub = true;
    mayHandOut = true;
    const proof = appProof(writeKeyOf(key.secret) ?? accessKey, challenge);
    port?.send({ kind: 'prove', channel, proof, pass: access?.pass() ?? new Uint8Array() });
  }
  function onOpened(hubLetsWrite: boolean): void {
    // Any stranger can say so; a document is spoken of with a hub that knows it, and no other. A1.
    if (!isOurHub || isOpen) return;
    isOpen = true;
    refusal = null;
    writes = hubLetsWrite && mayWrite(key.secret);
    seconds = 0;
    sayHave();
    sayPresence();
    for (const listener of upListeners) listener();
  }
  /** Also in the middle of things, when what was allowed has been taken back. */
  function onRefused(reason: RelayRefusal): void {
    // Any stranger can say so, and it would stand on the screen.
    refusal = reason === 'taken-back' && !mayHandOut ? 'not-our-hub' : reason;
    isOpen = false;
    isOurHub = false;
    caughtUp = false;
    waiting = [];
  }
  function onBoxes(boxes: Uint8Array): void {
    // A stranger, or who lost access and is asked as a hub, hands out nothing: it does not know the key.
    if (!mayHandOut) return;
    refusal = access?.onBoxes?.(boxes) === true ? null : 'taken-back';
  }
  function onHave(stateVector: Uint8Array): void {
    // What is still under way says it already; to write it all again would hold up a slow line.
    if (!writes || (caughtUp && port?.isSending() === true)) return;
    caughtUp = true;
    waiting = [];
    const theirs = Y.decodeStateVector(stateVector);
    const goesBeyond = [...doc.store.clients.keys()].some(
      (client) => Y.getState(doc.store, client) > (theirs.get(client) ?? 0),
    );
    if (!goesBeyond) return;
    for (const piece of cutUpdate(Y.encodeStateAsUpdate(doc, stateVector), PIECE_BYTES)) {
      port?.push(writeMessage([piece]));
    }
  }
  const clockOf = (client: number): number => Y.getState(doc.store, client);
  /** Whether everything could be taken in. */
  function apply(updates: readonly MessageUpdate[], isBulk: boolean): boolean {
    let complete = true;
    const takeIn = (): void =>
      doc.transact(() => {
        for (const read of updates) {
          if (!fits(read, clockOf)) {
            complete = false;
            continue;
          }
          if (isCrowding(read, doc.store.clients.size, clockOf)) continue;
          try {
            Y.applyUpdate(doc, read.update, transport);
            forgetPending(doc);
          } catch (error) {
            // Looks like Yjs's, and is not: a forged one. What came before it and after it counts.
            console.warn('A change that makes no sense was left out', error);
          }
        }
      }, transport);
    if (isBulk) withoutTelling(doc, transport, takeIn);
    else takeIn();
    return complete;
  }
  function onSay(presence: Uint8Array): void {
    const speakers = readSpeakers(presence);
    // Nobody else speaks for this laptop; and what is told by the relay is always of one.
    if (speakers?.length !== 1 || speakers.includes(doc.clientID)) return;
    const { meta } = awareness;
    const states = awareness.getStates();
    // Awareness remembers for ever who is gone.
    if (meta.size > 2 * MAX_PRESENCES) {
      for (const client of meta.keys()) if (!states.has(client)) meta.delete(client);
    }
    const isKnown = speakers.every((speaker) => states.has(speaker));
    if (isKnown || states.size < MAX_PRESENCES) {
      applyAwarenessUpdate(awareness, presence, transport);
    }
  }
  /** What is said of a document before it is open comes from a hub that has proved nothing. */
  function onOpenFrame(frame: RelayFrame): void {
    switch (frame.kind) {
      case 'have':
        onHave(frame.stateVector);
        break;
      case 'joined':
        sayPresence();
        break;
      case 'say':
        onSay(frame.presence);
        break;
      case 'signal':
        for (const listener of signalListeners) listener(frame.sealed);
        break;
      // The connection's own, and what only a laptop says.
      case 'welcome':
      case 'bring':
      case 'revoke':
      case 'boxes':
      case 'open':
      case 'challenge':
      case 'prove':
      case 'opened':
      case 'refused':
      case 'close':
      case 'part':
      case 'got':
      case 'ping':
      case 'pong':
        break;
      default:
        break;
    }
  }

  const transport: RelayTransport = {
    path: 'relay',
    key,
    awareness,
    isOpen: () => isOpen,
    refusal: () => refusal,
    onConnected(number, given) {
      channel = number;
      port = given;
      // This laptop's own hub is brought the key, and need not show that it has it.
      isOurHub = options.own;
      mayHandOut = false;
      if (options.own) {
        const accessKey = accessKeyOf(key.secret);
        port.send({
          kind: 'bring',
          channel,
          accessKey,
          writeKey: writeKeyOf(key.secret),
          sessionKey: access?.sessionKey ?? null,
        });
      } else {
        nonce = new Uint8Array(options.random(NONCE_BYTES));
        port.send({ kind: 'open', channel, documentId: key.documentId, nonce });
      }
    },
    onLost() {
      port = null;
      isOurHub = false;
      mayHandOut = false;
      isOpen = false;
      caughtUp = false;
      waiting = [];
    },
    onFrame(frame) {
      if (frame.kind === 'challenge') answer(frame);
      else if (frame.kind === 'opened') onOpened(frame.mayWrite);
      else if (frame.kind === 'refused') onRefused(frame.reason);
      else if (frame.kind === 'boxes') onBoxes(frame.boxes);
      else if (isOpen) onOpenFrame(frame);
    },
    onMessage(message) {
      if (!isOpen) return;
      const updates = readMessage(message);
      if (updates === null) {
        options.reconnect();
        return;
      }
      if (!apply(updates, message.length > BULK_BYTES)) ask();
    },
    onTick() {
      seconds += 1;
      const isTime = comparesSoon || seconds % COMPARE_SECONDS === 0;
      if (isOpen && isTime && port?.isReceiving() === false) ask();
    },
    signal(sealed) {
      if (isOpen && writes) port?.send({ kind: 'signal', channel, sealed });
    },
    onSignal(listener) {
      signalListeners.add(listener);
      return () => signalListeners.delete(listener);
    },
    onUp(listener) {
      upListeners.add(listener);
      if (isOpen) listener();
      return () => upListeners.delete(listener);
    },
    reconnect: options.reconnect,
    async destroy() {
      stopUpdates();
      stopUntold();
      awareness.off('update', onPresence);
      clearTimeout(flushTimer);
      flush();
      options.onDestroy(transport);
      awareness.destroy();
    },
  };
  const stopUpdates = onDocUpdate(doc, onUpdate);
  const stopUntold = onUntold(doc, (from) => {
    comparesSoon = from !== transport;
  });
  awareness.on('update', onPresence);
  return transport;
}
