import { vi } from 'vitest';

/** Waits until `check` no longer throws; long enough for a machine that is busy with other things. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 15_000, interval: 10 });
}
