import type { FileKind, SaveResult } from '../../src/core/protocol/machine.ts';

interface SavePickerOptions {
  readonly suggestedName: string;
  readonly types: readonly {
    readonly description: string;
    readonly accept: Readonly<Record<string, readonly string[]>>;
  }[];
}
/** Chromium has it; others put the file into the downloads. */
interface WithSavePicker {
  readonly document: Document;
  readonly showSaveFilePicker?: (options: SavePickerOptions) => Promise<FileSystemFileHandle>;
}

/**
 * Saves where the person says, whole or not at all. What is written goes into a file aside, and takes
 * the place of the old one when the stream is closed, not before: so says the File System Standard
 * of `createWritable` (https://fs.spec.whatwg.org/#api-filesystemfilehandle-createwritable), and so
 * does Chromium, with a `.crswap` beside the file. A stream that failed is aborted, which takes the
 * file aside away; a window that dies leaves the old file as it was.
 */
export async function saveFile(
  window: WithSavePicker,
  name: string,
  kind: FileKind,
  bytes: Uint8Array,
): Promise<SaveResult> {
  // A copy in a buffer of its own: a view into a larger one cannot be written everywhere.
  const content = new Blob([new Uint8Array(bytes)], { type: kind.mediaType });
  if (window.showSaveFilePicker === undefined) return download(window.document, name, content);
  try {
    const handle = await window.showSaveFilePicker({
      suggestedName: name,
      types: [{ description: kind.description, accept: { [kind.mediaType]: [kind.extension] } }],
    });
    await writeAside(await handle.createWritable(), content);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: refusalOf(error) };
  }
}

async function writeAside(stream: FileSystemWritableFileStream, content: Blob): Promise<void> {
  try {
    await stream.write(content);
    await stream.close();
  } catch (error) {
    // Why it failed is what counts; that a broken stream cannot even be given up changes nothing.
    await stream.abort().catch((left: unknown) => {
      console.error('What was written of the file could not be taken away:', left);
    });
    throw error;
  }
}

function refusalOf(error: unknown): Extract<SaveResult, { readonly ok: false }>['reason'] {
  if (!(error instanceof DOMException)) throw error;
  switch (error.name) {
    case 'AbortError':
      return 'cancelled';
    case 'QuotaExceededError':
      return 'no-space';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'not-allowed';
    default:
      return 'failed';
  }
}

function download(document: Document, name: string, content: Blob): SaveResult {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken the content over by the time that the click returns to the queue.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return { ok: true };
}
