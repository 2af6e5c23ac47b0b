import { useMemo, useSyncExternalStore } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { ReportDocument } from '../../src/core/session/report-document.ts';
import { createReportInputs, type ReportInputs } from './report-inputs.ts';

/** The newest of what the report is made from; draws again when any of it changes. */
export function useReportInputs(session: OpenedSession, report: ReportDocument): ReportInputs {
  const inputs = useMemo(() => {
    const { plan, groups, status } = session;
    return createReportInputs({ plan, report, groups, status }, Date.now);
  }, [session, report]);
  return useSyncExternalStore(inputs.subscribe, inputs.snapshot);
}
