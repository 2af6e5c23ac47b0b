import type { TurnedAway } from '../core/protocol/machine.ts';
import type { HubEvent } from './hub-log.ts';

/** What the relay refuses for, as far as a moderator should hear of it; the rest is of no account. */
const kinds = {
  'wrong-key': 'stranger',
  'no-pass': 'stranger',
  'pass-expired': 'old-ticket',
  'taken-back': 'taken-back',
  'read-only': 'only-reads',
} as const satisfies Readonly<Record<string, TurnedAway['kind']>>;

/** Counts what laptops on the network were refused, for the screen of the laptop whose hub this is. */
export function createTurnedAway(now: () => number): {
  note(event: HubEvent): void;
  list(): readonly TurnedAway[];
} {
  const counted = new Map<TurnedAway['kind'], TurnedAway>();
  return {
    note(event) {
      if (event.event !== 'document-refused' || !(event.reason in kinds)) return;
      const kind = kinds[event.reason as keyof typeof kinds];
      counted.set(kind, { kind, count: (counted.get(kind)?.count ?? 0) + 1, lastAt: now() });
    },
    list: () => [...counted.values()],
  };
}
