import type { Report } from '../../src/core/report/model.ts';
import { writeDocx } from '../../src/core/report/write-docx.ts';
import { writeMarkdown } from '../../src/core/report/write-markdown.ts';

/**
 * Writes reports beside the page: a Word document of ten thousand notes takes seconds, in which the
 * screen would stand still. One job per worker.
 */
export interface WriteJob {
  readonly report: Report;
  readonly format: 'docx' | 'md';
}

export type WriteAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly message: string };

async function write({ report, format }: WriteJob): Promise<Uint8Array<ArrayBuffer>> {
  return format === 'md'
    ? new TextEncoder().encode(writeMarkdown(report))
    : new Uint8Array(await writeDocx(report));
}

globalThis.addEventListener('message', (event: MessageEvent<WriteJob>) => {
  void write(event.data).then(
    (bytes) => answer({ ok: true, bytes }),
    (error: unknown) => answer({ ok: false, message: String(error) }),
  );
});

function answer(result: WriteAnswer): void {
  globalThis.postMessage(result, { transfer: result.ok ? [result.bytes.buffer] : [] });
}
