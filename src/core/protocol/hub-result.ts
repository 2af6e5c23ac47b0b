import * as v from 'valibot';
import {
  type AnnouncedSession,
  type HubResult,
  type HubState,
  MAX_ANNOUNCED_SESSIONS,
} from './machine.ts';
import { sessionTagPattern } from './session-tag.ts';

/** For what crosses from one process to another; each has the type itself, so that the two cannot drift apart. */

const texts = v.array(v.string());

export const hubStateSchema: v.GenericSchema<unknown, HubState> = v.object({
  localUrl: v.string(),
  openToNetwork: v.boolean(),
  addresses: texts,
  hubId: v.string(),
  found: v.array(
    v.object({ hubId: v.string(), plenary: v.boolean(), sessions: texts, addresses: texts }),
  ),
  turnedAway: v.optional(
    v.array(
      v.object({
        kind: v.picklist(['stranger', 'old-ticket', 'taken-back', 'only-reads']),
        count: v.number(),
        lastAt: v.number(),
      }),
    ),
  ),
});

export const hubResultSchema: v.GenericSchema<unknown, HubResult> = v.variant('ok', [
  v.object({ ok: v.literal(true), state: hubStateSchema }),
  v.object({ ok: v.literal(false), reason: v.picklist(['not-running', 'no-port', 'no-network']) }),
]);

export const announcedSessionsSchema: v.GenericSchema<unknown, AnnouncedSession[]> = v.pipe(
  v.array(
    v.strictObject({
      tag: v.pipe(v.string(), v.regex(sessionTagPattern)),
      plenary: v.boolean(),
    }),
  ),
  v.maxLength(MAX_ANNOUNCED_SESSIONS),
);
