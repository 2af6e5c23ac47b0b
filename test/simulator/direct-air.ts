import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { SyncedDocument } from '../../src/browser/sync/supervisor.ts';
import type { Transport } from '../../src/browser/transport/transport.ts';
import { fits, forgetPending, readUpdate } from '../../src/core/protocol/read-update.ts';
import type { Dice } from './random.ts';
import type { Process, VirtualTime } from './virtual-time.ts';

/** How laptops reach each other without a hub, in one world. */
export type AirKind =
  /** Not at all. */
  | 'none'
  /** As a data channel does: in order, and all of it while there is a way. */
  | 'channel'
  /** Worse than WebRTC ever is: each message by itself, lost, doubled, out of order. */
  | 'datagrams';

interface Member {
  readonly laptop: number;
  readonly process: Process;
  readonly id: string;
  receive(message: Message, from: Member): void;
}
type Message =
  | { readonly kind: 'have'; readonly stateVector: Uint8Array; readonly answer: boolean }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'presence'; readonly presence: Uint8Array };

/** Both ends compare again what they have, as our y-webrtc does. Milliseconds. */
const COMPARE_MS = 10_000;

/** The ways from laptop to laptop, with what y-webrtc says on them. */
export class DirectAir {
  readonly kind: AirKind;
  private readonly members = new Set<Member>();
  private readonly blocked = new Map<string, number>();
  private readonly lastAt = new Map<string, number>();
  private readonly time: VirtualTime;
  private readonly dice: Dice;
  private calm = false;

  constructor(time: VirtualTime, dice: Dice, kind: AirKind) {
    this.time = time;
    this.dice = dice;
    this.kind = kind;
  }

  passes(a: number, b: number): boolean {
    return this.kind !== 'none' && (this.blocked.get(pair(a, b)) ?? 0) === 0;
  }
  block(a: number, b: number): void {
    if (this.calm) return;
    this.blocked.set(pair(a, b), (this.blocked.get(pair(a, b)) ?? 0) + 1);
  }
  unblock(a: number, b: number): void {
    const times = this.blocked.get(pair(a, b)) ?? 0;
    this.blocked.set(pair(a, b), Math.max(0, times - 1));
    if (times === 1) this.greet((member) => member.laptop === a || member.laptop === b);
  }
  /** From now on everything gets through, once. */
  heal(): void {
    this.calm = true;
    this.blocked.clear();
    this.greet(() => true);
  }

  open(laptop: number, process: Process, { doc, key }: SyncedDocument): Transport | null {
    if (this.kind === 'none') return null;
    const origin = { name: 'direct' };
    const awareness = new Awareness(doc);
    const member: Member = {
      laptop,
      process,
      id: key.documentId,
      receive: (message, from) => {
        switch (message.kind) {
          case 'have': {
            const update = Y.encodeStateAsUpdate(doc, message.stateVector);
            this.send(member, from, { kind: 'update', update });
            if (message.answer) this.send(member, from, have(false));
            break;
          }
          case 'update':
            if (!takeIn(message.update)) this.send(member, from, have(false));
            break;
          case 'presence':
            applyAwarenessUpdate(awareness, message.presence, origin);
            break;
        }
      },
    };
    /** As our direct way does: what stands on something missing is asked for, not kept. */
    const takeIn = (update: Uint8Array): boolean => {
      const read = readUpdate(update);
      if (read === null || !fits(read, (client) => Y.getState(doc.store, client))) return false;
      Y.applyUpdate(doc, update, origin);
      forgetPending(doc);
      return true;
    };
    const have = (answer: boolean): Message => ({
      kind: 'have',
      stateVector: Y.encodeStateVector(doc),
      answer,
    });
    const tell = (message: Message): void => {
      for (const other of this.members) this.send(member, other, message);
    };
    const tellPresence = (): void => {
      if (awareness.getLocalState() === null) return;
      tell({ kind: 'presence', presence: encodeAwarenessUpdate(awareness, [doc.clientID]) });
    };
    const onUpdate = (update: Uint8Array, from: unknown): void => {
      if (from !== origin) tell({ kind: 'update', update });
    };
    const onPresence = (_changes: unknown, from: unknown): void => {
      if (from !== origin) tellPresence();
    };
    const meet = (): void => {
      tell(have(true));
      tellPresence();
    };
    this.members.add(member);
    doc.on('update', onUpdate);
    awareness.on('update', onPresence);
    this.greetings.set(member, meet);
    this.time.later(process, this.dice.between(50, 600), meet);
    const timer = setInterval(meet, COMPARE_MS);
    return {
      path: 'direct',
      awareness,
      reconnect: meet,
      destroy: async () => {
        clearInterval(timer);
        this.members.delete(member);
        this.greetings.delete(member);
        doc.off('update', onUpdate);
        awareness.off('update', onPresence);
        awareness.destroy();
      },
    };
  }
  /** A process has died. */
  lose(process: Process): void {
    for (const member of this.members) {
      if (member.process !== process) continue;
      this.members.delete(member);
      this.greetings.delete(member);
    }
  }

  private readonly greetings = new Map<Member, () => void>();
  private greet(who: (member: Member) => boolean): void {
    for (const [member, meet] of this.greetings) {
      if (who(member)) this.time.later(member.process, this.dice.between(100, 900), meet);
    }
  }
  private send(from: Member, to: Member, message: Message): void {
    if (from === to || from.id !== to.id || !this.passes(from.laptop, to.laptop)) return;
    const rough = this.kind === 'datagrams' && !this.calm;
    const times = !rough ? 1 : this.dice.chance(0.15) ? 0 : this.dice.chance(0.1) ? 2 : 1;
    for (let copy = 0; copy < times; copy += 1) {
      const way = `${from.laptop}>${to.laptop}`;
      const soonest = this.time.now() + this.dice.between(2, rough ? 400 : 20);
      const at = rough ? soonest : Math.max(soonest, this.lastAt.get(way) ?? 0);
      this.lastAt.set(way, at);
      this.time.later(to.process, at - this.time.now(), () => {
        if (this.members.has(to) && this.passes(from.laptop, to.laptop)) to.receive(message, from);
      });
    }
  }
}

const pair = (a: number, b: number): string => `${Math.min(a, b)}-${Math.max(a, b)}`;
