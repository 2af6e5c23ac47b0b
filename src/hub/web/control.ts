import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HubResult } from '../../core/protocol/machine.ts';
import { isCrossSite } from './request-guard.ts';
import { refuse, sendJson } from './respond.ts';

export interface HubControl {
  readonly state: () => HubResult;
  readonly openToNetwork: () => Promise<HubResult>;
  readonly closeToNetwork: () => Promise<HubResult>;
}

/**
 * `GET /control/state`, `POST /control/open`, `POST /control/close`: each answers with a `HubResult`
 * in JSON. For this laptop's own page only; what changes something is POST, because a link or an
 * image on any page can make a browser GET.
 *
 * @returns whether the path was one of these.
 */
export async function answerControl(
  control: HubControl,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  const actions = new Map<string, { method: string; run: () => HubResult | Promise<HubResult> }>([
    ['/control/state', { method: 'GET', run: () => control.state() }],
    ['/control/open', { method: 'POST', run: () => control.openToNetwork() }],
    ['/control/close', { method: 'POST', run: () => control.closeToNetwork() }],
  ]);
  const action = actions.get(path);
  if (action === undefined) return false;
  if (isCrossSite(request)) refuse(request, response, 'foreign-origin');
  else if (request.method !== action.method) {
    refuse(request, response, 'wrong-method', { Allow: action.method });
  } else sendJson(request, response, await action.run());
  return true;
}
