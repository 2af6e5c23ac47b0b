import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { createBuilder } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { HubSupervisor } from '../../../electron/hub-supervisor.ts';
import { openVaultSocket } from '../vault/vault-socket.ts';
import { FakeHub } from './fake-electron.ts';

const { utilityProcess } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ utilityProcess }));

const run = promisify(execFile);

/** Far from every node_modules: what a bundle left out is not found from here. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caucus-bundles-'));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  const build = { outDir: folder };
  const builder = await createBuilder({
    configFile: path.resolve(import.meta.dirname, '../../../electron/vite.config.ts'),
    environments: {
      main: { build },
      preload: { build },
      hub: { build },
      vault: { build },
      voting: { build },
    },
    logLevel: 'error',
  });
  await builder.buildApp();
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const readBundle = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');

/** What a bundle imports or requires, in whatever way. */
function importsOf(source: string): string[] {
  const found = source.matchAll(/(?:^import\b[^'"]*|\bimport\(|\b_*require\()["']([^"']+)["']/gm);
  return [...new Set([...found].map(([, name = '']) => name))];
}

const isBuiltIn = (name: string): boolean =>
  name.startsWith('node:') || builtinModules.includes(name);

describe('the bundles', () => {
  it('are five files', async () => {
    expect((await readdir(folder)).sort()).toEqual([
      'hub-process.js',
      'main.js',
      'package.json',
      'preload.cjs',
      'vault-worker.js',
      'voting-worker.js',
    ]);
  });

  it('leave out Electron and Node, and nothing else', async () => {
    const main = importsOf(await readBundle('main.js'));
    expect(main).toContain('electron');
    expect(main.filter((name) => name !== 'electron' && !isBuiltIn(name))).toEqual([]);
    // `ws` asks for two native helpers that it can do without; they are not installed here either.
    const optional = ['bufferutil', 'utf-8-validate'];
    const hub = importsOf(await readBundle('hub-process.js'));
    expect(hub.filter((name) => !isBuiltIn(name) && !optional.includes(name))).toEqual([]);
    for (const thread of ['vault-worker.js', 'voting-worker.js']) {
      const imports = importsOf(await readBundle(thread));
      expect(imports).toContain('node:sqlite');
      expect(imports.filter((name) => !isBuiltIn(name))).toEqual([]);
    }
  });
});

describe('main.js', () => {
  it('loads as an ES module and comes as far as waiting for Electron', async () => {
    // Every export of this stand-in can be called, and remembers that it was.
    const stub = `
      const made = (name) => new Proxy(() => undefined, {
        get: (_, key) => made(name + '.' + String(key)),
        apply: (_, __, args) => {
          console.log(name);
          if (name.endsWith('whenReady')) return new Promise(() => undefined);
          return name.endsWith('getPath') ? '/home/somebody' : true;
        },
      });
      export const app = made('app'), protocol = made('protocol'), session = made('session');
      export const BrowserWindow = made('BrowserWindow'), Menu = made('Menu'), shell = made('shell');
      export const dialog = made('dialog'), ipcMain = made('ipcMain');
      export const nativeTheme = made('nativeTheme'), utilityProcess = made('utilityProcess');
      export const powerSaveBlocker = made('powerSaveBlocker'), safeStorage = made('safeStorage');
    `;
    const stubUrl = `data:text/javascript,${encodeURIComponent(stub)}`;
    const hook = `
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve: (name, context, next) => name === 'electron'
          ? { url: ${JSON.stringify(stubUrl)}, shortCircuit: true }
          : next(name, context),
      });
    `;
    const hookUrl = `data:text/javascript,${encodeURIComponent(hook)}`;
    const { stdout } = await run(process.execPath, [
      '--import',
      hookUrl,
      path.join(folder, 'main.js'),
    ]);
    const calls = stdout.trim().split('\n');
    expect(calls[0]).toBe('app.requestSingleInstanceLock');
    expect(calls).toContain('protocol.registerSchemesAsPrivileged');
    expect(calls.at(-1)).toBe('app.whenReady');
  });
});

describe('preload.cjs', () => {
  it('is one CommonJS file that asks for Electron only, as a sandboxed preload must', async () => {
    const exposeInMainWorld = vi.fn();
    const asked = vi.fn(() => ({
      contextBridge: { exposeInMainWorld },
      ipcRenderer: { on: vi.fn(), invoke: vi.fn(), send: vi.fn() },
    }));
    // A context of its own: no process, no Buffer, no setTimeout, and a `require` that is ours.
    runInNewContext(await readBundle('preload.cjs'), { require: asked, module: {}, exports: {} });
    expect(asked.mock.calls).toEqual([['electron']]);
    expect(exposeInMainWorld.mock.calls).toEqual([['caucusMachine', expect.anything()]]);
  });
});

describe('hub-process.js', () => {
  /** Stands for Electron's utility process: the real hub in a real process, under plain Node. */
  function forkUnderNode(args: readonly string[]): FakeHub {
    const port = `
      process.parentPort = {
        postMessage: (message) => process.send(message),
        on: (event, listener) => process.on('message', (data) => listener({ data })),
      };
    `;
    const hub = new FakeHub();
    const child = spawn(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(port)}`,
        path.join(folder, 'hub-process.js'),
        ...args,
      ],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    child.on('message', (message) => hub.emit('message', message));
    child.on('exit', (code) => hub.emit('exit', code));
    hub.postMessage.mockImplementation((message) => void child.send(message));
    hub.kill.mockImplementation(() => child.kill());
    return hub;
  }

  it('and the supervisor understand each other: ready, state, close, stop', async () => {
    utilityProcess.fork.mockImplementation(
      (_path, args) =>
        forkUnderNode(args ?? []) as unknown as ReturnType<typeof utilityProcess.fork>,
    );
    const files = {
      vaultDirectory: path.join(folder, 'vault'),
      audiencePage: path.join(folder, 'phone.html'),
    };
    const supervisor = new HubSupervisor('hub-process.js', files);
    supervisor.start();
    const state = await supervisor.request('state');
    expect(state).toEqual({
      ok: true,
      state: {
        localUrl: expect.stringMatching(/^ws:\/\/localhost:[1-9]\d*$/),
        openToNetwork: false,
        addresses: [],
        hubId: expect.stringMatching(/^[\w-]{22}$/u),
        found: [],
      },
    });
    // The vault's thread is a bundle of its own, found beside the hub's.
    const vault = await openVaultSocket(Number(new URL(state.ok ? state.state.localUrl : '').port));
    expect((await vault.ask({ type: 'put', key: 'device', text: 'a' })).type).toBe('done');
    expect(await vault.ask({ type: 'summary' })).toMatchObject({ records: [['device', 'a']] });
    // Not `open`: on the laptop of whoever runs this, the firewall would ask.
    expect(await supervisor.request('close')).toMatchObject({ state: { openToNetwork: false } });
    await supervisor.stop();
    expect(await supervisor.request('state')).toEqual({ ok: false, reason: 'not-running' });
    // At the next start it is the same hub, at whatever port: tickets name it by its key.
    const next = new HubSupervisor('hub-process.js', files);
    next.start();
    const again = await next.request('state');
    expect(again.ok && state.ok && again.state.hubId === state.state.hubId).toBe(true);
    await next.stop();
  }, 30_000);
});
