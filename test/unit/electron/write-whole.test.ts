import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type * as FilePromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeWhole } from '../../../electron/write-whole.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FilePromises>();
  return { ...real, open: vi.fn(real.open) };
});

let folder: string;
let file: string;
const NEW = new TextEncoder().encode('new');

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caucus-write-'));
  file = path.join(folder, 'Report.docx');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** The next file that is opened fails like this, at this step. */
function failOnce(step: 'open' | 'writeFile' | 'sync', code: string): void {
  const error = Object.assign(new Error(code), { code });
  if (step === 'open') {
    vi.mocked(open).mockRejectedValueOnce(error);
    return;
  }
  const real = vi.mocked(open).getMockImplementation();
  vi.mocked(open).mockImplementationOnce(async (...args) => {
    const handle = await real?.(...args);
    if (handle === undefined) {
      throw new Error('there is no real open');
    }
    return new Proxy(handle, {
      get: (target, name: keyof FileHandle) => {
        const value: unknown = Reflect.get(target, name);
        const method = typeof value === 'function' ? value.bind(target) : value;
        return name === step ? () => Promise.reject(error) : method;
      },
    });
  });
}

describe('writing a file whole', () => {
  it('writes a new file, and leaves nothing else behind', async () => {
    expect(await writeWhole(file, NEW)).toBe('written');
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['Report.docx']);
  });

  it('replaces an old file', async () => {
    await writeFile(file, 'old and longer');
    expect(await writeWhole(file, NEW)).toBe('written');
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('takes a name as long as the file system allows', async () => {
    const longest = path.join(folder, `${'a'.repeat(250)}.docx`);
    expect(await writeWhole(longest, NEW)).toBe('written');
  });

  it.each([
    ['open', 'EACCES', 'not-allowed'],
    ['open', 'EROFS', 'not-allowed'],
    ['open', 'ENOSPC', 'no-space'],
    ['writeFile', 'ENOSPC', 'no-space'],
    ['writeFile', 'EDQUOT', 'no-space'],
    ['writeFile', 'EIO', 'failed'],
    ['sync', 'ENOSPC', 'no-space'],
    ['sync', 'EIO', 'failed'],
  ] as const)('says why it could not (%s: %s), and keeps the old file', async (step, code, why) => {
    await writeFile(file, 'old');
    failOnce(step, code);
    expect(await writeWhole(file, NEW)).toBe(why);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['Report.docx']);
  });

  it('says so when the place has gone, as with a USB stick', async () => {
    expect(await writeWhole(path.join(folder, 'gone/Report.docx'), NEW)).toBe('failed');
  });

  it('does not fail because a folder cannot be flushed', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const real = vi.mocked(open).getMockImplementation();
    vi.mocked(open).mockImplementation((name, ...rest) =>
      name === folder
        ? Promise.reject(new Error('EINVAL'))
        : (real?.(name, ...rest) ?? Promise.reject(new Error('there is no real open'))),
    );
    expect(await writeWhole(file, NEW)).toBe('written');
    expect(log).toHaveBeenCalledTimes(process.platform === 'win32' ? 0 : 1);
  });

  it('leaves the old file whole when the program dies half-way', async () => {
    await writeFile(file, 'old');
    // A real process, killed for real at the moment when the bytes are written and not yet in place.
    const program = `
      import { open } from 'node:fs/promises';
      import { writeWhole } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../electron/write-whole.ts'))};
      const probe = await open(process.execPath, 'r');
      Object.getPrototypeOf(probe).sync = () => process.kill(process.pid, 'SIGKILL');
      await writeWhole(${JSON.stringify(file)}, new Uint8Array(1_000_000));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await readFile(file, 'utf8')).toBe('old');
    const left = (await readdir(folder)).filter((name) => name !== 'Report.docx');
    expect(left).toEqual([expect.stringMatching(/^\.caucus-[0-9a-f]{12}\.tmp$/)]);
  });
});
