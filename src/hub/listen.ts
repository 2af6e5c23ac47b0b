import type { Server } from 'node:net';

export interface Listening {
  readonly port: number;
  readonly servers: readonly Server[];
}

export type ListenFailure =
  | 'port-taken'
  /** The system lets only administrators have this port. */
  | 'not-allowed'
  /** The address cannot be listened on at all. */
  | 'no-address';

export type ListenResult =
  ({ readonly ok: true } & Listening) | { readonly ok: false; readonly reason: ListenFailure };

const ANY_PORT_TRIES = 20;
/** Connections that the system holds until they are taken in: a room of phones comes back at once. */
const BACKLOG = 4_096;

function listenOnce(server: Server, host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error.code ?? 'unknown');
    server.once('error', failed);
    server.listen({ host, port, backlog: BACKLOG, ipv6Only: host.includes(':') }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function reasonOf(code: string): ListenFailure {
  if (code === 'EADDRINUSE') return 'port-taken';
  return code === 'EACCES' ? 'not-allowed' : 'no-address';
}

async function tryPort(
  makeServer: () => Server,
  hosts: readonly string[],
  port: number,
): Promise<ListenResult> {
  const servers: Server[] = [];
  let bound = port;
  let failure: ListenFailure = 'no-address';
  for (const host of hosts) {
    const server = makeServer();
    const result = await listenOnce(server, host, bound);
    if (typeof result === 'number') {
      bound = result;
      servers.push(server);
      continue;
    }
    failure = reasonOf(result);
    // A laptop without IPv6 is normal. Another program on the same port at ::1 is not: "localhost"
    // would lead to one or the other by chance.
    if (failure === 'no-address') continue;
    await closeServers(servers);
    return { ok: false, reason: failure };
  }
  return servers.length > 0 ? { ok: true, port: bound, servers } : { ok: false, reason: failure };
}

/**
 * Listens on the same port of every one of `hosts` that this machine has, with one server each.
 *
 * @param port 0 for any that is free on all of them.
 */
export async function listen(
  makeServer: () => Server,
  hosts: readonly string[],
  port: number,
): Promise<ListenResult> {
  let triesLeft = port === 0 ? ANY_PORT_TRIES : 1;
  let result: ListenResult;
  do {
    result = await tryPort(makeServer, hosts, port);
    triesLeft -= 1;
  } while (!result.ok && triesLeft > 0);
  return result;
}

/** Stops listening. Resolves once every connection has ended as well, which others have to see to. */
export async function closeServers(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve()))),
  );
}
