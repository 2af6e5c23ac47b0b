import type { Machine } from '../../src/core/protocol/machine.ts';
import { createBrowserMachine } from './browser-machine.ts';
import { withDroppedFiles } from './dropped-files.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload script; absent in the browser shell. */
    readonly caucusMachine?: Machine;
  }
}

/** The machine that the app runs on. */
export const machineAtHand = (window: Window): Machine =>
  withDroppedFiles(window.caucusMachine ?? createBrowserMachine(window), window);
