import { type FileKind, MAX_FILE_BYTES, type OpenResult } from '../../src/core/protocol/machine.ts';

/** Reads a file that a person chose or dropped. */
export async function readOpenedFile(file: File): Promise<OpenResult> {
  if (file.size > MAX_FILE_BYTES) return { ok: false, reason: 'too-large' };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { ok: true, file: { name: file.name, bytes } };
  } catch (error) {
    // The stick was pulled out, or it was a folder.
    if (error instanceof DOMException) return { ok: false, reason: 'failed' };
    throw error;
  }
}

/** Lets a person choose a file. To be called while a press or a key is being handled. */
export function askForFile(document: Document, kind: FileKind): Promise<OpenResult> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = [kind.extension, kind.mediaType].join(',');
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve({ ok: false, reason: 'cancelled' }));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(file === undefined ? { ok: false, reason: 'cancelled' } : readOpenedFile(file));
    });
    input.click();
  });
}
