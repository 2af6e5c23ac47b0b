import { parseArgs } from 'node:util';
import { APP_PORT } from '../core/protocol/machine.ts';

export interface ShellArguments {
  /** Whether the browser shell was asked for. */
  readonly browser: boolean;
  readonly port: number;
  /** Whether the machine's browser may be opened. */
  readonly open: boolean;
  /** A built app to serve instead of building this one; for developers and tests. */
  readonly appDirectory: string | null;
}

export type ArgumentsResult =
  | { readonly ok: true; readonly arguments: ShellArguments }
  /** What to say instead of starting; the code is 0 where that is what was asked for. */
  | { readonly ok: false; readonly text: string; readonly exitCode: number };

const usage = `npm start [-- OPTIONS]
  --browser    run in the machine's browser (also CAUCUS_SHELL=browser)
  --no-open    do not open the browser
  --port N     another port, for developers (also CAUCUS_PORT=N); notes are kept per port`;

const hasDisplay = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);

/**
 * What was asked for on the command line and, behind it, in the environment.
 *
 * @param argv without the program and the script.
 */
export function readArguments(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): ArgumentsResult {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    // parseArgs says by exception what it does not know; the sentence is its own.
    const text = `${error instanceof Error ? error.message : ''}\n${usage}`;
    return { ok: false, text, exitCode: 1 };
  }
  if (values.help) return { ok: false, text: usage, exitCode: 0 };
  const text = values.port ?? env['CAUCUS_PORT'] ?? String(APP_PORT);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) {
    return { ok: false, text: `"${text}" is no port: take a number up to 65535.`, exitCode: 1 };
  }
  return {
    ok: true,
    arguments: {
      browser: values.browser || env['CAUCUS_SHELL'] === 'browser',
      port,
      open: !values['no-open'] && !env['CI'] && hasDisplay(platform, env),
      appDirectory: env['CAUCUS_APP_DIRECTORY'] ?? null,
    },
  };
}
