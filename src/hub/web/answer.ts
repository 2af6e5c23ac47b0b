import type { IncomingMessage, ServerResponse } from 'node:http';
import { GREETING_PATH } from '../../core/protocol/relay-frame.ts';
import { answerControl, controlRoutes } from './control.ts';
import type { HubControl } from './control.ts';
import { refuse, send, sendJson } from './respond.ts';
import { createServeApp } from './serve-app.ts';
import type { ServePhonePage } from './serve-phone-page.ts';

/** What tells a hub of ours from any other server. */
const greeting = { name: 'caucus', protocol: 1 };

/** What one of the hub's listeners answers to plain requests. */
export interface Pages {
  /** Every path that leads anywhere; "/" stands for the files of the app. */
  readonly paths: readonly string[];
  readonly answer: (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ) => Promise<void>;
}

function answerGreeting(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(request, response, 'wrong-method', { Allow: 'GET, HEAD' });
    return;
  }
  // The guard has let through no page but ours, which sits at another origin than this hub.
  const { origin } = request.headers;
  sendJson(
    request,
    response,
    greeting,
    origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' },
  );
}

export interface LoopbackOptions {
  readonly control: HubControl;
  readonly appDirectory: string | null;
}

/** What this laptop's own listener answers: the greeting, the control of the hub, the app. */
export function loopbackPages({ control, appDirectory }: LoopbackOptions): Pages {
  const serveApp = appDirectory === null ? null : createServeApp(appDirectory);

  const answer: Pages['answer'] = async (request, response, path) => {
    if (path === GREETING_PATH) {
      answerGreeting(request, response);
      return;
    }
    if (await answerControl(control, request, response, path)) return;
    if (serveApp === null) {
      refuse(request, response, 'not-found');
      return;
    }
    const { host = '' } = request.headers;
    if (path === '/' && !/^localhost(:|$)/i.test(host)) {
      // The browser keeps notes by origin: at another name for the same laptop they would seem gone.
      const location = `http://${host.replace(/^(\[[^\]]*\]|[^:]*)/, 'localhost')}/`;
      send(request, response, 302, { Location: location, 'Cache-Control': 'no-store' }, '');
      return;
    }
    await serveApp(request, response, path);
  };
  const app = serveApp === null ? [] : ['/'];
  return { paths: [GREETING_PATH, ...Object.keys(controlRoutes), ...app], answer };
}

/** What the network's listener answers: the greeting, the phones' page, and no more. */
export function networkPages(phonePage: ServePhonePage | null): Pages {
  return {
    paths: [GREETING_PATH, ...(phonePage === null ? [] : ['/'])],
    answer(request, response, path) {
      if (path === GREETING_PATH) answerGreeting(request, response);
      else if (path === '/' && phonePage !== null) phonePage(request, response);
      else refuse(request, response, 'not-found');
      return Promise.resolve();
    },
  };
}
