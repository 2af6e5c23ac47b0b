import * as v from 'valibot';
import type * as Y from 'yjs';
import { type Role, roles } from '../protocol/role.ts';
import type { DeviceId } from './ids.ts';

/**
 * A laptop that takes part, as it has entered itself: a facilitator's in its group's document, the
 * rapporteur's in the report's, a moderator's in the plan.
 */
export interface EnteredLaptop {
  readonly deviceId: DeviceId;
  readonly role: Role;
  /** The ticket that it came with. */
  readonly ticketId: string;
  /** What is sealed with this key it alone can open (`sealed-box.ts`); 43 characters of base64url. */
  readonly boxKey: string;
  /** Left out for all but the plenary laptop, whose access nobody takes back. */
  readonly plenary?: boolean | undefined;
  /** When it entered, by the plenary laptop's clock: milliseconds since 1970. */
  readonly at: number;
}

const ROOT = 'laptops';
const schema = v.object({
  role: v.picklist(roles),
  ticketId: v.pipe(v.string(), v.maxLength(64)),
  boxKey: v.pipe(v.string(), v.regex(/^[\w-]{43}$/u)),
  plenary: v.optional(v.boolean()),
  at: v.pipe(v.number(), v.finite()),
});

/** Those that have entered themselves, the first first; what is none is left out. */
export function laptopsIn(doc: Y.Doc): readonly EnteredLaptop[] {
  return [...doc.getMap(ROOT)]
    .flatMap(([deviceId, entry]) => {
      const read = v.safeParse(schema, entry);
      return read.success ? [{ deviceId: deviceId as DeviceId, ...read.output }] : [];
    })
    .sort((a, b) => a.at - b.at);
}

/** Enters this laptop, or changes its entry where the ticket or the key is another. */
export function enterLaptop(doc: Y.Doc, { deviceId, ...entry }: EnteredLaptop): void {
  const known = laptopsIn(doc).find((laptop) => laptop.deviceId === deviceId);
  const isSame =
    known?.boxKey === entry.boxKey &&
    known.ticketId === entry.ticketId &&
    known.role === entry.role &&
    known.plenary === entry.plenary;
  if (!isSame) doc.getMap(ROOT).set(deviceId, { ...entry });
}

export function onLaptops(doc: Y.Doc, listener: () => void): () => void {
  const root = doc.getMap(ROOT);
  root.observe(listener);
  return () => root.unobserve(listener);
}
