import { afterEach, expect } from 'vitest';
import { page } from 'vitest/browser';
import { routeHash } from '../../../../renderer/routes.ts';
import type { MessageFile } from '../../../../renderer/shared/translate.ts';
import type { Machine } from '../../../../src/core/protocol/machine.ts';
import { createFakeApp, type FakeApp, type FakeAppOptions } from '../fake-app.ts';
import { createFakeMachine, type FakeMachine } from '../fake-machine.ts';
import { clear, renderApp } from '../render.tsx';
import {
  createPlenarySession,
  type PlenaryOptions,
  type PlenarySession,
} from './plenary-session.ts';

export interface OpenPlenary extends PlenarySession {
  readonly app: FakeApp;
  readonly machine: FakeMachine;
}

afterEach(() => {
  clear();
  window.location.hash = '';
});

export interface OpenOptions extends Partial<PlenaryOptions> {
  readonly messages?: MessageFile;
  readonly machine?: Partial<Machine>;
  readonly app?: FakeAppOptions;
  /** False: this is another moderator's laptop. */
  readonly plenary?: boolean;
  /** Changes the session before the screen opens. */
  readonly before?: (session: PlenarySession) => void;
}

/** Opens the plenary screen of a workshop on real documents, as large as a laptop's. */
export async function openPlenary(options: OpenOptions = {}): Promise<OpenPlenary> {
  await page.viewport(1280, 720);
  const app = createFakeApp(options.app);
  const machine = { ...createFakeMachine(), ...options.machine };
  const session = await createPlenarySession(app, {
    groups: options.groups ?? 3,
    notes: options.notes ?? 24,
    recommendations: options.recommendations ?? 3,
    ...(options.running !== undefined && { running: options.running }),
  });
  options.before?.(session);
  if (options.plenary === false) app.become(session.sessionId, { plenary: false });
  const address = routeHash({ screen: 'board', sessionId: session.sessionId });
  renderApp(app, address, {
    machine,
    ...(options.messages !== undefined && { messages: options.messages }),
  });
  // The screen's own code is loaded when it is first opened.
  await expect
    .poll(() => document.querySelector('[role=tablist]'), { timeout: 15_000 })
    .not.toBeNull();
  return { ...session, app, machine };
}
