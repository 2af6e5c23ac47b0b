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

/** What can be asked, and how. */
export const controlRoutes = {
  '/control/state': 'GET',
  '/control/open': 'POST',
  '/control/close': 'POST',
  '/control/announce': 'POST',
} as const;
type ControlPath = keyof typeof controlRoutes;
const isControlPath = (path: string): path is ControlPath => Object.hasOwn(controlRoutes, path);

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
  const actions: Record<ControlPath, () => HubResult | Promise<HubResult | null>> = {
    '/control/state': () => control.state(),
    '/control/open': () => control.openToNetwork(),
    '/control/close': () => control.closeToNetwork(),
    '/control/announce': announce,
  };
  if (!isControlPath(path)) return false;
  const method = controlRoutes[path];
  if (isCrossSite(request)) refuse(request, response, 'foreign-origin');
  else if (request.method !== method) {
    refuse(request, response, 'wrong-method', { Allow: method });
  } else {
    const result = await actions[path]();
    if (result === null) refuse(request, response, 'malformed-request');
    else sendJson(request, response, result);
  }
  return true;
}
