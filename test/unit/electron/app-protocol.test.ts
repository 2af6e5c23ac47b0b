import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerAppScheme, serveApp } from '../../../electron/app-protocol.ts';
import { contentSecurityPolicy } from '../../../src/hub/web/serve-app.ts';

const { protocol } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ protocol }));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caucus-protocol-'));
  await mkdir(path.join(folder, 'renderer/assets'), { recursive: true });
  await mkdir(path.join(folder, 'renderer-of-others'));
  await writeFile(path.join(folder, 'renderer/index.html'), '<title>Caucus</title>');
  await writeFile(path.join(folder, 'renderer/assets/index-a1.js'), 'start()');
  await writeFile(path.join(folder, 'renderer/assets/über uns.svg'), '<svg/>');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'renderer-of-others/secret.txt'), 'secret');
  protocol.handle.mockClear();
  serveApp(path.join(folder, 'renderer'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Asks the handler for a URL exactly as written: what Chromium would tidy up first is not. */
async function ask(url: string, method = 'GET'): Promise<Response> {
  const [scheme, handler] = protocol.handle.mock.lastCall ?? [];
  expect(scheme).toBe('app');
  const answer = await handler?.({ url, method } as Request);
  return answer ?? Response.error();
}

describe('the app:// scheme', () => {
  it('is registered with exactly these privileges', () => {
    registerAppScheme();
    expect(protocol.registerSchemesAsPrivileged.mock.calls).toEqual([
      [
        [
          {
            scheme: 'app',
            privileges: {
              standard: true,
              secure: true,
              supportFetchAPI: true,
              stream: true,
              codeCache: true,
            },
          },
        ],
      ],
    ]);
  });

  it.each([
    ['app://caucus/', '<title>Caucus</title>', 'text/html; charset=utf-8'],
    ['app://caucus', '<title>Caucus</title>', 'text/html; charset=utf-8'],
    ['app://caucus/?x=1#/group/2', '<title>Caucus</title>', 'text/html; charset=utf-8'],
    ['app://caucus/assets/index-a1.js', 'start()', 'text/javascript; charset=utf-8'],
    ['app://caucus/assets/%C3%BCber%20uns.svg', '<svg/>', 'image/svg+xml'],
  ])('answers %s from the folder', async (url, text, type) => {
    const response = await ask(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(text);
    expect(response.headers.get('content-type')).toBe(type);
  });

  it('sends the policy of the browser shell, and nosniff, with every answer, refusals too', async () => {
    for (const url of ['app://caucus/', 'app://caucus/assets/index-a1.js', 'app://caucus/none']) {
      const { headers } = await ask(url);
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each([
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' http: ws:",
    "worker-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ])('has a policy with: %s', async (directive) => {
    const { headers } = await ask('app://caucus/');
    expect(headers.get('content-security-policy')?.split('; ')).toContain(directive);
  });

  it.each([
    'app://caucus/../secret.txt',
    'app://caucus/%2e%2e/secret.txt',
    'app://caucus/..%2fsecret.txt',
    'app://caucus/%2e%2e%2fsecret.txt',
    'app://caucus/assets/..%2f..%2fsecret.txt',
    'app://caucus/assets/..%2F..%2F..%2F..%2F..%2Fetc/passwd',
    'app://caucus/..%5csecret.txt',
    'app://caucus/..\\secret.txt',
    'app://caucus/..%2frenderer-of-others/secret.txt',
    'app://caucus//etc/passwd',
    'app://caucus/%2fetc/passwd',
    'app://caucus/C:%5cWindows%5cwin.ini',
    'app://caucus/index.html%00.js',
    'app://caucus/%',
    'app://caucus/%ff',
    'app://caucus/assets',
    'app://caucus/assets/',
    'app://caucus/none.js',
    'app://caucus.example/',
    'app://other/index.html',
  ])('has nothing at %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });

  it('answers nothing but GET', async () => {
    expect((await ask('app://caucus/', 'POST')).status).toBe(404);
  });
});
