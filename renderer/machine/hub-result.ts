import * as v from 'valibot';
import { hubResultSchema } from '../../src/core/protocol/hub-result.ts';
import type { HubResult } from '../../src/core/protocol/machine.ts';

/** What the process beside the page answered; anything but a hub's answer counts as no hub. */
export function readHubResult(answer: unknown): HubResult {
  const result = v.safeParse(hubResultSchema, answer);
  return result.success ? result.output : { ok: false, reason: 'not-running' };
}
