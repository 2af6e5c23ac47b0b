import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chromiumLaunch, ensureChromium, findChromium } from '../../tools/chromium.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the browser that tests drive', () => {
  it('is the one that CAUCUS_CHROMIUM names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'caucus-chromium-'));
    const path = join(folder, 'my-browser');
    writeFileSync(path, '');
    vi.stubEnv('CAUCUS_CHROMIUM', path);
    expect(findChromium()).toBe(path);
    expect(ensureChromium()).toBe(path);
    expect(chromiumLaunch().executablePath).toBe(path);
    rmSync(folder, { recursive: true });
  });

  it('is asked for in a clear sentence where none can be had', () => {
    vi.stubEnv('CAUCUS_CHROMIUM', '/nowhere/at/all');
    expect(findChromium()).toBeNull();
    expect(() => ensureChromium()).toThrow('Install one of them, or set CAUCUS_CHROMIUM');
  });

  it('reaches for no network of its own', () => {
    const { args } = chromiumLaunch();
    for (const argument of ['--disable-background-networking', '--disable-component-update']) {
      expect(args).toContain(argument);
    }
  });
});
