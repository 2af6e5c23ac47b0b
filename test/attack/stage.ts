import { readFileSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import type { AttackOptions, AttackReport } from './attack-kinds.ts';
import type { HonestOrder, Newcomers, Waits } from './honest-laptops.ts';
import type { HubOrder, HubReady, HubReport } from './hub-under-attack.ts';
import { startChild } from './processes.ts';

export interface Measured extends Waits {
  /** The hub's longest stall, in milliseconds, and the share of its core that it used. */
  readonly stallMs: number;
  readonly load: number;
}

/** A hub, ten honest laptops and an attacker, each in a process of its own. */
export interface Stage {
  /** Lets everybody ping and type for so many milliseconds. */
  measure(ms: number): Promise<Measured>;
  /** New laptops come, one after the other. */
  newcomers(): Promise<Newcomers>;
  /** Does something while there is an attack, and waits for its end to be over. */
  underAttack(act: () => Promise<void>): Promise<void>;
  /** The hub's resident bytes when everything has gone that can go, more than at the beginning. */
  memoryGrowth(): Promise<number>;
  /** Ends everything; what there was in all. */
  end(): Promise<StageReport>;
}
export interface StageReport {
  readonly opened: number;
  readonly ended: number;
  /** How many sockets the hub still had after an attack, more than before it; at most. */
  readonly socketsLeft: number;
  readonly faults: readonly string[];
}

/** The hub, and whoever measures: apart from each other. The attacker stands back for both. */
const HUB_CORE = 0;
const OTHER_CORE = 1;
const MEASURED_NICE = -15;
const ATTACKER_NICE = 0;
const PAGE_BYTES = 4096;
/** Until an attack has all its connections, and until collecting garbage is over. */
const SETTLE_MS = 1_500;
const CALM_MS = 500;
const NEWCOMERS_MS = 2_000;

const residentBytes = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;

/**
 * @param warmUpMs as long as an attack will be measured at least, so that what the honest laptops take
 *   is not counted to it.
 * @param hubFlags of Node.js, for the hub.
 */
export async function openStage(
  attack: Omit<AttackOptions, 'port'>,
  warmUpMs: number,
  hubFlags: readonly string[],
): Promise<Stage> {
  const hub = await startChild('hub-under-attack.ts', [], {
    core: HUB_CORE,
    nice: MEASURED_NICE,
    nodeFlags: ['--expose-gc', ...hubFlags],
  });
  const { pid, localPort, networkPort } = hub.greeting as HubReady;
  const honest = await startChild('honest-laptops.ts', [String(localPort), String(networkPort)], {
    core: OTHER_CORE,
    nice: MEASURED_NICE,
  });
  const report = async (collect: boolean): Promise<HubReport> =>
    (await hub.ask({ collect } satisfies HubOrder)) as HubReport;
  async function measure(ms: number): Promise<Measured> {
    await report(false);
    const waits = (await honest.ask({ order: 'measure', ms } satisfies HonestOrder)) as Waits;
    const { stallMs, cpuMs } = await report(false);
    return { ...waits, stallMs, load: cpuMs / ms };
  }
  await measure(warmUpMs);
  const before = await report(true);
  await later(CALM_MS);
  let [opened, ended, socketsLeft] = [0, 0, 0];

  /** Waits until the hub has no more sockets than before, but not for ever; how many more it has. */
  async function socketsAbove(): Promise<number> {
    let left = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 20 && left > 0; tries += 1) {
      await later(500);
      left = Math.max(0, (await report(false)).sockets - before.sockets);
    }
    return left;
  }

  return {
    measure,
    newcomers: async () =>
      (await honest.ask({
        order: 'newcomers',
        ms: NEWCOMERS_MS,
      } satisfies HonestOrder)) as Newcomers,
    async underAttack(act) {
      const attackWith: AttackOptions = { ...attack, port: networkPort };
      const attacker = await startChild('attacker.ts', [JSON.stringify(attackWith)], {
        core: OTHER_CORE,
        nice: ATTACKER_NICE,
      });
      await later(SETTLE_MS);
      await act();
      const done = (await attacker.ask({})) as AttackReport;
      opened += done.opened;
      ended += done.ended;
      await attacker.end();
      socketsLeft = Math.max(socketsLeft, await socketsAbove());
      await later(CALM_MS);
    },
    memoryGrowth: async () => Math.max((await report(true)).rss, residentBytes(pid)) - before.rss,
    async end() {
      const { faults } = await report(false);
      await honest.end();
      await hub.end();
      return { opened, ended, socketsLeft, faults };
    },
  };
}
