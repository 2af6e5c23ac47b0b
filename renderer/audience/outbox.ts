import type { PhoneFrame, PhoneRoom } from '../../src/core/protocol/voting-frames.ts';
import type { Kept } from './kept.ts';
import { declaredFits } from './said.ts';

/** Sends what is on its way, each with the number that it was given; saying it again is harmless. C1 */
export interface Outbox {
  declared(): void;
  name(): void;
  hand(): void;
  /** @param poll the poll's id. */
  readonly answer: (poll: string) => void;
  readonly objection: (poll: string) => void;
  asked(): void;
  all(): void;
}

export interface OutboxOptions {
  readonly kept: Readonly<Kept>;
  readonly room: () => PhoneRoom | null;
  readonly send: (frame: PhoneFrame) => void;
}

export function createOutbox({ kept, room, send }: OutboxOptions): Outbox {
  const outbox: Outbox = {
    declared() {
      const { pending } = kept.declared;
      const now = room();
      // What an earlier session's groups were called says nothing here.
      if (pending === null || now === null || !declaredFits(pending.value, now)) return;
      send({ type: 'me', ...pending.value });
    },
    name() {
      const { pending } = kept.name;
      if (pending !== null) send({ type: 'name', name: pending.value });
    },
    hand() {
      const { pending } = kept.hand;
      if (pending === null) return;
      send({ type: 'hand', sequence: pending.sequence, up: pending.value });
    },
    answer(poll) {
      const pending = kept.answers[poll]?.pending ?? null;
      if (pending === null) return;
      send({ type: 'ballot', poll, sequence: pending.sequence, choice: pending.value });
    },
    objection(poll) {
      const pending = kept.objections[poll]?.pending ?? null;
      if (pending === null) return;
      send({ type: 'object', poll, sequence: pending.sequence, text: pending.value });
    },
    asked() {
      for (const { id, kind, text, state } of kept.asked) {
        if (state === 'sending') send({ type: 'ask', id, kind, text });
      }
    },
    all() {
      outbox.declared();
      Object.keys(kept.answers).forEach(outbox.answer);
      Object.keys(kept.objections).forEach(outbox.objection);
      outbox.hand();
      outbox.name();
      outbox.asked();
    },
  };
  return outbox;
}
