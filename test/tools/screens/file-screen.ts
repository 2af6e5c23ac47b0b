import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { words, wordsPattern } from './words.ts';

async function chooseInMenu(page: Page, key: string): Promise<void> {
  const bar = page.getByRole('banner').first();
  await bar.getByRole('button', { name: words('frame.menu'), exact: true }).click();
  await page.getByRole('menuitem', { name: words(key) }).click();
}

export interface SessionFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Saves a copy for a USB stick, and gives back what is on the stick then. */
export async function saveSessionFile(page: Page): Promise<SessionFile> {
  const download = page.waitForEvent('download');
  await chooseInMenu(page, 'file.save');
  // Where there has been contact, the screen asks what to put onto the stick.
  const smaller = page.getByRole('button', { name: wordsPattern('file.save-lacking') });
  await smaller
    .or(page.getByText(wordsPattern('file.saved')))
    .first()
    .waitFor();
  if ((await smaller.count()) > 0) await smaller.click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Opens a session file from a stick, looks what is in it, and takes it in. */
export async function takeInSessionFile(page: Page, file: SessionFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await chooseInMenu(page, 'file.open');
  await (
    await chooser
  ).setFiles({ name: file.name, mimeType: 'application/octet-stream', buffer: file.bytes });
  await page.getByRole('button', { name: words('file.take-in') }).click();
  await page.getByText(words('file.taken-in'), { exact: true }).waitFor();
  await page.getByRole('button', { name: words('file.go-on') }).click();
}

/** Opens a session file that was taken in before; whether the screen says that nothing is new. */
export async function openSeenFile(page: Page, file: SessionFile): Promise<boolean> {
  const chooser = page.waitForEvent('filechooser');
  await chooseInMenu(page, 'file.open');
  await (
    await chooser
  ).setFiles({ name: file.name, mimeType: 'application/octet-stream', buffer: file.bytes });
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const nothingNew = await dialog.getByText(words('file.opened-nothing-new')).count();
  await page.keyboard.press('Escape');
  return nothingNew > 0;
}
