import type { Laptop, SessionStatus } from '../../../src/browser/sync/status.ts';
import type { Role } from '../../../src/core/protocol/ticket.ts';

/** How many laptops of one role answer at the moment. */
export const laptopsHere = (laptops: readonly Laptop[], role: Role): number =>
  new Set(
    laptops
      .filter((laptop) => laptop.role === role && laptop.inContact)
      .map(({ deviceId }) => deviceId),
  ).size;

/**
 * Where laptops of a role that is no group's are heard: in the document that they write. A rapporteur's
 * with an older Caucus's ticket writes the plan.
 */
export const laptopsOf = ({ plan, report }: SessionStatus, role: Role): readonly Laptop[] =>
  role === 'rapporteur' ? [...(report?.laptops ?? []), ...plan.laptops] : plan.laptops;
