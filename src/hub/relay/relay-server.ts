import { type DocumentId, documentIdOfAccessKey } from '../../core/protocol/document-key.ts';
import {
  readRelayFrame,
  RELAY_PROTOCOL,
  type RelayFrame,
  type RelayRefusal,
  type Revocation,
  writeRelayFrame,
} from '../../core/protocol/relay-frame.ts';
import { type Pass, readPass } from '../../core/protocol/pass.ts';
import { createAssembler, createLane } from '../../core/protocol/relay-lane.ts';
import { readMessage } from '../../core/protocol/relay-message.ts';
import {
  appProof,
  type Challenge,
  hubProof,
  isSameProof,
  NONCE_BYTES,
} from '../../core/protocol/relay-proof.ts';
import type { SessionKey } from '../../core/protocol/session-key.ts';
import type { DropReason, HubLog } from '../hub-log.ts';
import { createLaptopsAtDoor, type LaptopsAtDoor } from './laptops-at-door.ts';
import { createRoom, type Member, type Room } from './relay-room.ts';

/** One laptop's socket, as far as the relay is concerned. */
export interface RelayPort {
  /** Of this laptop itself, over loopback: it alone may bring keys. */
  readonly own: boolean;
  /** Of its encrypted connection, which proofs are given for; empty within the laptop. */
  readonly binding: Uint8Array;
  send(frame: Uint8Array): void;
  /** Whether so much waits for it already that what will be said again anyway is better left out. */
  readonly isClogged?: () => boolean;
  /** Ends the socket. */
  drop(reason: DropReason): void;
}

export interface RelaySession {
  receive(frame: Uint8Array): void;
  /** The socket is gone. */
  end(): void;
  /** Whether it has opened a document, or is waiting to. */
  isBusy(): boolean;
  /** Whether a document was ever opened here, and so a key was shown to be known. */
  isProved(): boolean;
}

export interface RelayServer {
  accept(port: RelayPort): RelaySession;
  /**
   * Who shows the key of a document that this hub knows; also one that was set aside, whose laptops
   * have to come once more to hear what they go on with.
   */
  readonly laptopIn: LaptopsAtDoor['laptopIn'];
  documentCount(): number;
  stop(): void;
}

export interface RelayServerOptions {
  readonly hubId: string;
  readonly log: HubLog;
  /** The hub's clock, in milliseconds since 1970. */
  readonly time: () => number;
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; returns how to call it off. */
  readonly later: (act: () => void, ms: number) => () => void;
  readonly random: (length: number) => Uint8Array;
  /** How many bytes the relay may still take. */
  readonly room: () => number;
  readonly maxDocuments: number;
}

interface Keys {
  readonly accessKey: Uint8Array;
  readonly writeKey: Uint8Array | null;
  readonly sessionKey: SessionKey | null;
}
/** Where one laptop stands with one document. */
type Channel =
  /** The hub does not know the document, and may never. */
  | { readonly state: 'waiting'; readonly documentId: DocumentId; readonly nonce: Uint8Array }
  | { readonly state: 'challenged'; readonly challenge: Challenge }
  | {
      readonly state: 'open';
      readonly documentId: DocumentId;
      readonly room: Room;
      readonly member: Member;
      readonly pass: Allowed | null;
    };
/** What a laptop has shown that it may. */
interface Allowed extends Pass {
  readonly mayWrite: boolean;
}

/** A session has a plan and up to 40 groups, and a laptop may have a few sessions open. */
const MAX_CHANNELS = 256;
const MAX_REFUSALS = 64;
/** How often one socket may open a document: each time everybody in it is told. */
const MAX_OPENINGS = 1024;
/** From here on it is worth looking how much memory is left. */
const MUCH_BYTES = 1024 * 1024;
/**
 * How many sockets may be there that have not proved anything, as laptops that wait for a session to
 * begin. The one that has waited longest gives way, and comes back where it is honest; so strangers
 * never take all the places.
 */
const MAX_STRANGERS = 500;
/** How many documents a hub remembers the keys of; the oldest go first. */
const MAX_KNOWN_KEYS = 10_000;
const MAX_REVOKING_SESSIONS = 100;

/**
 * Carries documents between laptops that cannot reach each other, by the frames of
 * `relay-frame.ts`. The hub serves the documents that its own laptop has brought to it since it
 * started, to whoever proves to hold their key (A1), and takes changes only from who may write (A2).
 *
 * Nothing is kept here: a document goes when the last laptop leaves it, and comes back with the
 * first, which sends whatever the hub says that it lacks.
 */
export function createRelayServer(options: RelayServerOptions): RelayServer {
  const { log } = options;
  const known = new Map<DocumentId, Keys>();
  const atDoor = createLaptopsAtDoor();
  const rooms = new Map<DocumentId, Room>();
  /** What has been taken back in each session. */
  const revoked = new Map<SessionKey, Revocation>();
  const sessions = new Set<{ onKnown(documentId: DocumentId): void; onRevoked(): void }>();
  /** Those that have opened no document, in the order in which they came; how to let each go. */
  const strangers = new Set<() => void>();
  /** Bytes of messages from all sockets that are not whole yet. */
  let held = 0;

  function learn(keys: Keys): DocumentId {
    const documentId = documentIdOfAccessKey(keys.accessKey);
    const before = known.get(documentId);
    // Another session on the same laptop may only read; what may write stays known.
    known.set(documentId, {
      accessKey: keys.accessKey,
      writeKey: keys.writeKey ?? before?.writeKey ?? null,
      sessionKey: keys.sessionKey ?? before?.sessionKey ?? null,
    });
    atDoor.learn(documentId, keys.accessKey);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN_KEYS && oldest !== undefined) {
      known.delete(oldest);
      atDoor.forget(oldest);
    }
    for (const session of sessions) session.onKnown(documentId);
    return documentId;
  }
  function revoke(revocation: Revocation): void {
    revoked.set(revocation.sessionKey, revocation);
    const [oldest] = revoked.keys();
    if (revoked.size > MAX_REVOKING_SESSIONS && oldest !== undefined) revoked.delete(oldest);
    for (const session of sessions) session.onRevoked();
  }
  function isRevoked({ sessionKey, ticketId, role, groupId, issuedAt }: Pass): boolean {
    const revocation = revoked.get(sessionKey);
    if (revocation === undefined) return false;
    if (revocation.ticketIds.includes(ticketId)) return true;
    return revocation.groups.some(
      (group) =>
        issuedAt < group.before &&
        (group.groupId === null || (role === 'facilitator' && group.groupId === groupId)),
    );
  }
  const isSetAside = (key: SessionKey | undefined, documentId: DocumentId): boolean =>
    key !== undefined && revoked.get(key)?.setAside.includes(documentId) === true;
  function enter(documentId: DocumentId): Room | null {
    if (!rooms.has(documentId) && rooms.size >= options.maxDocuments) return null;
    const room = rooms.get(documentId) ?? createRoom({ ...options, documentId });
    rooms.set(documentId, room);
    return room;
  }

  function accept(port: RelayPort): RelaySession {
    const channels = new Map<number, Channel>();
    const assembler = createAssembler();
    const send = (frame: RelayFrame): void => port.send(writeRelayFrame(frame));
    const lane = createLane({ send: (frame) => port.send(frame), now: options.now });
    let refusals = 0;
    let openings = 0;
    let proved = false;
    let ended = false;

    function drop(reason: DropReason): void {
      if (!ended) port.drop(reason);
      end();
    }
    const letGo = (): void => drop('idle');
    /** Counts what no Caucus does, but might by mistake. */
    function blame(reason: string): void {
      refusals += 1;
      log({ event: 'document-refused', reason });
      if (refusals > MAX_REFUSALS) drop('too-much');
    }
    function refuse(channel: number, reason: RelayRefusal, key?: SessionKey): void {
      channels.delete(channel);
      blame(reason);
      send({ kind: 'refused', channel, reason });
      if (reason === 'taken-back' && key !== undefined) handOut(channel, key);
    }
    /** Those that stay find there what to go on with; the others, that there is nothing for them. */
    function handOut(channel: number, key: SessionKey): void {
      send({ kind: 'boxes', channel, boxes: revoked.get(key)?.boxes ?? new Uint8Array() });
    }
    /** The parts that are held count for everybody together. */
    function counted<Result>(act: () => Result): Result {
      const before = assembler.held();
      try {
        return act();
      } finally {
        held += assembler.held() - before;
      }
    }
    function challenge(channel: number, documentId: DocumentId, appNonce: Uint8Array): void {
      const keys = known.get(documentId);
      if (keys === undefined) {
        channels.set(channel, { state: 'waiting', documentId, nonce: appNonce });
        return;
      }
      const asked: Challenge = {
        documentId,
        appNonce,
        hubNonce: options.random(NONCE_BYTES),
        binding: port.binding,
      };
      channels.set(channel, { state: 'challenged', challenge: asked });
      const proof = hubProof(keys.accessKey, asked);
      send({ kind: 'challenge', channel, nonce: asked.hubNonce, proof });
    }
    /** Is said again and again, and lost sooner than that it takes the line of a slow laptop. */
    function sendAside(frame: RelayFrame): void {
      if (port.isClogged?.() !== true) send(frame);
    }
    function openChannel(
      channel: number,
      documentId: DocumentId,
      mayWrite: boolean,
      pass: Allowed | null = null,
    ): void {
      const sessionKey = known.get(documentId)?.sessionKey ?? undefined;
      const member: Member = {
        mayWrite,
        hears: () => port.own || !isSetAside(sessionKey, documentId),
        sendMessage(message) {
          const waits = lane.pending() + message.length;
          if (waits > MUCH_BYTES && waits > options.room()) drop('too-slow');
          else lane.push(channel, message);
        },
        isBehind: () => lane.isSending(channel),
        sendHave: (stateVector) => send({ kind: 'have', channel, stateVector }),
        sendPresence: (presence) => sendAside({ kind: 'say', channel, presence }),
        sendSignal: (sealed) => sendAside({ kind: 'signal', channel, sealed }),
        sendJoined: () => send({ kind: 'joined', channel }),
      };
      if (hasOpen(documentId)) {
        refuse(channel, 'too-many-documents');
        return;
      }
      const room = options.room() < 0 ? null : enter(documentId);
      if (room === null) {
        refuse(channel, 'hub-full');
        return;
      }
      strangers.delete(letGo);
      proved = true;
      channels.set(channel, { state: 'open', documentId, room, member, pass });
      send({ kind: 'opened', channel, mayWrite });
      room.join(member);
    }
    function closeChannel(number: number): void {
      const channel = channels.get(number);
      channels.delete(number);
      lane.drop(number);
      counted(() => assembler.drop(number));
      if (channel?.state !== 'open') return;
      channel.room.leave(channel.member);
      if (!channel.room.isEmpty()) return;
      channel.room.close();
      rooms.delete(channel.documentId);
    }
    function end(): void {
      if (ended) return;
      ended = true;
      sessions.delete(session);
      strangers.delete(letGo);
      for (const number of channels.keys()) closeChannel(number);
    }

    function prove(number: number, proof: Uint8Array, pass: Uint8Array): void {
      const channel = channels.get(number);
      if (channel?.state !== 'challenged') return;
      const { challenge: asked } = channel;
      const { documentId } = asked;
      const keys = known.get(documentId);
      const fitsKey = (key: Uint8Array | null | undefined): boolean =>
        key !== null && key !== undefined && isSameProof(proof, appProof(key, asked));
      const mayWrite = fitsKey(keys?.writeKey);
      // The proof first: only who has a key is worth the time that a signature takes.
      if (keys === undefined || (!mayWrite && !fitsKey(keys.accessKey))) {
        refuse(number, 'wrong-key');
        return;
      }
      const allowed =
        keys.sessionKey === null ? null : allowedBy(pass, keys.sessionKey, documentId);
      if (typeof allowed === 'string') {
        refuse(number, allowed, keys.sessionKey ?? undefined);
        return;
      }
      const writes = mayWrite && allowed?.mayWrite !== false;
      const left = keys.sessionKey !== null && isSetAside(keys.sessionKey, documentId);
      // What is set aside is told to nobody, so who may only read has nothing to look for there.
      if (left && !writes) refuse(number, 'taken-back', keys.sessionKey ?? undefined);
      else openChannel(number, documentId, writes, allowed);
      if (left && writes && keys.sessionKey !== null) handOut(number, keys.sessionKey);
    }
    /** What a pass allows with a document, or why it allows nothing. */
    function allowedBy(
      bytes: Uint8Array,
      key: SessionKey,
      documentId: DocumentId,
    ): Allowed | RelayRefusal {
      const read = readPass(bytes, key, options.time());
      if (!read.ok) {
        return read.reason === 'expired' || read.reason === 'from-future'
          ? 'pass-expired'
          : 'no-pass';
      }
      const mayWrite = read.pass.documents.get(documentId);
      if (mayWrite === undefined) return 'no-pass';
      if (isRevoked(read.pass) && !isSetAside(key, documentId)) return 'taken-back';
      return { ...read.pass, mayWrite };
    }
    function begin(frame: RelayFrame & { kind: 'open' | 'bring' }): void {
      if (channels.has(frame.channel)) return;
      openings += 1;
      if (openings > MAX_OPENINGS) drop('too-much');
      else if (channels.size >= MAX_CHANNELS) refuse(frame.channel, 'too-many-documents');
      else if (frame.kind === 'open') challenge(frame.channel, frame.documentId, frame.nonce);
      else if (!port.own) drop('malformed-frame');
      else openChannel(frame.channel, learn(frame), frame.writeKey !== null);
    }
    /** A document twice on one socket would be sent twice; no Caucus asks for that. */
    const hasOpen = (documentId: DocumentId): boolean =>
      [...channels.values()].some(
        (channel) => channel.state === 'open' && channel.documentId === documentId,
      );
    function takePart(frame: RelayFrame & { kind: 'part' }): void {
      const { channel: number, last, bytes } = frame;
      send({ kind: 'got', bytes: bytes.length });
      const channel = channels.get(number);
      // The laptop may not have heard yet that the document was closed.
      if (channel?.state !== 'open') return;
      if (!channel.member.mayWrite) {
        blame('read-only');
        return;
      }
      if (held + bytes.length > options.room()) {
        drop('hub-full');
        return;
      }
      const message = counted(() => assembler.add(number, last, bytes));
      if (message === null) return;
      const updates = message === 'too-large' ? null : readMessage(message);
      const memory = updates?.reduce((sum, update) => sum + update.memory, 0) ?? 0;
      if (updates === null) drop('malformed-frame');
      else if (memory > options.room()) drop('hub-full');
      else channel.room.take(channel.member, updates);
    }
    function onOpenChannel(
      number: number,
      act: (channel: Channel & { state: 'open' }) => void,
    ): void {
      const channel = channels.get(number);
      if (channel?.state === 'open') act(channel);
    }
    function handle(frame: RelayFrame): void {
      switch (frame.kind) {
        case 'bring':
        case 'open':
          begin(frame);
          break;
        case 'prove':
          prove(frame.channel, frame.proof, frame.pass);
          break;
        case 'revoke':
          if (port.own) revoke(frame);
          else drop('malformed-frame');
          break;
        case 'close':
          closeChannel(frame.channel);
          break;
        case 'have':
          onOpenChannel(frame.channel, ({ room, member }) => room.have(member, frame.stateVector));
          break;
        case 'part':
          takePart(frame);
          break;
        case 'got':
          lane.acknowledge(frame.bytes);
          break;
        case 'say':
          // Who may only read has nothing to say: not even that it has received anything. S3.
          onOpenChannel(frame.channel, ({ room, member }) => {
            if (member.mayWrite) room.say(member, frame.presence);
          });
          break;
        case 'signal':
          onOpenChannel(frame.channel, ({ room, member }) => {
            if (member.mayWrite) room.signal(member, frame.sealed);
          });
          break;
        case 'ping':
          send({ kind: 'pong', number: frame.number, time: options.time() });
          break;
        // What only a hub says.
        case 'welcome':
        case 'challenge':
        case 'opened':
        case 'refused':
        case 'joined':
        case 'boxes':
        case 'pong':
          drop('malformed-frame');
          break;
        default:
          break;
      }
    }

    const session = {
      onRevoked() {
        for (const [number, channel] of channels) {
          if (channel.state !== 'open' || channel.pass === null) continue;
          const { pass, documentId, member } = channel;
          const left = isSetAside(pass.sessionKey, documentId);
          if (left && member.mayWrite) handOut(number, pass.sessionKey);
          if (left ? member.mayWrite : !isRevoked(pass)) continue;
          closeChannel(number);
          refuse(number, 'taken-back', pass.sessionKey);
        }
      },
      onKnown(documentId: DocumentId) {
        for (const [number, channel] of channels) {
          if (channel.state === 'waiting' && channel.documentId === documentId) {
            challenge(number, documentId, channel.nonce);
          }
        }
      },
    };
    sessions.add(session);
    const [longest] = strangers;
    if (strangers.size >= MAX_STRANGERS) longest?.();
    strangers.add(letGo);
    send({
      kind: 'welcome',
      protocol: RELAY_PROTOCOL,
      hubId: options.hubId,
      time: options.time(),
    });

    return {
      receive(bytes) {
        if (ended) return;
        const frame = readRelayFrame(bytes);
        if (frame === null) drop('malformed-frame');
        else handle(frame);
      },
      end,
      isBusy: () => channels.size > 0,
      isProved: () => proved,
    };
  }

  return {
    accept,
    laptopIn: atDoor.laptopIn,
    documentCount: () => rooms.size,
    stop() {
      for (const room of rooms.values()) room.close();
      rooms.clear();
      known.clear();
      atDoor.forgetAll();
      revoked.clear();
    },
  };
}
