import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './tools/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Slow tests that look at how long something takes: nothing else may run beside them. */
const timed = ['test/unit/**/*-fuzz.slow.test.ts', 'test/unit/hub/voting/**/*.slow.test.ts'];

/**
 * Fastest first: `unit` and `unit-electron` in Node, `browser` in a real Chromium page, `slow`, and
 * `e2e`, which drives whole laptops from Node. `npm test` runs them in this order.
 */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // What takes seconds waits for the others; with the end-to-end tests, below.
          exclude: ['**/*.slow.test.ts', 'test/unit/electron/**'],
          environment: 'node',
          testTimeout: 20_000,
          // These files leave nothing behind, and a fresh worker for each would take longer.
          isolate: false,
        },
      },
      {
        root,
        test: {
          // They stand in for the module `electron`, each in its own way.
          name: 'unit-electron',
          include: ['test/unit/electron/**/*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        root,
        plugins: [react()],
        // Found before the run: a page that is reloaded in the middle of a test fails it.
        optimizeDeps: {
          entries: ['renderer/main.tsx', 'test/browser/**/*.{ts,tsx}'],
          include: ['axe-core'],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
          globalSetup: ['test/browser/hub-for-tests.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        root,
        test: {
          // What computes for long, and what mostly waits for y-webrtc to give up: two at a time.
          name: 'slow',
          include: ['test/unit/**/*.slow.test.ts', 'test/e2e/stock/**/*.test.ts'],
          exclude: timed,
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          include: [...timed, 'test/e2e/**/*.test.ts', 'test/e2e-electron/**/*.test.ts'],
          exclude: ['test/e2e/stock/**'],
          environment: 'node',
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 120_000,
          // Two cores: one workshop at a time.
          fileParallelism: false,
        },
      },
    ],
  },
});
