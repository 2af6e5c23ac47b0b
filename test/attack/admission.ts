import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestHub } from '../unit/hub/laptop.ts';
import { tryRoutes, unlistedRoutes } from './routes.ts';
import type { Tally } from './tally.ts';
import { tryTickets } from './tickets.ts';

export interface Admission {
  readonly tallies: readonly Tally[];
  /** Routes that the hub has and the suite does not ask, or the other way round: each is a fault. */
  readonly unlisted: readonly string[];
}

/** Who is let in: every route and upgrade, and every kind of ticket, at a hub with both doors open. */
export async function tryAdmission(): Promise<Admission> {
  const folder = await mkdtemp(join(tmpdir(), 'caucus-attack-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Caucus</title>');
  const { hub } = await startTestHub({
    appDirectory: folder,
    vaultDirectory: () => join(folder, 'vault'),
  });
  try {
    const opened = await hub.openToNetwork();
    const [address = ''] = opened.ok ? opened.state.addresses : [];
    const ports = { loopback: hub.localPort, network: Number(new URL(address).port) };
    const { loopback, network } = hub.routes();
    if (network === null) throw new Error('The hub is not open to the network');
    const tickets = await tryTickets(
      ports.loopback,
      ports.network,
      () => hub.state().turnedAway ?? [],
    );
    const tallies = [...(await tryRoutes(ports)), ...tickets];
    return { tallies, unlisted: unlistedRoutes({ loopback, network }) };
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
