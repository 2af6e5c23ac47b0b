import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './tools/chromium.ts';
import { LongestFirst } from './tools/longest-first.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What looks at how long something takes, or whether a screen tells the truth within 3 s, and what
 * has many laptops at once: nothing else may run beside them.
 */
const alone = [
  'test/unit/**/*-fuzz.slow.test.ts',
  'test/unit/hub/voting/**/*.slow.test.ts',
  'test/e2e/idle-chatter.test.ts',
  'test/e2e/attack.test.ts',
  'test/e2e/rehearsal.test.ts',
  'test/e2e/venue.test.ts',
  'test/e2e-electron/**/*.test.ts',
];
/** Two cores, and two files at a time; also by whoever has more, so that it is the same there. */
const maxWorkers = 2;

/**
 * Fastest first: `unit` and `unit-electron` in Node, `browser` in a real Chromium page, `slow`, then
 * `e2e`, which drives whole laptops from Node, and of those what has to be `alone`. `npm test` runs
 * them in this order.
 */
export default defineConfig({
  root,
  test: {
    sequence: { sequencer: LongestFirst },
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
          maxWorkers,
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
          maxWorkers,
        },
      },
      {
        root,
        plugins: [react()],
        // React as people get it: the one for developers takes most of a test's time for its traces.
        oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: false } },
        optimizeDeps: {
          // Found before the run: a page that is reloaded in the middle of a test fails it.
          entries: ['renderer/main.tsx', 'test/browser/**/*.{ts,tsx}'],
          include: ['axe-core'],
          rolldownOptions: { transform: { define: { 'process.env.NODE_ENV': '"production"' } } },
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          maxWorkers,
          expect: { poll: { timeout: 15_000 } },
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
          // What computes for long, and what mostly waits for y-webrtc to give up.
          name: 'slow',
          include: ['test/unit/**/*.slow.test.ts', 'test/e2e/stock/**/*.test.ts'],
          exclude: alone,
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: [...alone, 'test/e2e/stock/**'],
          environment: 'node',
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 120_000,
          maxWorkers,
        },
      },
      {
        root,
        test: {
          name: 'alone',
          include: alone,
          environment: 'node',
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
