import { networkInterfaces } from 'node:os';
import { APP_PORT, NETWORK_PORT } from '../core/protocol/machine.ts';
import type { AnnouncedSession, HubResult, HubState } from '../core/protocol/machine.ts';
import { createDiscovery } from './discovery/create-discovery.ts';
import { openMulticastLink } from './discovery/multicast-link.ts';
import type { OpenLink } from './discovery/multicast-link.ts';
import { hubIdOf } from '../core/protocol/secure-channel.ts';
import { keptHubKey } from './hub-key.ts';
import { createTurnedAway } from './turned-away.ts';
import type { HubLog } from './hub-log.ts';
import { createJoin } from './join/create-join.ts';
import type { JoinCounts } from './join/join-room.ts';
import { createKeepAlive } from './keep-alive.ts';
import { keepYoungHeapSmall } from './keep-young-heap-small.ts';
import type { ListenFailure } from './listen.ts';
import { networkAddresses } from './network-addresses.ts';
import { createRelay } from './relay/create-relay.ts';
import { systemKeyAgreement } from './relay/system-key-agreement.ts';
import { createVault } from './vault/create-vault.ts';
import { createVoting } from './voting/create-voting.ts';
import { loopbackPages, networkPages } from './web/answer.ts';
import { askerInHead } from './web/asker-in-head.ts';
import type { OpenDoor, Routes } from './web/open-door.ts';
import { openDoor } from './web/open-door.ts';
import { loopbackGuard, networkGuard } from './web/request-guard.ts';
import { createServePhonePage, phonePageBeside } from './web/serve-phone-page.ts';

export interface HubOptions {
  /** For this laptop only; 0 for any free port. The usual one by default. */
  readonly localPort?: number;
  /** For everyone, once opened; another free one is taken where it cannot be had. */
  readonly networkPort?: number;
  /** The folder of the built app; without it no page is served. */
  readonly appDirectory?: string;
  /** The phones' page, one file of HTML; by default `audience/index.html` beside the app's folder. */
  readonly audiencePage?: string;
  readonly log?: HubLog;
  /**
   * The folder of the second copy (`vault/`), of the ballots and of the hub's key, given the loopback port: notes are
   * kept per port, and so is their copy. Without it there is none.
   */
  readonly vaultDirectory?: (localPort: number) => string;
  /** Where the hub's key is kept, if its port is another one each time. */
  readonly keyDirectory?: string;
  /** Pages that are the app's own although another server has them, for tests and development. */
  readonly ownOrigins?: readonly string[];
  /** This laptop's addresses on the network, the likeliest first; by default from the system. */
  readonly addresses?: () => readonly string[];
  /** How to reach everyone on a network at once; by default multicast DNS. */
  readonly openLink?: OpenLink;
}

export interface Hub {
  readonly localPort: number;
  readonly state: () => HubState;
  /** What is held at the moment: documents at the relay, laptops that ask to join, phones that vote. */
  readonly counts: () => {
    readonly documents: number;
    readonly join: JoinCounts;
    readonly phones: number;
  };
  /** Every path that leads anywhere; null for the network while the hub is not open to it. */
  readonly routes: () => { readonly loopback: Routes; readonly network: Routes | null };
  /** Lets other laptops in. The system's firewall may ask the person at this moment. */
  readonly openToNetwork: () => Promise<HubResult>;
  /** Shuts them out again and ends their connections; this laptop's own go on. */
  readonly closeToNetwork: () => Promise<HubResult>;
  /** Looks for other laptops of these sessions, and names them to those while open to the network. */
  readonly announce: (sessions: readonly AnnouncedSession[]) => Promise<HubResult>;
  readonly stop: () => Promise<void>;
}

export type StartResult =
  { readonly ok: true; readonly hub: Hub } | { readonly ok: false; readonly reason: ListenFailure };

const PING_EVERY_MS = 30_000;

/**
 * Starts the hub on this laptop's loopback: the relay at `/relay`, the vault at `/vault`, the control
 * of the hub at `/control/…` and the app's page, if there is one. The network sees nothing of it
 * before `openToNetwork`, and then the relay only.
 */
export async function startHub(options: HubOptions = {}): Promise<StartResult> {
  keepYoungHeapSmall();
  const turnedAway = createTurnedAway(Date.now);
  const log: HubLog = (event) => {
    turnedAway.note(event);
    options.log?.(event);
  };
  const addresses = options.addresses ?? (() => networkAddresses(networkInterfaces()));
  const keepAlive = createKeepAlive(PING_EVERY_MS);
  const port = options.localPort ?? APP_PORT;
  const folder = options.keyDirectory ?? (port === 0 ? undefined : options.vaultDirectory?.(port));
  const keyPair = folder === undefined ? systemKeyAgreement.makeKeyPair() : keptHubKey(folder, log);
  const hubId = hubIdOf(keyPair.publicKey);
  const relay = createRelay({ hubId, keyPair, log, keepAlive });
  const join = createJoin({ log, keepAlive });
  const voting = createVoting({
    directory: () => (local.ok ? (options.vaultDirectory?.(local.door.port) ?? null) : null),
    log,
    keepAlive,
    pingEveryMs: PING_EVERY_MS,
  });
  const services = [relay];
  const vault = createVault(
    () => (local.ok ? (options.vaultDirectory?.(local.door.port) ?? null) : null),
    log,
  );
  const discovery = createDiscovery({
    hubId,
    addresses,
    interfaces: networkInterfaces,
    openLink: options.openLink ?? openMulticastLink,
    log,
  });
  const phonePage = options.audiencePage ?? phonePageBeside(options.appDirectory);
  let network: OpenDoor | null = null;
  let lastChange: Promise<unknown> = Promise.resolve();

  const local = await openDoor({
    door: 'loopback',
    hosts: ['127.0.0.1', '::1'],
    port: options.localPort ?? APP_PORT,
    guard: loopbackGuard(options.ownOrigins),
    services: [...services, join.desks, voting.desks, vault],
    pages: loopbackPages({
      control: { state: () => done(), openToNetwork, closeToNetwork, announce },
      appDirectory: options.appDirectory ?? null,
    }),
    log,
  });
  if (!local.ok) {
    keepAlive.stop();
    await voting.stop();
    return local;
  }
  const { door } = local;
  void voting.start();

  function state(): HubState {
    const { port } = network ?? {};
    return {
      localUrl: `ws://localhost:${door.port}`,
      openToNetwork: port !== undefined,
      addresses:
        port === undefined
          ? []
          : addresses().map((address) =>
              address.includes(':') ? `ws://[${address}]:${port}` : `ws://${address}:${port}`,
            ),
      hubId,
      found: discovery.found(),
      ...(turnedAway.list().length > 0 && { turnedAway: turnedAway.list() }),
    };
  }

  const done = (): HubResult => ({ ok: true, state: state() });

  /** One change after the other: two people may press at once, in two windows. */
  function inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = lastChange.then(change);
    lastChange = result.catch(() => undefined);
    return result;
  }

  const openOn = (port: number): ReturnType<typeof openDoor> =>
    openDoor({
      door: 'network',
      hosts: ['0.0.0.0', '::'],
      port,
      guard: networkGuard(),
      services: [...services, join.askers, voting.phones],
      pages: networkPages(createServePhonePage(phonePage, voting.page, log)),
      whoAsks: (head) => askerInHead(head, { voterIn: voting.voterIn, laptopIn: relay.laptopIn }),
      log,
    });

  function openToNetwork(): Promise<HubResult> {
    return inTurn(async () => {
      if (network !== null) return done();
      if (addresses().length === 0) return { ok: false, reason: 'no-network' };
      // Phones that come back after a restart are known at the door.
      await voting.start();
      let opened = await openOn(options.networkPort ?? NETWORK_PORT);
      if (!opened.ok) opened = await openOn(0);
      if (!opened.ok) return { ok: false, reason: 'no-port' };
      network = opened.door;
      await discovery.setPort(network.port);
      return done();
    });
  }

  function closeToNetwork(): Promise<HubResult> {
    return inTurn(async () => {
      await discovery.setPort(null);
      await network?.close();
      network = null;
      return done();
    });
  }

  async function announce(sessions: readonly AnnouncedSession[]): Promise<HubResult> {
    await discovery.announce(sessions);
    return done();
  }

  async function stop(): Promise<void> {
    await closeToNetwork();
    await discovery.stop();
    await door.close();
    relay.stop();
    join.stop();
    await voting.stop();
    await vault.stop();
    keepAlive.stop();
  }

  const counts = (): ReturnType<Hub['counts']> => ({
    documents: relay.documentCount(),
    join: join.counts(),
    phones: voting.counts().phones,
  });

  const routes = (): ReturnType<Hub['routes']> => ({
    loopback: door.routes,
    network: network?.routes ?? null,
  });

  return {
    ok: true,
    hub: {
      localPort: door.port,
      state,
      counts,
      routes,
      openToNetwork,
      closeToNetwork,
      announce,
      stop,
    },
  };
}
