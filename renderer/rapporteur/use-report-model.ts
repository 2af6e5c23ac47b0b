import { startTransition, useEffect, useRef, useState } from 'react';
import { buildModel, type ReportModel } from './build-model.ts';
import type { ReportInputs } from './report-inputs.ts';
import { whenToBuild } from './when-to-build.ts';

/**
 * The report, made anew when what it is made from changes: see `whenToBuild`. It is made outside of
 * drawing, because a drawing that a key interrupts throws away what it has computed.
 */
export function useReportModel(newest: ReportInputs): ReportModel {
  const [model, setModel] = useState(() => buildModel(newest));
  const built = useRef({ inputs: newest, at: 0, cost: model.cost });
  const changedAt = useRef<number | null>(null);
  const typedAt = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const typed = (): void => {
      typedAt.current = performance.now();
    };
    window.addEventListener('input', typed, { capture: true });
    return () => window.removeEventListener('input', typed, { capture: true });
  }, []);
  useEffect(() => {
    if (newest === built.current.inputs) return undefined;
    changedAt.current ??= performance.now();
    const since = changedAt.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const buildWhenDue = (): void => {
      const { at, cost } = built.current;
      const due = whenToBuild({ changedAt: since, builtAt: at, cost, typedAt: typedAt.current });
      const now = performance.now();
      if (now < due) {
        timer = setTimeout(buildWhenDue, due - now);
        return;
      }
      const next = buildModel(newest);
      built.current = { inputs: newest, at: performance.now(), cost: next.cost };
      changedAt.current = null;
      startTransition(() => setModel(next));
    };
    timer = setTimeout(buildWhenDue, 0);
    return () => clearTimeout(timer);
  }, [newest]);
  return model;
}
