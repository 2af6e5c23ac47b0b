import * as v from 'valibot';
import type { Awareness } from 'y-protocols/awareness';
import { fromBase64Url, toBase64Url } from '../../core/protocol/base64url.ts';
import { roles } from '../../core/protocol/ticket.ts';

/**
 * Who is really there. Every laptop says every second who it is, with a running number, and
 * repeats the newest number that it heard from each other laptop. A laptop that repeats my number
 * has heard me since I said it, and its answer has come back: an answered ping, which neither an
 * open socket nor a state that a relay has kept from before can fake.
 */
export interface PulseSelf {
  readonly deviceId: string;
  readonly role: (typeof roles)[number];
  readonly plenary: boolean;
  readonly writing: boolean;
  /** Changes here that the plenary laptop has not confirmed. */
  readonly waiting: number;
  /** Plenary laptop only: the state vector of what it has on disk. */
  readonly receipt: Uint8Array | null;
}

export interface PulsePeer extends PulseSelf {
  /** When the beat that it last repeated was said, in `performance.now()` milliseconds; null: never. */
  readonly answeredAt: number | null;
}

export interface Pulse {
  /** Says this now, with a new number. */
  beat(self: PulseSelf): void;
  /** Says nothing any more, as a laptop that only listens. */
  hush(): void;
  /** The other laptops' windows, as last heard. */
  peers(): readonly PulsePeer[];
  destroy(): void;
}

const MAX_RECEIPT_CHARACTERS = 200_000;
const wireSchema = v.object({
  window: v.pipe(v.string(), v.maxLength(64)),
  device: v.pipe(v.string(), v.maxLength(64)),
  role: v.picklist(roles),
  plenary: v.boolean(),
  writing: v.boolean(),
  waiting: v.pipe(v.number(), v.integer(), v.minValue(0)),
  receipt: v.nullable(v.pipe(v.string(), v.maxLength(MAX_RECEIPT_CHARACTERS))),
  beat: v.pipe(v.number(), v.integer()),
  heard: v.record(v.pipe(v.string(), v.maxLength(64)), v.number()),
});
type Wire = v.InferOutput<typeof wireSchema>;

/** Beats older than this many are forgotten: an answer to them says nothing about now. */
const REMEMBERED_BEATS = 60;

/**
 * `windowId` is this window's own for as long as it is open; `onChange` is called when another
 * laptop has said something.
 */
export function createPulse(awareness: Awareness, windowId: string, onChange: () => void): Pulse {
  let number = 0;
  const saidAt = new Map<number, number>();
  const heard = new Map<number, Wire>();
  const answered = new Map<string, number>();

  function take(client: number): void {
    const parsed = v.safeParse(wireSchema, awareness.getStates().get(client));
    if (!parsed.success || parsed.output.window === windowId) {
      heard.delete(client);
      return;
    }
    heard.set(client, parsed.output);
    const said = saidAt.get(parsed.output.heard[windowId] ?? -1);
    const before = answered.get(parsed.output.window) ?? -Infinity;
    if (said !== undefined && said > before) answered.set(parsed.output.window, said);
  }

  /**
   * A window that goes on by another address of the same hub speaks there with another awareness, to
   * laptops that have heard it before. So its numbers go with time: otherwise what it says is taken
   * for old until it has said as much again, and the answer to an old beat for one to a new.
   */
  function startNumber(): void {
    number = Math.max(number + 1, Math.floor(performance.now()));
    const own = awareness.meta.get(awareness.clientID);
    if (own !== undefined) own.clock = Math.max(own.clock, number);
  }

  const onUpdate = (changes: { added: number[]; updated: number[]; removed: number[] }): void => {
    for (const client of changes.removed) heard.delete(client);
    for (const client of [...changes.added, ...changes.updated]) take(client);
    onChange();
  };
  awareness.on('update', onUpdate);

  return {
    beat(self) {
      startNumber();
      saidAt.set(number, performance.now());
      const [oldest] = saidAt.keys();
      if (saidAt.size > REMEMBERED_BEATS && oldest !== undefined) saidAt.delete(oldest);
      const wire: Wire = {
        window: windowId,
        device: self.deviceId,
        role: self.role,
        plenary: self.plenary,
        writing: self.writing,
        waiting: self.waiting,
        receipt: self.receipt === null ? null : toBase64Url(self.receipt),
        beat: number,
        heard: Object.fromEntries([...heard.values()].map((peer) => [peer.window, peer.beat])),
      };
      awareness.setLocalState(wire);
    },
    hush() {
      if (awareness.getLocalState() !== null) awareness.setLocalState(null);
    },
    peers: () =>
      [...heard.values()].map((wire) => ({
        deviceId: wire.device,
        role: wire.role,
        plenary: wire.plenary,
        writing: wire.writing,
        waiting: wire.waiting,
        receipt: wire.receipt === null ? null : fromBase64Url(wire.receipt),
        answeredAt: answered.get(wire.window) ?? null,
      })),
    destroy() {
      awareness.off('update', onUpdate);
    },
  };
}
