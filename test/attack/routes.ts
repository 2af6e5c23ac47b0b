import type { Routes } from '../../src/hub/web/open-door.ts';
import { ask, knock } from '../unit/hub/ask.ts';
import { tallyOf } from './tally.ts';
import type { Tally } from './tally.ts';

type Door = 'loopback' | 'network';
/** What phones use comes by the network's door and lets in another page than the rest does. */
type Entrance = Door | 'phones';

/** How each route of the hub is asked when it is meant; a route that is not here fails the suite. */
const known: Readonly<Record<Entrance, Readonly<Record<string, string>>>> = {
  loopback: {
    '/': 'GET',
    '/hub': 'GET',
    '/control/state': 'GET',
    '/control/open': 'POST',
    '/control/announce': 'POST',
    '/control/close': 'POST',
    '/relay': 'socket',
    '/join-desk': 'socket',
    '/voting-desk': 'socket',
    '/vault': 'socket',
  },
  network: { '/hub': 'GET', '/relay': 'socket', '/join': 'socket' },
  phones: { '/': 'GET', '/vote': 'socket' },
};

interface Asking {
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether who asks like this gets anything but a refusal. */
async function isAdmitted(
  port: number,
  path: string,
  method: string,
  { host, headers }: Asking,
): Promise<boolean> {
  if (method === 'socket') return (await knock(port, path, { host, headers })) === 101;
  const body = path === '/control/announce' ? '[]' : '';
  return (await ask(port, path, { method, host, headers, body })).status < 400;
}

type Case = readonly [what: string, asking: (port: number) => Partial<Asking>];

const image = { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };

const foreign: readonly Case[] = [
  ['foreign Host', (port) => ({ host: `evil.example:${port}` })],
  ['Host that only begins as ours', (port) => ({ host: `localhost.evil.example:${port}` })],
  ['Host that is none', () => ({ host: 'a b' })],
  ['foreign Origin', () => ({ headers: { origin: 'https://evil.example' } })],
  [
    'foreign Origin and Host (DNS rebinding)',
    (port) => ({
      host: `evil.example:${port}`,
      headers: { origin: `http://evil.example:${port}` },
    }),
  ],
  ['null Origin', () => ({ headers: { origin: 'null' } })],
  ['image on another site', () => ({ headers: { 'sec-fetch-site': 'cross-site', ...image } })],
  [
    'image on another page of this laptop',
    () => ({
      headers: { 'sec-fetch-site': 'same-site', ...image },
    }),
  ],
  [
    'frame on another site',
    () => ({
      headers: {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'iframe',
      },
    }),
  ],
];
const foreignAt: Readonly<Record<Entrance, readonly Case[]>> = {
  loopback: [
    ...foreign,
    [
      "another program's page on this laptop",
      () => ({ headers: { origin: 'http://localhost:1' } }),
    ],
    ['an address on the network as Host', (port) => ({ host: `192.168.4.20:${port}` })],
  ],
  network: [
    ...foreign,
    [
      "a page at the hub's own address",
      (port) => ({
        headers: { origin: `http://192.168.4.20:${port}` },
      }),
    ],
  ],
  phones: [
    ...foreign,
    ["the app's window", () => ({ headers: { origin: 'app://caucus' } })],
    ["the app's page on another laptop", () => ({ headers: { origin: 'http://localhost:4710' } })],
    [
      "the phones' page of another hub",
      (port) => ({ headers: { origin: `http://192.168.4.21:${port}` } }),
    ],
    ['another page at the same address', () => ({ headers: { origin: 'http://192.168.4.20:1' } })],
  ],
};
const ours: Readonly<Record<Entrance, readonly Case[]>> = {
  loopback: [
    ['a program', () => ({})],
    ["the app's window", () => ({ headers: { origin: 'app://caucus' } })],
    [
      "the app's page",
      (port) => ({
        headers: { origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' },
      }),
    ],
  ],
  network: [
    ['a program', () => ({})],
    ["the app's window", () => ({ headers: { origin: 'app://caucus' } })],
    ["the app's page on another laptop", () => ({ headers: { origin: 'http://localhost:4710' } })],
    ['by the name of this laptop', (port) => ({ host: `plenary.local:${port}` })],
  ],
  phones: [
    ['a program', () => ({})],
    [
      "the phones' page",
      (port) => ({
        headers: { origin: `http://192.168.4.20:${port}`, 'sec-fetch-site': 'same-origin' },
      }),
    ],
    [
      "the phones' page by the name of this laptop",
      (port) => ({
        host: `plenary.local:${port}`,
        headers: { origin: `http://plenary.local:${port}` },
      }),
    ],
  ],
};
const hostAt: Readonly<Record<Entrance, (port: number) => string>> = {
  loopback: (port) => `localhost:${port}`,
  network: (port) => `192.168.4.20:${port}`,
  phones: (port) => `192.168.4.20:${port}`,
};
const doorOf = (entrance: Entrance): Door => (entrance === 'loopback' ? 'loopback' : 'network');

async function tryCase(
  door: Entrance,
  port: number,
  one: Case,
): Promise<Parameters<typeof tallyOf>[3]> {
  const asking = { host: hostAt[door](port), headers: {}, ...one[1](port) };
  const results = [];
  for (const [path, method] of Object.entries(known[door])) {
    results.push({ name: path, isAdmitted: await isAdmitted(port, path, method, asking) });
  }
  return results;
}

/** Paths that the hub has and this list has not, or the other way round. */
export function unlistedRoutes(routes: Readonly<Record<Door, Routes>>): string[] {
  return (['loopback', 'network'] as const).flatMap((door) => {
    const listed = Object.keys({ ...known[door], ...(door === 'network' && known.phones) });
    const real = [...routes[door].pages, ...routes[door].sockets];
    return [
      ...real.filter((path) => !listed.includes(path)),
      ...listed.filter((path) => !real.includes(path)),
    ].map((path) => `${door} ${path}`);
  });
}

/** Every route and every upgrade at both doors, with each way of coming from elsewhere. */
export async function tryRoutes(ports: Readonly<Record<Door, number>>): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const door of ['loopback', 'network', 'phones'] as const) {
    for (const one of foreignAt[door]) {
      tallies.push(tallyOf(door, one[0], 'refused', await tryCase(door, ports[doorOf(door)], one)));
    }
  }
  const port = ports.network;
  const inside = Object.entries(known.loopback).filter(
    ([path]) => !(path in known.network) && !(path in known.phones),
  );
  const results = [];
  for (const [path, method] of inside) {
    const asking = { host: hostAt.network(port), headers: {} };
    results.push({ name: path, isAdmitted: await isAdmitted(port, path, method, asking) });
  }
  tallies.push(tallyOf('network', "what is this laptop's own", 'refused', results));
  // Last: one of them closes the network's door, so that is asked for at the very end.
  for (const door of ['phones', 'network', 'loopback'] as const) {
    for (const one of ours[door]) {
      tallies.push(
        tallyOf(door, one[0], 'admitted', await tryCase(door, ports[doorOf(door)], one)),
      );
    }
  }
  return tallies;
}
