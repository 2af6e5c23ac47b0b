import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { layers } from '../../tools/layers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const planted: string[] = [];

/** Puts a file into a layer for as long as the check takes. */
function plant(folder: string, source: string): string {
  const path = join(root, folder, `planted-breach-${process.pid}-${planted.length}.ts`);
  planted.push(path);
  writeFileSync(path, source);
  return path;
}
afterAll(() => planted.forEach((path) => rmSync(path, { force: true })));

function refusal(command: string, parameters: readonly string[]): string {
  const result = spawnSync(bin(command), parameters, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return result.status === 0 ? 'accepted' : `${result.stdout}${result.stderr}`;
}

/** One breach per rule of the house: where it is planted, and what it says. */
const wrongImports: readonly (readonly [folder: string, source: string])[] = [
  ['src/core/session', "import '../../browser/app/random.ts';\n"],
  ['src/core/session', "import '../../hub/start-hub.ts';\n"],
  ['src/core/session', "import 'node:fs';\n"],
  ['src/core/session', "import 'react';\n"],
  ['src/core/merge', "import '../report/model.ts';\n"],
  ['src/core/report', "import '../merge/suggest-merges.ts';\n"],
  ['src/browser/app', "import '../../hub/start-hub.ts';\n"],
  ['src/browser/app', "import 'react';\n"],
  ['src/hub', "import '../browser/app/random.ts';\n"],
  ['src/hub', "import 'electron';\n"],
  ['src/shell', "import '../browser/app/random.ts';\n"],
  ['electron', "import '../renderer/routes.ts';\n"],
  ['renderer/shared', "import '../../src/hub/start-hub.ts';\n"],
  ['renderer/shared', "import 'yjs';\n"],
  ['renderer/shared', "import 'dexie';\n"],
  ['renderer/shared', "import '../../electron/window.ts';\n"],
  ['renderer/audience', "import 'react';\n"],
  ['renderer/audience', "import '../shared/theme.ts';\n"],
  ['renderer/audience', "import '../../src/core/session/model.ts';\n"],
];

/** Names that a layer's libraries do not have. */
const wrongGlobals: readonly (readonly [layer: string, source: string])[] = [
  ['src/core', 'export const width = window.innerWidth;\n'],
  ['src/core', 'export const home = process.env;\n'],
  ['src/core', 'export const later = setTimeout;\n'],
  ['src/browser', 'export const home = process.env;\n'],
  ['src/hub', 'export const width = window.innerWidth;\n'],
  ['renderer', 'export const home = process.env;\n'],
  ['renderer/audience', 'export const home = process.env;\n'],
  ['renderer/audience', 'export const each = [1].toSorted();\n'],
];

describe('a breach of the layers fails the build', () => {
  it('imports across layers are refused by the linter', () => {
    const paths = wrongImports.map(([folder, source]) => plant(folder, source));
    const said = refusal('oxlint', ['--format=unix', ...paths]);
    paths.forEach((path) => rmSync(path));
    const refused = said.split('\n').filter((line) => line.includes('no-restricted-imports'));
    for (const [index, [folder, source]] of wrongImports.entries()) {
      const name = `planted-breach-${process.pid}-${planted.length - paths.length + index}.ts`;
      const found = refused.some((line) => line.includes(`${folder}/${name}`));
      expect(found, `${folder}: ${source}\n${said}`).toBe(true);
    }
  });

  it('what a layer’s libraries do not have does not compile', { timeout: 120_000 }, () => {
    for (const layer of new Set(wrongGlobals.map(([name]) => name))) {
      const sources = wrongGlobals.filter(([name]) => name === layer).map(([, source]) => source);
      const path = plant(layer, sources.map((s, i) => s.replace('const ', `const a${i}`)).join(''));
      const said = refusal('tsc', ['-p', layer]);
      rmSync(path);
      const errors = said.split('\n').filter((line) => line.includes('planted-breach'));
      expect(errors, `${layer}:\n${said}`).toHaveLength(sources.length);
    }
  });

  it('every folder with code is a layer that is checked', () => {
    const folders = ['src', 'renderer', '.'].flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => (parent === '.' ? name : `${parent}/${name}`))
        .filter((name) => existsSync(join(root, name, 'tsconfig.json'))),
    );
    expect(folders.toSorted()).toEqual([...layers].toSorted());
    const known = ['assets', 'docs', 'electron', 'renderer', 'src', 'test'];
    const built = ['dist', 'node_modules', 'out', 'release', 'coverage'];
    const top = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => !built.includes(name));
    expect(top.toSorted()).toEqual(known);
  });
});
