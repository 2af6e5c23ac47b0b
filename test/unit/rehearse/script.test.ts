import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { percentile } from '../../rehearse/arrivals.ts';
import { readArguments } from '../../rehearse/read-arguments.ts';
import { readScript } from '../../rehearse/script.ts';
import { isLie } from '../../rehearse/status-truth.ts';

const path = (relative: string): string =>
  fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'caucus-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const options = { groups: 4, perGroup: 40, seed: 7 };

describe('what a rehearsal plays', () => {
  it('is the sample, whole, for its own four groups', () => {
    const script = readScript(path('assets/sample/notes.json'), options);
    expect(script.groups.map(({ notes }) => notes.length)).toEqual([27, 28, 28, 28]);
    expect(script.proposals).toHaveLength(5);
    expect(script.report?.summary.length).toBeGreaterThan(100);
  });

  it('never has the same text twice, so that each note can be looked for', () => {
    const script = readScript(path('assets/sample/notes.json'), { ...options, groups: 9 });
    const texts = script.groups.flatMap(({ notes }) => notes.map(({ text }) => text));
    expect(new Set(texts).size).toBe(texts.length);
    expect(script.report).toBeNull();
  });

  it('refers only to notes and recommendations that are there when it is cut short', () => {
    const script = readScript(path('assets/sample/notes.json'), {
      groups: 2,
      perGroup: 8,
      seed: 7,
    });
    for (const { notes, recommendations } of script.groups) {
      for (const recommendation of recommendations) {
        for (const place of recommendation.notes) expect(notes[place]).toBeDefined();
      }
    }
    for (const { sources } of script.proposals) {
      for (const [group, recommendation] of sources) {
        expect(script.groups[group]?.recommendations[recommendation]).toBeDefined();
      }
    }
  });

  it('can be minutes: one remark a line, without the names of those who spoke', () => {
    const file = join(folder, 'minutes.md');
    const said = [
      'First Speaker: We need a register of makers',
      '* Second: We need a deadline too',
    ];
    writeFileSync(file, `# Minutes\n\n${said.join('\n')}\n${said.join('\n')}\n`);
    const script = readScript(file, { groups: 1, perGroup: 10, seed: 7 });
    expect(script.groups[0]?.notes.map(({ text }) => text)).toEqual([
      'We need a register of makers',
      'We need a deadline too',
      'We need a register of makers (2)',
      'We need a deadline too (2)',
    ]);
    expect(readScript(file, { groups: 1, perGroup: 10, seed: 7 })).toEqual(script);
  });

  it.skipIf(!existsSync(path('../shared/data/meetings')))('can be a real transcript', () => {
    const file = path('../shared/data/meetings/qmsum/covid_4.json');
    const script = readScript(file, options);
    expect(script.groups.every(({ notes }) => notes.length === 40)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(script.groups[0]?.notes[0]?.text.slice(0, 30));
  });

  it('is refused with a sentence where it is neither', () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"a":1}');
    expect(() => readScript(file, options)).toThrow('neither');
  });
});

describe('the rehearsal’s command line', () => {
  it('needs a place for what it leaves, and takes sensible numbers only', () => {
    expect(readArguments([], 1)).toMatchObject({ ok: false, exitCode: 1 });
    expect(readArguments(['--out', 'x', '--laptops', '2'], 1)).toMatchObject({ ok: false });
    expect(readArguments(['--out', 'x', '--seed', 'abc'], 1)).toMatchObject({ ok: false });
    expect(readArguments(['--out', 'x', '--what'], 1)).toMatchObject({ ok: false });
    expect(readArguments(['--out', 'x'], 9)).toMatchObject({
      ok: true,
      arguments: { out: 'x', laptops: 6, seed: 9, notes: null, json: false },
    });
  });
});

describe('what a rehearsal measures', () => {
  it('calls it a lie when a claim is older than the truth allows, and only then', () => {
    const typed = [{ text: 'a', at: 1_000 }];
    expect(isLie(true, typed, new Set(), 5_000)).toBe(true);
    expect(isLie(true, typed, new Set(), 3_500)).toBe(false);
    expect(isLie(true, typed, new Set(['a']), 5_000)).toBe(false);
    expect(isLie(false, typed, new Set(), 5_000)).toBe(false);
  });

  it('counts percentiles as the value that so many lie at or below', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(percentile([4, 1, 3, 2], 0.99)).toBe(4);
    expect(percentile([], 0.5)).toBeNull();
  });
});
