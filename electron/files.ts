import { open } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { MAX_FILE_BYTES } from '../src/core/protocol/machine.ts';
import type { FileKind, OpenResult, SaveResult } from '../src/core/protocol/machine.ts';
import { writeWhole } from './write-whole.ts';

/** Lets the person choose a place, beginning in their documents, and writes there whole or not at all. */
export async function saveFile(
  window: BrowserWindow,
  name: string,
  kind: FileKind,
  bytes: Uint8Array,
): Promise<SaveResult> {
  const choice = await dialog.showSaveDialog(window, {
    defaultPath: path.join(app.getPath('documents'), safeFileName(name)),
    filters: [dialogFilter(kind)],
  });
  if (choice.canceled) {
    return { ok: false, reason: 'cancelled' };
  }
  const outcome = await writeWhole(choice.filePath, bytes);
  return outcome === 'written' ? { ok: true } : { ok: false, reason: outcome };
}

/** Lets the person choose one file and reads it. */
export async function openFile(window: BrowserWindow, kind: FileKind): Promise<OpenResult> {
  const choice = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [dialogFilter(kind)],
  });
  const [chosen] = choice.filePaths;
  return choice.canceled || chosen === undefined
    ? { ok: false, reason: 'cancelled' }
    : readCapped(chosen);
}

/** Reads a file of at most MAX_FILE_BYTES; its size is looked at before a byte of it is read. */
export async function readCapped(
  file: string,
): Promise<Exclude<OpenResult, { reason: 'cancelled' }>> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_FILE_BYTES) {
        return { ok: false, reason: 'too-large' };
      }
      const bytes = new Uint8Array(await handle.readFile());
      return { ok: true, file: { name: path.basename(file), bytes } };
    } finally {
      await handle.close();
    }
  } catch (error) {
    console.error('The file could not be read:', error);
    return { ok: false, reason: 'failed' };
  }
}

/** A session may be called "Value / elements: which?"; no file may, on every system at once. */
function safeFileName(name: string): string {
  const cleaned = name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .replace(/^\.+/, '')
    .trim();
  return cleaned === '' ? 'Caucus' : cleaned;
}

function dialogFilter(kind: FileKind): { name: string; extensions: string[] } {
  return { name: kind.description, extensions: [kind.extension.slice(1)] };
}
