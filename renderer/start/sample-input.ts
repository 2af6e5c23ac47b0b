import sample from '../../assets/sample/session.json';
import type { PlanInput } from '../../src/core/session/plan-input.ts';
import { segmentKinds } from '../../src/core/session/model.ts';

/** The sample session that ships with the app. */
export const sampleInput: PlanInput = {
  ...sample,
  agenda: sample.agenda.map((segment) => ({
    ...segment,
    kind: segmentKinds.find((kind) => kind === segment.kind) ?? 'other',
  })),
};
