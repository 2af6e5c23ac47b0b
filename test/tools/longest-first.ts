import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, longest first, so that two workers end at about the same time. Vitest knows
 * only from the run before, of which a fresh clone has none; what is not named here comes after.
 */
const longest = [
  'simulator.slow.test.ts',
  'stock/messages.test.ts',
  'stock/claims.test.ts',
  'stock/connections.test.ts',
  'planted-faults.slow.test.ts',
  'layers.slow.test.ts',
  'e2e/join.test.ts',
  'e2e/status.test.ts',
  'e2e/app.test.ts',
  'e2e/vote.test.ts',
  'e2e/transport.test.ts',
  'e2e/passphrase.test.ts',
  'e2e/vault.test.ts',
  'rapporteur-screen.test.tsx',
  'renderer/session-file.test.tsx',
  'facilitator-screen.test.tsx',
  'rapporteur/export.test.tsx',
];

const place = ({ moduleId }: TestSpecification): number => {
  const at = longest.findIndex((name) => moduleId.endsWith(name));
  return at === -1 ? longest.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
