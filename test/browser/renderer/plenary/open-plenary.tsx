import { createRoot } from 'react-dom/client';
import { afterEach } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '../../../../renderer/app.tsx';
import english from '../../../../renderer/messages/en.json' with { type: 'json' };
import { routeHash } from '../../../../renderer/routes.ts';
import '../../../../renderer/shared/base.css';
import type { MessageFile } from '../../../../renderer/shared/translate.ts';
import type { Machine } from '../../../../src/core/protocol/machine.ts';
import { createFakeApp, type FakeApp } from '../fake-app.ts';
import { createFakeMachine, type FakeMachine } from '../fake-machine.ts';
import {
  createPlenarySession,
  type PlenaryOptions,
  type PlenarySession,
} from './plenary-session.ts';

export interface OpenPlenary extends PlenarySession {
  readonly app: FakeApp;
  readonly machine: FakeMachine;
}

let close: (() => void) | null = null;

afterEach(() => {
  close?.();
  close = null;
  window.location.hash = '';
});

export interface OpenOptions extends Partial<PlenaryOptions> {
  readonly messages?: MessageFile;
  readonly machine?: Partial<Machine>;
  /** Changes the session before the screen opens. */
  readonly before?: (session: PlenarySession) => void;
}

/** Opens the plenary screen of a workshop on real documents, as large as a laptop's. */
export async function openPlenary(options: OpenOptions = {}): Promise<OpenPlenary> {
  await page.viewport(1280, 720);
  const app = createFakeApp();
  const machine = { ...createFakeMachine(), ...options.machine };
  const session = await createPlenarySession(app, {
    groups: options.groups ?? 3,
    notes: options.notes ?? 24,
    recommendations: options.recommendations ?? 3,
    ...(options.running !== undefined && { running: options.running }),
  });
  options.before?.(session);
  window.location.hash = routeHash({ screen: 'board', sessionId: session.sessionId });
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  const root = createRoot(place);
  root.render(<App app={app} machine={machine} messages={options.messages ?? english} />);
  close = () => {
    root.unmount();
    place.remove();
  };
  return { ...session, app, machine };
}
