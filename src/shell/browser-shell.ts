import { APP_PORT } from '../core/protocol/machine.ts';
import type { HubLog } from '../hub/hub-log.ts';
import { startHub } from '../hub/start-hub.ts';
import type { Hub } from '../hub/start-hub.ts';
import { findPortOwner } from './find-port-owner.ts';
import { findRunningCaucus } from './find-running-caucus.ts';

export interface BrowserShellOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Gives the folder of the built app, building it first if need be; null where that failed, having said so. */
  readonly prepareApp: () => Promise<string | null>;
  readonly print: (line: string) => void;
  /** Opens an address in the machine's browser, or does nothing. */
  readonly open: (address: string) => void;
  readonly log: HubLog;
  /** Where the second copy of the notes is kept, given the port. */
  readonly vaultDirectory: (port: number) => string;
}

/** Running until its hub is stopped, or over already with this exit code. */
export type BrowserShellResult =
  | { readonly running: true; readonly hub: Hub }
  | { readonly running: false; readonly exitCode: number };

const addressOn = (port: number): string => `http://localhost:${port}/`;

/** A second start leads to the first: null where the port is not Caucus's. */
async function joinRunning({
  port,
  print,
  open,
}: BrowserShellOptions): Promise<BrowserShellResult | null> {
  const running = port === 0 ? null : await findRunningCaucus(port);
  if (running === null) return null;
  if (running === 'with-page') {
    print(`Caucus is already open at ${addressOn(port)}`);
    open(addressOn(port));
  } else {
    print('Caucus is already open in a window of its own.');
  }
  return { running: false, exitCode: 0 };
}

async function tellWhoHasIt({ port, print }: BrowserShellOptions): Promise<BrowserShellResult> {
  const owner = await findPortOwner(port);
  const who = owner === null ? 'another program' : `${owner.name} (process ${owner.processId})`;
  print(`Caucus cannot open: port ${port} is taken by ${who}.`);
  print(
    'Close that program and start Caucus again. Caucus does not move to another port, because the browser keeps your notes under this one.',
  );
  return { running: false, exitCode: 1 };
}

/** Serves the app on this laptop's loopback and leads the machine's browser there. */
export async function runBrowserShell(options: BrowserShellOptions): Promise<BrowserShellResult> {
  const { port, prepareApp, print, open, log, vaultDirectory } = options;
  const joined = await joinRunning(options);
  if (joined !== null) return joined;

  const appDirectory = await prepareApp();
  if (appDirectory === null) return { running: false, exitCode: 1 };
  const result = await startHub({ localPort: port, appDirectory, log, vaultDirectory });
  if (!result.ok) {
    // While the app was being built, another start may have come first.
    if (result.reason === 'port-taken') {
      return (await joinRunning(options)) ?? tellWhoHasIt(options);
    }
    print(
      result.reason === 'not-allowed'
        ? `Caucus cannot open: this account may not use port ${port}.`
        : 'Caucus cannot open: this machine has no loopback network (127.0.0.1).',
    );
    return { running: false, exitCode: 1 };
  }

  const address = addressOn(result.hub.localPort);
  if (result.hub.localPort !== APP_PORT) {
    print(
      'The browser keeps notes per port: those written on another port are not shown on this one.',
    );
  }
  print(`Caucus is open at ${address}`);
  open(address);
  return { running: true, hub: result.hub };
}
