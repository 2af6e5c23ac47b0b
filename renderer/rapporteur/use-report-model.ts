import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { buildModel, type ReportModel } from './build-model.ts';
import type { ReportInputs } from './report-inputs.ts';
import { useSettled } from './use-settled.ts';

/** Often enough to look live; not so often that a fast group's typing keeps the laptop busy. */
const LEAST_PAUSE_MS = 250;
/** At most this part of the time goes into making the report anew. */
const SHARE = 1 / 10;

/**
 * The report, made anew when what it is made from changes: after what a person does has been drawn,
 * and the more rarely the longer it takes.
 */
export function useReportModel(newest: ReportInputs): ReportModel {
  const cost = useRef(0);
  const settled = useSettled(newest, () => Math.max(LEAST_PAUSE_MS, cost.current / SHARE));
  const deferred = useDeferredValue(settled);
  const model = useMemo(() => buildModel(deferred), [deferred]);
  useEffect(() => {
    cost.current = model.cost;
  }, [model]);
  return model;
}
