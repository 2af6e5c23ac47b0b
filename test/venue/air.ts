import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { NamespaceSeat, NamespaceVenue } from '../rehearse/venue/namespaces.ts';

const run = promisify(execFile);
const TABLE = 'caucus';

async function command(program: string, ...parameters: readonly string[]): Promise<string> {
  const { stdout } = await run(program, [...parameters]);
  return stdout;
}
const inSpace = (space: string, ...words: readonly string[]): Promise<string> =>
  command('ip', 'netns', 'exec', space, ...words);

/** What is done to everything that passes from laptop to laptop, in rules of nftables. */
async function rule(venue: NamespaceVenue, text: string): Promise<void> {
  await inSpace(
    venue.air,
    'nft',
    `add table bridge ${TABLE}; ` +
      `add chain bridge ${TABLE} pass { type filter hook forward priority 0; policy accept; }; ` +
      `add rule bridge ${TABLE} pass ${text}`,
  );
}

/** No names on the local network (mDNS), as most conference networks have it. */
export async function filterMulticast(venue: NamespaceVenue): Promise<void> {
  await rule(venue, 'ip daddr 224.0.0.0/4 drop');
  await rule(venue, 'ip6 daddr ff00::/8 udp dport 1-65535 drop');
}

/** Neither WebRTC nor mDNS. */
export const dropUdp = (venue: NamespaceVenue): Promise<void> =>
  rule(venue, 'meta l4proto udp drop');

/** This laptop's browser reaches no other directly: UDP from and to it is dropped, except for mDNS. */
export async function dropUdpOf(venue: NamespaceVenue, { port }: NamespaceSeat): Promise<void> {
  await rule(venue, `iifname "${port}" udp dport != 5353 drop`);
  await rule(venue, `oifname "${port}" udp dport != 5353 drop`);
}

/** Drops this share of all frames, each way, by chance. */
export const dropPercent = (venue: NamespaceVenue, percent: number): Promise<void> =>
  rule(venue, `numgen random mod 100 < ${percent} drop`);

/** These laptops reach all others but not each other, as "client isolation" has it. */
export async function isolate(
  venue: NamespaceVenue,
  seats: readonly NamespaceSeat[],
): Promise<void> {
  for (const { port } of seats) {
    await command(
      'ip',
      '-n',
      venue.air,
      'link',
      'set',
      port,
      'type',
      'bridge_slave',
      'isolated',
      'on',
    );
  }
}

/** What this laptop sends goes no faster than this, and waits in a queue that overflows. */
export async function limitUplink({ space }: NamespaceSeat, kbitPerSecond: number): Promise<void> {
  const rate = ['rate', `${kbitPerSecond}kbit`, 'burst', '4kb', 'latency', '400ms'];
  await command('tc', '-n', space, 'qdisc', 'replace', 'dev', 'wlan0', 'root', 'tbf', ...rate);
}

/** The laptop's link goes down, and the laptop knows: as when Wi-Fi is switched off. */
export const linkDown = ({ space }: NamespaceSeat): Promise<unknown> =>
  command('ip', '-n', space, 'link', 'set', 'wlan0', 'down');

export async function linkUp(venue: NamespaceVenue, { space }: NamespaceSeat): Promise<void> {
  await command('ip', '-n', space, 'link', 'set', 'wlan0', 'up');
  await command('ip', '-n', space, 'route', 'replace', 'default', 'via', venue.gateway);
}

/** The laptop gets another address, as after a sleep; the old one is nobody's from then on. */
export async function changeAddress(
  venue: NamespaceVenue,
  { space, address }: NamespaceSeat,
  next: string,
): Promise<void> {
  await command('ip', '-n', space, 'addr', 'del', `${address}/24`, 'dev', 'wlan0');
  await command('ip', '-n', space, 'addr', 'add', `${next}/24`, 'dev', 'wlan0');
  await command('ip', '-n', space, 'route', 'replace', 'default', 'via', venue.gateway);
}

/** What this laptop has sent so far, in bytes on the wire with all headers. */
export async function bytesSent({ space }: NamespaceSeat): Promise<number> {
  const json = await command('ip', '-n', space, '-s', '-j', 'link', 'show', 'dev', 'wlan0');
  const [link] = JSON.parse(json) as readonly { stats64: { tx: { bytes: number } } }[];
  return link?.stats64.tx.bytes ?? 0;
}

const KNOCK = `require('node:net').connect({ host: process.argv[1], port: Number(process.argv[2]) })
  .on('connect', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(1000, () => process.exit(1))`;

/** Whether something answers there, seen from this laptop. */
export async function answers(
  { space }: NamespaceSeat,
  address: string,
  port: number,
): Promise<boolean> {
  try {
    await inSpace(space, process.execPath, '-e', KNOCK, address, String(port));
    return true;
  } catch {
    // It exits with 1 where nobody answers, which is an answer too.
    return false;
  }
}
