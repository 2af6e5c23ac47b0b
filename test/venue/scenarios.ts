import { changeScenarios } from './change-scenarios.ts';
import { laptopScenarios } from './laptop-scenarios.ts';
import { networkScenarios } from './network-scenarios.ts';
import { plenaryScenarios } from './plenary-scenarios.ts';
import type { Scenario } from './scenario.ts';

/** All that a venue does to a workshop. */
export const scenarios: readonly Scenario[] = [
  ...networkScenarios,
  ...changeScenarios,
  ...plenaryScenarios,
  ...laptopScenarios,
];

export const SHORT_ABSENCE_MS = 45_000;
export const FULL_ABSENCE_MS = 600_000;
export const QUICK_ABSENCE_MS = 12_000;
