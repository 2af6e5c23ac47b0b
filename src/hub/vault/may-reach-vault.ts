import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';

const ROOT = 0;

/** The column of a connection's owner in Linux's /proc/net/tcp and /proc/net/tcp6. */
const OWNER = 7;

/** The user whose program holds the other end of this loopback connection; null where nobody says. */
function ownerOf({
  localPort,
  remotePort,
  remoteAddress,
}: IncomingMessage['socket']): number | null {
  if (process.platform !== 'linux' || localPort === undefined || remotePort === undefined) {
    return null;
  }
  const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');
  let table: string;
  try {
    table = readFileSync(remoteAddress?.includes(':') ? '/proc/net/tcp6' : '/proc/net/tcp', 'utf8');
  } catch {
    // A system may hide it; then it does not say.
    return null;
  }
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/u);
    const [, local = '', remote = ''] = columns;
    if (local.endsWith(`:${hex(remotePort)}`) && remote.endsWith(`:${hex(localPort)}`)) {
      return Number(columns[OWNER]);
    }
  }
  return null;
}

/**
 * Whether this connection to the loopback listener may reach the vault: another person who is logged
 * in to the same machine may not, where the system tells whose connection it is, which is Linux.
 * Elsewhere loopback has no owner; see docs/decisions/0008-vault.md. The system's own user may, as
 * that one reads every file, and is who forwards connections into a Linux inside Windows.
 */
export function mayReachVault({ socket }: IncomingMessage): boolean {
  const owner = ownerOf(socket);
  return owner === null || owner === ROOT || owner === process.getuid?.();
}
