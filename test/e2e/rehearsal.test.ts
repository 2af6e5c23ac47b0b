import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Summary } from '../rehearse/summary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'caucus-rehearsal-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

function rehearse(): Summary {
  const folder = join(out, 'workshop');
  const script = join(root, 'test/rehearse/rehearse.ts');
  const size = ['--laptops', '4', '--per-group', '9', '--phones', '25'];
  const options = ['--out', folder, ...size, '--seed', '5', '--json'];
  const result = spawnSync(process.execPath, [script, ...options], {
    cwd: root,
    encoding: 'utf8',
  });
  if (result.stdout === '') throw new Error(`No summary:\n${result.stderr}`);
  const summary = JSON.parse(result.stdout) as Summary;
  expect(summary).toEqual(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')));
  for (const file of [
    'report.docx',
    'report.md',
    'board.png',
    'poll-second-round.png',
    'report.png',
  ]) {
    expect(statSync(join(folder, file)).size, file).toBeGreaterThan(1_000);
  }
  return summary;
}

describe('a small workshop from the first screen to the exported report', () => {
  it(
    'S2, S3, M1, R1, C1, C3: loses nothing and claims nothing untrue, in the best venue of this machine',
    { timeout: 400_000 },
    () => {
      const summary = rehearse();
      expect(summary).toMatchObject({
        laptops: 4,
        groups: 2,
        notesWritten: 18,
        notesAtPlenary: 18,
        notesInReport: 18,
        phones: 25,
        ballotsAcknowledged: 50,
        ballotsCounted: 50,
        wrongResultLines: 0,
        objections: 2,
        objectionsInReport: 2,
        lost: 0,
        notesThroughTheCut: 0,
        cuts: 1,
        statusLies: 0,
        strayRequests: 0,
        secretsTold: 0,
        pageErrors: 0,
      });
      expect(summary.notesWrittenWhileCut).toBeGreaterThan(0);
      expect(summary.recommendations).toBeGreaterThan(0);
      expect(Object.values(summary.pathByGroup)).not.toContain('none');
    },
  );
});
