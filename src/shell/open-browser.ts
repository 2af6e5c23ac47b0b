import { spawn } from 'node:child_process';

/** The command with which this system opens an address in the person's own browser. */
export function openCommand(
  platform: NodeJS.Platform,
  address: string,
): readonly [command: string, ...commandArguments: string[]] {
  if (platform === 'darwin') return ['open', address];
  // "start" is a word of cmd's own; its first quoted argument would be a window's title.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', address];
  return ['xdg-open', address];
}

/** Opens `address` if the system can; where it cannot, the address is on the screen already. */
export function openBrowser(address: string): void {
  const [command, ...commandArguments] = openCommand(process.platform, address);
  const child = spawn(command, commandArguments, {
    detached: true,
    stdio: 'ignore',
    windowsVerbatimArguments: true,
  });
  child.on('error', () => child.unref());
  child.unref();
}
