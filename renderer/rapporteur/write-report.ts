import type { FileKind } from '../../src/core/protocol/machine.ts';
import type { Report } from '../../src/core/report/model.ts';
import type { WriteAnswer, WriteJob } from './report-worker.ts';

export type ReportFormat = WriteJob['format'];

/** `description` is a key of the messages: what a person reads in the dialog. */
export const fileKinds = {
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: '.docx',
  },
  md: { mediaType: 'text/markdown', extension: '.md' },
} satisfies Record<ReportFormat, Omit<FileKind, 'description'>>;

/**
 * The report as a file's bytes, written in a worker so that the screen goes on. Rejects where the
 * writer failed, which no report should make it do.
 */
export function writeReport(report: Report, format: ReportFormat): Promise<Uint8Array> {
  const worker = new Worker(new URL('./report-worker.ts', import.meta.url), { type: 'module' });
  const job: WriteJob = { report, format };
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<WriteAnswer>) => {
      if (data.ok) resolve(data.bytes);
      else reject(new Error(data.message));
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(job);
  }).finally(() => worker.terminate());
}
