import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { App } from '../../../renderer/app.tsx';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import '../../../renderer/shared/base.css';
import type { MessageFile } from '../../../renderer/shared/translate.ts';
import type { FakeApp } from './fake-app.ts';
import { createFakeMachine, type FakeMachine } from './fake-machine.ts';

let shown: { readonly root: Root; readonly place: HTMLElement } | null = null;

/** Draws into a page of its own, instead of what the last test drew. */
export function render(node: ReactNode): HTMLElement {
  clear();
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  const root = createRoot(place);
  shown = { root, place };
  flushSync(() => root.render(node));
  return place;
}

/** Takes away what was drawn, as when the window is closed. */
export function clear(): void {
  shown?.root.unmount();
  shown?.place.remove();
  shown = null;
}

export interface AppOptions {
  readonly machine?: FakeMachine;
  readonly messages?: MessageFile;
}

/** Draws the whole app at an address like "#/join". */
export function renderApp(app: FakeApp, hash: string, options: AppOptions = {}): FakeMachine {
  const machine = options.machine ?? createFakeMachine();
  window.location.hash = hash;
  render(<App app={app} machine={machine} messages={options.messages ?? english} />);
  return machine;
}
