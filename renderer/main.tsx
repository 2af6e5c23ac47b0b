import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { CaucusApp } from '../src/browser/app/types.ts';
import { createCaucusApp } from '../src/browser/app/create-app.ts';
import { App } from './app.tsx';
import { machineAtHand } from './machine/machine.ts';
import english from './messages/en.json';
import { NotStarted } from './not-started.tsx';
import './shared/base.css';
import { MessagesProvider } from './shared/messages.tsx';
import { applyTheme } from './shared/theme.ts';
import { UnlockScreen } from './start/unlock-screen.tsx';

applyTheme();
const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the app');
const machine = machineAtHand(window);
const root = createRoot(place);
const show = (screen: ReactNode): void => root.render(<StrictMode>{screen}</StrictMode>);

/** Null where this laptop's storage cannot be opened at all. */
async function openApp(): Promise<CaucusApp | null> {
  try {
    return await createCaucusApp({
      machine,
      onLocked: (lock) =>
        show(
          <MessagesProvider file={english}>
            <UnlockScreen lock={lock} />
          </MessagesProvider>,
        ),
    });
  } catch (error) {
    console.error('Storage could not be opened', error);
    return null;
  }
}

const app = await openApp();
show(
  app === null ? (
    <MessagesProvider file={english}>
      <NotStarted />
    </MessagesProvider>
  ) : (
    <App app={app} machine={machine} messages={english} />
  ),
);
