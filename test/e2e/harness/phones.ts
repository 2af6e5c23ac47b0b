import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Browser, BrowserContext, Page } from 'playwright-core';
import { build, type Plugin } from 'vite';
import type { PollForm, PollKind } from '../../../src/core/consensus/poll.ts';
import type { PhoneRoom } from '../../../src/core/protocol/voting-frames.ts';

/** The phone page as it is built, in one text. To be called in the project's folder. */
export async function buildPhonePage(plugins: Plugin[] = []): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'caucus-phone-'));
  await build({
    configFile: 'renderer/audience/vite.config.ts',
    logLevel: 'error',
    plugins,
    build: { outDir },
  });
  const html = await readFile(join(outDir, 'index.html'), 'utf8');
  await rm(outDir, { recursive: true });
  return html;
}

export const room: PhoneRoom = {
  title: 'IoT security by design',
  stakeholderGroups: [
    { id: 'gov', name: 'Government' },
    { id: 'tech', name: 'Technical community' },
  ],
  regions: [{ id: 'afr', name: 'African' }],
  breakoutGroups: [],
  codeNeeded: false,
};

export function poll(kind: PollKind, id: string, more: Partial<PollForm> = {}): PollForm {
  const hasOptions = ['single', 'multiple', 'ranking', 'quiz'].includes(kind);
  const options = hasOptions
    ? ['A public register', 'A time limit', 'A label'].map((text, at) => ({ id: `o${at}`, text }))
    : [];
  const most = kind === 'scale' ? 5 : kind === 'multiple' ? 2 : 0;
  const question = `What do you say to ${id}?`;
  return { id, kind, question, options, most, objections: kind === 'agree', ...more };
}

/** Somebody's phone with the page open; what the page complains about fails the test. */
export interface PhoneInHand {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: readonly string[];
  /** What the page says happened to the vote. */
  news(): Promise<string>;
  /** Waits until it says this, in these letters: "Counted" is not "Not counted yet". */
  says(text: string): Promise<void>;
}

export const inTheseLetters = (text: string): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'), 'u');

const NETWORK = /WebSocket connection|ERR_|Failed to load resource/u;

/** @param context a phone that is there already; what it keeps it keeps by the hub's address. */
export async function takePhone(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  context?: BrowserContext,
): Promise<PhoneInHand> {
  return openPage(context ?? (await newPhone(browser, options)), url);
}

export const newPhone = (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 320, height: 568 },
    hasTouch: true,
    isMobile: true,
    ...options,
  });

async function openPage(context: BrowserContext, url: string): Promise<PhoneInHand> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) {
      complaints.push(message.text());
    }
  });
  await page.goto(url);
  const news = page.locator('.news');
  return {
    context,
    page,
    complaints,
    news: () => news.innerText(),
    says: (text) => news.filter({ hasText: inTheseLetters(text) }).waitFor({ timeout: 15_000 }),
  };
}

/** Past the first screen, without saying anything. */
export async function skipWho({ page }: PhoneInHand): Promise<void> {
  await page.getByRole('button', { name: 'Rather not say anything' }).click();
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * What axe-core finds wrong with the page, each as "rule: element".
 *
 * @param rules only these; all where none is named.
 */
export async function findings(
  { page }: PhoneInHand,
  rules: readonly string[] = [],
): Promise<readonly string[]> {
  // By the debugger, which the page's policy does not concern.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(only.length > 0 && { runOnly: only }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }, rules);
}
