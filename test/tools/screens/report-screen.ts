import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { words, wordsPattern } from './words.ts';

export interface ReportWords {
  readonly summary: string;
  readonly advice: string;
  /** By the question's letter. */
  readonly assessments: Readonly<Record<string, string>>;
}

export async function showReport(page: Page): Promise<void> {
  await page.getByRole('link', { name: words('frame.report'), exact: true }).click();
  await page.waitForURL(/\/report/u);
}

/** Writes the rapporteur's own texts in their places. */
export async function writeReport(page: Page, texts: ReportWords): Promise<void> {
  const write = async (label: string | RegExp, text: string): Promise<void> => {
    const field = page.getByRole('textbox', { name: label });
    await field.focus();
    await page.keyboard.insertText(text);
  };
  await write(words('report.label-summary'), texts.summary);
  await write(words('report.label-advice'), texts.advice);
  const assessments = page.getByRole('textbox', { name: wordsPattern('report.label-assessment') });
  for (const [place, text] of Object.values(texts.assessments).entries()) {
    await assessments.nth(place).focus();
    await page.keyboard.insertText(text);
  }
}

/** Exports by key and menu, and gives back the file that the browser received. */
export async function exportReport(page: Page, kind: 'docx' | 'md'): Promise<Uint8Array> {
  await page.keyboard.press('Control+e');
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: words(`report.export-${kind}`) }).click();
  const file = await (await download).path();
  return readFileSync(file);
}
