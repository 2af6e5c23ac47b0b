import { useMemo, useSyncExternalStore } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import { createReportInputs, type ReportInputs } from './report-inputs.ts';

/** The newest of what the report is made from; draws again when any of it changes. */
export function useReportInputs(session: OpenedSession): ReportInputs {
  const inputs = useMemo(() => createReportInputs(session, Date.now), [session]);
  return useSyncExternalStore(inputs.subscribe, inputs.snapshot);
}
