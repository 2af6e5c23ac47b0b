import * as v from 'valibot';
import type { HubResult } from '../../src/core/protocol/machine.ts';

const schema = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    state: v.object({
      localUrl: v.string(),
      openToNetwork: v.boolean(),
      addresses: v.array(v.string()),
    }),
  }),
  v.object({ ok: v.literal(false), reason: v.picklist(['not-running', 'no-port', 'no-network']) }),
]);

/** What the process beside the page answered; anything but a hub's answer counts as no hub. */
export function readHubResult(answer: unknown): HubResult {
  const result = v.safeParse(schema, answer);
  return result.success ? result.output : { ok: false, reason: 'not-running' };
}
