import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHub } from '../../../src/hub/start-hub.ts';
import { ask, knock } from '../hub/ask.ts';
import { eventually } from '../hub/eventually.ts';

const START = resolve(import.meta.dirname, '../../../src/shell/start.ts');

let app = '';
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'caucus-shell-'));
  await writeFile(join(app, 'index.html'), '<!doctype html><title>Caucus</title>');
});
afterAll(() => rm(app, { recursive: true }));

const children: ChildProcess[] = [];
const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const close of toClose.splice(0)) await close();
});

interface Shell {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** `npm start` without npm, in the browser shell, on a port of the test's own; no window is opened. */
function start(port: number, ...more: string[]): Shell {
  const child = spawn(
    process.execPath,
    [START, '--browser', '--no-open', `--port=${port}`, ...more],
    {
      env: { ...process.env, CAUCUS_APP_DIRECTORY: app },
    },
  );
  children.push(child);
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  return {
    child,
    output: () => output,
    ended: new Promise((done) => child.on('close', (code) => done(code))),
  };
}

/** The port on which it says that it is open. */
const opened = (shell: Shell): Promise<number> =>
  eventually(() => {
    const port = /^Caucus is open at http:\/\/localhost:(\d+)\/$/m.exec(shell.output())?.[1];
    if (port === undefined) throw new Error(`Not open: ${shell.output()}`);
    return Number(port);
  });

describe('npm start', { timeout: 20_000 }, () => {
  it('opens the browser shell, says which and where, and serves the app to this laptop only', async () => {
    const shell = start(0);
    const port = await opened(shell);
    expect(shell.output()).toBe(
      [
        'Caucus runs in the browser: as asked.',
        'The browser keeps notes per port: those written on another port are not shown on this one.',
        `Caucus is open at http://localhost:${port}/`,
        '',
      ].join('\n'),
    );
    expect((await ask(port, '/')).body).toContain('<title>Caucus</title>');
    expect((await ask(port, '/', { host: 'evil.example' })).status).toBe(421);
    expect((await ask(port, '/', { headers: { origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    expect((await ask(port, '/../package.json')).status).toBe(404);
    expect(await knock(port, '/relay')).toBe(101);
    expect(await knock(port, '/vault')).toBe(101);
  });

  it('started a second time leads to the first, and leaves it alone', async () => {
    const port = await opened(start(0));
    const second = start(port);
    expect(await second.ended).toBe(0);
    expect(second.output()).toBe(
      `Caucus runs in the browser: as asked.\nCaucus is already open at http://localhost:${port}/\n`,
    );
    expect((await ask(port, '/')).status).toBe(200);
  });

  it('beside Caucus in a window of its own says so', async () => {
    const inWindow = await startHub({ localPort: 0 });
    if (!inWindow.ok) throw new Error(inWindow.reason);
    toClose.push(inWindow.hub.stop);
    const shell = start(inWindow.hub.localPort);
    expect(await shell.ended).toBe(0);
    expect(shell.output()).toContain('Caucus is already open in a window of its own.\n');
  });

  it('says who has the port and what to do, and ends with 1', async () => {
    const other = createServer((_request, response) => response.end('another program'));
    await new Promise<void>((done) => {
      other.listen(0, '127.0.0.1', done);
    });
    toClose.push(() => other.close());
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const shell = start(port);
    expect(await shell.ended).toBe(1);
    expect(shell.output()).toMatch(
      new RegExp(`^Caucus cannot open: port ${port} is taken by .+\\.$`, 'm'),
    );
    if (process.platform === 'linux') expect(shell.output()).toContain(`(process ${process.pid})`);
    expect(shell.output()).toContain('Close that program and start Caucus again.');
  });

  it.skipIf(process.platform === 'win32')('ends cleanly on Ctrl+C', async () => {
    const shell = start(0);
    const port = await opened(shell);
    shell.child.kill('SIGINT');
    expect(await shell.ended).toBe(0);
    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED');
  });

  it('says what it can do when asked for something else', async () => {
    const shell = start(0, '--colour');
    expect(await shell.ended).toBe(1);
    expect(shell.output()).toContain('--no-open');
  });
});
