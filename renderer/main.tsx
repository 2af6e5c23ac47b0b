import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createCaucusApp } from '../src/browser/app/create-app.ts';
import { App } from './app.tsx';
import { machineAtHand } from './machine/machine.ts';
import english from './messages/en.json';
import './shared/base.css';
import { applyTheme } from './shared/theme.ts';

applyTheme();
const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the app');
const machine = machineAtHand(window);
const app = await createCaucusApp({ machine });
createRoot(place).render(
  <StrictMode>
    <App app={app} machine={machine} messages={english} />
  </StrictMode>,
);
