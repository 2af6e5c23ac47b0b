import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly unknown[] }[];
}
declare global {
  var axe: { run(options: object): Promise<AxeResults> };
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

const themes = [
  ['light', []],
  // In the dark only the colours are others.
  ['dark', ['color-contrast', 'link-in-text-block']],
] as const;

/** What axe-core finds wrong with the screen, in light and then in dark, each as "rule: elements". */
export async function axeInBoth(page: Page): Promise<readonly string[]> {
  // By the debugger, which the page's policy does not concern.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const found: string[] = [];
  for (const [colorScheme, runOnly] of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate(async (only) => {
      // Something that is fading in has no contrast yet.
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      return axe.run({ resultTypes: ['violations'], ...(only.length > 0 && { runOnly: only }) });
    }, runOnly);
    found.push(
      ...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${JSON.stringify(nodes)}`),
    );
  }
  return found;
}
