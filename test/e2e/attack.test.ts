import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const SUITE = join(import.meta.dirname, '../attack/attack.ts');

describe('the attack suite, in its quick form', () => {
  // Its times are compared with those of a moment before; once more where the machine was just busy.
  it(
    'A1, A2: lets in who belongs here and nobody else, and withstands a flood',
    { retry: 1, timeout: 240_000 },
    async () => {
      const { stdout } = await run(process.execPath, [SUITE, '--quick']).catch((error: unknown) => {
        if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
        throw error;
      });
      expect(stdout.trimEnd().split('\n').at(-1), stdout).toMatch(
        /^held: (\d+) of \1 refused; (\d+) of \2 admitted; 1 of 1 floods withstood$/u,
      );
    },
  );
});
