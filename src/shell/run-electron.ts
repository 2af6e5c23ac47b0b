import { spawn } from 'node:child_process';

/** How it ended: as people end it, or before anybody can have seen a window. */
export type ElectronEnd =
  | { readonly kind: 'closed'; readonly code: number }
  | { readonly kind: 'died-at-once'; readonly why: string };

const AT_ONCE_MS = 8000;
const MAX_COMPLAINT = 200;

function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().slice(0, MAX_COMPLAINT);
}

/**
 * Runs Electron until it ends. An end within seconds that is not a good one means that it cannot run
 * here: a library is missing, or the sandbox is not allowed.
 *
 * @param appPath the folder with package.json, which gives the app its name and so its place for data.
 */
export function runElectron(
  executable: string,
  appPath: string,
  atOnceMs = AT_ONCE_MS,
): Promise<ElectronEnd> {
  return new Promise((resolve) => {
    const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
    const startedAt = performance.now();
    const child = spawn(executable, [appPath], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => {
      if (complaint.length < MAX_COMPLAINT * 10) complaint += data.toString();
    });
    let wasTold = false;
    function pass(signal: NodeJS.Signals): void {
      wasTold = true;
      child.kill(signal);
    }
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);

    function end(code: number, why: string): void {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      const atOnce = performance.now() - startedAt < atOnceMs;
      resolve(
        atOnce && code !== 0 && !wasTold ? { kind: 'died-at-once', why } : { kind: 'closed', code },
      );
    }

    child.on('error', (error) => end(1, firstLine(error.message)));
    child.on('close', (code) => end(code ?? 1, firstLine(complaint)));
  });
}
