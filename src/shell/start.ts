/** What `npm start` runs: Caucus in a window of its own where Electron can be had, else in the browser. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { containFaults } from '../hub/contain-faults.ts';
import type { HubLog } from '../hub/hub-log.ts';
import { runBrowserShell } from './browser-shell.ts';
import { buildElectron, buildRenderer } from './build-app.ts';
import { decideShell } from './decide-shell.ts';
import { findElectron } from './electron-runtime.ts';
import { openBrowser } from './open-browser.ts';
import { readArguments } from './read-arguments.ts';
import type { ShellArguments } from './read-arguments.ts';
import { runElectron } from './run-electron.ts';
import { vaultDirectory } from './vault-directory.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Silent unless a developer asks: people have nothing to do with it. */
const log: HubLog = (event) => {
  if (process.env['CAUCUS_LOG']) process.stderr.write(`${JSON.stringify(event)}\n`);
};

/** The exit code, or null where the browser shell has to take over. */
async function inElectron(executable: string): Promise<number | null> {
  const fallBack = (what: string, why: string): null => {
    print(`${what}${why === '' ? '' : ` (${why})`}, so Caucus runs in the browser instead.`);
    return null;
  };
  for (const build of [buildRenderer, buildElectron]) {
    const built = await build(print);
    if (!built.ok) return fallBack('The window could not be built', built.why);
  }
  const end = await runElectron(executable, process.cwd());
  return end.kind === 'closed' ? end.code : fallBack('Electron ended at once', end.why);
}

async function prepareApp(): Promise<string | null> {
  const built = await buildRenderer(print);
  if (built.ok) return resolve('dist/renderer');
  print(`Caucus could not be built: ${built.why}`);
  return null;
}

/** The exit code, or null while it runs. */
async function inBrowser({ port, open, appDirectory }: ShellArguments): Promise<number | null> {
  // Whoever reads that it is open may end it at that very moment.
  let stopping = false;
  let stop = (): void => {
    stopping = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop());
  const result = await runBrowserShell({
    port,
    prepareApp: () => (appDirectory === null ? prepareApp() : Promise.resolve(appDirectory)),
    print,
    open: open ? openBrowser : () => undefined,
    log,
    vaultDirectory: (localPort) =>
      vaultDirectory({ platform: process.platform, env: process.env, home: homedir() }, localPort),
  });
  if (!result.running) return result.exitCode;
  containFaults(log);
  stop = () => void result.hub.stop().then(() => process.exit(0));
  if (stopping) stop();
  return null;
}

async function main(): Promise<void> {
  const read = readArguments(process.argv.slice(2), process.env, process.platform);
  if (!read.ok) {
    print(read.text);
    process.exit(read.exitCode);
  }
  const decision = await decideShell({
    browser: read.arguments.browser,
    platform: process.platform,
    env: process.env,
    userId: process.getuid?.() ?? null,
    findElectron: () => findElectron(print),
  });
  print(decision.line);
  const code =
    (decision.shell === 'electron' ? await inElectron(decision.executable) : null) ??
    (await inBrowser(read.arguments));
  if (code !== null) process.exit(code);
}

process.chdir(resolve(import.meta.dirname, '../..'));
await main();
