import { useState } from 'react';
import type { SaveResult } from '../../src/core/protocol/machine.ts';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { ReportDocument } from '../../src/core/session/report-document.ts';
import { useMachine } from '../app-context.tsx';
import { dayInFileName, safeFileName } from '../session-file/safe-file-name.ts';
import { useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { reportOf } from './build-model.ts';
import { fileKinds, type ReportFormat, writeReport } from './write-report.ts';

/** A report that is written and waits for a press: see `useExport`. */
interface Written {
  readonly name: string;
  readonly format: ReportFormat;
  readonly bytes: Uint8Array;
}

export type ExportState =
  | { readonly state: 'idle' }
  | { readonly state: 'writing'; readonly notes: number }
  | { readonly state: 'ready'; readonly written: Written };

/**
 * Export of the report as it is at the moment of the press. A browser opens its dialog for saving
 * only within some seconds of a press; where writing took longer, the report waits for another one.
 */
export function useExport(
  session: OpenedSession,
  document: ReportDocument,
): {
  readonly state: ExportState;
  readonly start: (format: ReportFormat) => void;
  readonly save: () => void;
} {
  const t = useT();
  const machine = useMachine();
  const notices = useNotices();
  const [state, setState] = useState<ExportState>({ state: 'idle' });

  async function save({ name, format, bytes }: Written): Promise<void> {
    setState({ state: 'idle' });
    const kind = { ...fileKinds[format], description: t(`report.format-${format}`) };
    const result: SaveResult = await machine.saveFile(name, kind, bytes);
    if (result.ok) notices.say(t('report.saved', { name }));
    else if (result.reason !== 'cancelled') notices.complain(t(`report.unsaved-${result.reason}`));
  }
  async function write(format: ReportFormat): Promise<void> {
    const plan = session.plan.view.snapshot();
    const groups = new Map([...session.groups].map(([id, { view }]) => [id, view.snapshot()]));
    const now = Date.now();
    const report = reportOf(plan, document.view.snapshot(), groups, now);
    setState({ state: 'writing', notes: report.counts.notes });
    const written: Written = {
      name: safeFileName([report.title, dayInFileName(now)], fileKinds[format].extension),
      format,
      bytes: await writeReport(report, format),
    };
    const mustPress = machine.shell === 'browser' && !navigator.userActivation.isActive;
    if (!mustPress) {
      await save(written);
      return;
    }
    setState({ state: 'ready', written });
    // Said and not focused: the person may be typing by now.
    notices.announce(t('report.save-now'));
  }
  return {
    state,
    start(format) {
      if (state.state === 'writing') return;
      write(format).catch((error: unknown) => {
        setState({ state: 'idle' });
        notices.complain(t('report.unwritten'));
        throw error;
      });
    },
    save: () => {
      if (state.state === 'ready') void save(state.written);
    },
  };
}
