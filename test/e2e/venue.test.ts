import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { canUseNamespaces } from '../rehearse/venue/namespaces.ts';
import { covers, type Vector } from '../venue/disk.ts';
import type { ScenarioResult } from '../venue/result.ts';
import { scenarios } from '../venue/scenarios.ts';
import { type Evidence, judge, judgeRoom, type Obstacle } from '../venue/status-truth.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const possible = await canUseNamespaces();
if (!possible) {
  console.log('The venue is left out: it needs Linux, root and network namespaces.');
}

/** @param onBuilt called once Caucus has been built, if need be, and the first scenario begins. */
function playInTurn(
  names: readonly string[],
  onBuilt: () => void,
): Promise<readonly ScenarioResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'caucus-venue-'));
  const file = join(folder, 'venue.json');
  const script = join(root, 'test/venue/venue.ts');
  const only = names.flatMap((name) => ['--only', name]);
  const child = spawn(process.execPath, [script, '--quick', ...only, '--json', file], {
    cwd: root,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      said.push(bytes.toString());
      if (bytes.includes('Wi-Fi is gone for')) onBuilt();
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      console.log(said.join(''));
      try {
        const { scenarios } = JSON.parse(readFileSync(file, 'utf8')) as {
          readonly scenarios: readonly ScenarioResult[];
        };
        resolve(scenarios);
      } catch (error) {
        reject(new Error('The venue did not write its results.', { cause: error }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}

const quickHalf = scenarios.filter(({ quick }) => quick).map(({ name }) => name);

/** In two venues side by side: most of a scenario is waiting for people to type. */
async function playQuickHalf(): Promise<readonly ScenarioResult[]> {
  const half = Math.ceil(quickHalf.length / 2);
  const built = Promise.withResolvers<void>();
  const first = playInTurn(quickHalf.slice(0, half), built.resolve);
  await Promise.race([built.promise, first]);
  const second = playInTurn(quickHalf.slice(half), () => undefined);
  return (await Promise.all([first, second])).flat();
}

describe.skipIf(!possible)('the quick half of the venue', () => {
  let results: readonly ScenarioResult[] = [];
  beforeAll(async () => {
    results = await playQuickHalf();
  }, 600_000);

  it('is half of it', () => {
    expect(quickHalf.length).toBeGreaterThanOrEqual(scenarios.length / 2);
  });

  it.each(quickHalf)('S2, S3: %s loses nothing, and no screen says what is not true', (name) => {
    const result = results.find((one) => one.name === name);
    expect(result).toMatchObject({ lost: 0, lostTexts: [], statusTrue: true, lies: [] });
    expect(result?.error).toBeUndefined();
    expect(result?.notes).toBeGreaterThan(0);
  });
});

describe('S3: what counts as untrue', () => {
  const NOW = 1_000_000;
  const disk = (...held: readonly (readonly [at: number, clock: number])[]): Evidence['own'] => ({
    vectorAt: (_id, at): Vector =>
      new Map([[1, held.findLast((state) => state[0] <= at)?.[1] ?? 0]]),
  });
  const evidence = (change: Partial<Evidence>): Evidence => ({
    documentId: 'group',
    own: disk([0, 5]),
    plenary: disk([0, 5]),
    obstacles: [],
    healMs: 5_000,
    ...change,
  });
  const cut = (from: number, to = Infinity): Obstacle => ({ from, to, kind: 'no-way' });

  it('is that all notes are there while something older than 3 s is not', () => {
    const late = evidence({ own: disk([0, 5], [NOW - 3_001, 6]) });
    const fresh = evidence({ own: disk([0, 5], [NOW - 2_900, 6]) });
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there' }, late)).toBe('claims-too-much');
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there-last' }, late)).toBe(
      'claims-too-much',
    );
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there' }, fresh)).toBeNull();
    expect(judge({ at: NOW, since: NOW, claim: 'status.on-their-way' }, late)).toBeNull();
  });

  it('is that there is contact while nothing has got through for 3 s', () => {
    const long = evidence({ obstacles: [cut(NOW - 3_001)] });
    const short = evidence({ obstacles: [cut(NOW - 2_900)] });
    const over = evidence({ obstacles: [cut(NOW - 60_000, NOW - 10)] });
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there' }, long)).toBe('claims-contact');
    expect(judge({ at: NOW, since: NOW, claim: 'status.on-their-way' }, long)).toBe(
      'claims-contact',
    );
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there-last' }, long)).toBeNull();
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there' }, short)).toBeNull();
    expect(judge({ at: NOW, since: NOW, claim: 'status.all-there' }, over)).toBeNull();
  });

  it('is that something waits while everything has been there and the way open', () => {
    const there = evidence({});
    const justThere = evidence({ plenary: disk([NOW - 2_900, 5]) });
    const justBack = evidence({ obstacles: [cut(NOW - 60_000, NOW - 4_900)] });
    for (const claim of ['status.waiting', 'status.on-their-way', 'status.saved-here'] as const) {
      const said = { at: NOW, since: NOW - 3_000, claim };
      expect(judge(said, there)).toBe('claims-too-little');
      expect(judge(said, justThere)).toBeNull();
      expect(judge(said, justBack)).toBeNull();
      expect(judge({ ...said, since: NOW - 2_900 }, there)).toBeNull();
    }
  });

  it('is that groups are in contact that cannot be, or that one is not that must be', () => {
    const room = (words: string) => ({
      at: NOW,
      since: NOW - 3_000,
      claim: 'status.room' as const,
      words,
    });
    const groups = [[[]], [[cut(NOW - 10_000)]]];
    expect(judgeRoom(room('2 of 4 groups in contact'), groups, 5_000)).toBe('claims-contact');
    expect(judgeRoom(room('1 of 4 groups in contact'), groups, 5_000)).toBeNull();
    expect(judgeRoom(room('0 of 4 groups in contact'), groups, 5_000)).toBe('claims-too-little');
  });

  it('compares disks writer by writer', () => {
    const has: Vector = new Map([
      [1, 5],
      [2, 1],
    ]);
    expect(covers(has, new Map([[1, 5]]))).toBe(true);
    expect(covers(has, new Map([[1, 6]]))).toBe(false);
    expect(covers(has, new Map([[3, 1]]))).toBe(false);
  });
});
