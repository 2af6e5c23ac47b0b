import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { announcedSessionsSchema } from '../../core/protocol/hub-result.ts';
import type { AnnouncedSession, HubResult } from '../../core/protocol/machine.ts';
import { readJsonBody } from './read-json-body.ts';
import { isCrossSite } from './request-guard.ts';
import { refuse, sendJson } from './respond.ts';

export interface HubControl {
  readonly state: () => HubResult;
  readonly openToNetwork: () => Promise<HubResult>;
  readonly closeToNetwork: () => Promise<HubResult>;
  readonly announce: (sessions: readonly AnnouncedSession[]) => Promise<HubResult>;
}

/** Sixteen sessions, each with its tag, take less than 1 KiB. */
const MAX_BODY_BYTES = 4096;

/**
 * `GET /control/state`, `POST /control/open`, `POST /control/close` and `POST /control/announce`, whose
 * body is an array of `AnnouncedSession` in JSON: each answers with a `HubResult` in JSON. For this
 * laptop's own page only; what changes something is POST, because a link or an image on any page can
 * make a browser GET.
 *
 * @returns whether the path was one of these.
 */
export async function answerControl(
  control: HubControl,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  /** Null where what was sent along cannot be read. */
  async function announce(): Promise<HubResult | null> {
    const body = v.safeParse(announcedSessionsSchema, await readJsonBody(request, MAX_BODY_BYTES));
    return body.success ? control.announce(body.output) : null;
  }
  type Run = () => HubResult | Promise<HubResult | null>;
  const actions = new Map<string, { method: string; run: Run }>([
    ['/control/state', { method: 'GET', run: () => control.state() }],
    ['/control/open', { method: 'POST', run: () => control.openToNetwork() }],
    ['/control/close', { method: 'POST', run: () => control.closeToNetwork() }],
    ['/control/announce', { method: 'POST', run: announce }],
  ]);
  const action = actions.get(path);
  if (action === undefined) return false;
  if (isCrossSite(request)) refuse(request, response, 'foreign-origin');
  else if (request.method !== action.method) {
    refuse(request, response, 'wrong-method', { Allow: action.method });
  } else {
    const result = await action.run();
    if (result === null) refuse(request, response, 'malformed-request');
    else sendJson(request, response, result);
  }
  return true;
}
