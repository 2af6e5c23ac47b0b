import type { Laptop } from '../../../src/browser/sync/status.ts';
import type { Role } from '../../../src/core/protocol/ticket.ts';

/** How many laptops of one role answer at the moment. */
export const laptopsHere = (laptops: readonly Laptop[], role: Role): number =>
  laptops.filter((laptop) => laptop.role === role && laptop.inContact).length;
