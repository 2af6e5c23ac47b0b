import type { Machine } from '../../src/core/protocol/machine.ts';
import { createHandoverQueue } from './handover-queue.ts';
import { readOpenedFile } from './open-file.ts';

/** The machine with one more thing that it hands over, in either shell: files dropped on the window. */
export function withDroppedFiles(machine: Machine, window: Window): Machine {
  const queue = createHandoverQueue();
  const carriesFiles = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') === true;

  window.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    // Without this the window would leave Caucus and show the file.
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    void readOpenedFile(file).then((result) => {
      if (result.ok) queue.hand({ kind: 'file', file: result.file });
    });
  });
  return {
    ...machine,
    onHandover(listener) {
      const stops = [machine.onHandover(listener), queue.listen(listener)];
      return () => stops.forEach((stop) => stop());
    },
  };
}
