import type { Place } from '../../src/browser/sync/hub-places.ts';
import type { HubEvent } from '../../src/hub/hub-log.ts';
import { WordLedger } from '../unit/session/words.ts';
import { keys, longRows, people, PLENARY, SECOND_HUB, startRows } from './cast.ts';
import { type AirKind, DirectAir } from './direct-air.ts';
import { Disk, type DiskFaults } from './disk.ts';
import { type HubProcess, startHubProcess } from './hub.ts';
import { Laptop } from './laptop.ts';
import { Network } from './network.ts';
import { type Dice, diceFrom } from './random.ts';
import type { Process, VirtualTime } from './virtual-time.ts';

/** What is broken on purpose beneath or beside the product. */
export interface WorldFaults {
  readonly disk?: DiskFaults;
  /** A laptop goes on under the numbers that it had before it was restarted. */
  readonly reuseClientIds?: boolean;
  /** The clock that never jumps is the wall clock. */
  readonly monotonicJumps?: boolean;
}

/** The rule that did not hold, where, and when in the world's time. */
export interface Violation {
  readonly check: string;
  readonly detail: string;
  readonly at: number;
}

/** A clock that a person set wrong, at most so far, in milliseconds. */
const MAX_WRONG_MS = 3 * 3_600_000;

/** Five laptops, their disks, hubs and networks, as one seed makes them. */
export class World {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly network: Network;
  readonly air: DirectAir;
  readonly laptops: readonly Laptop[];
  readonly hubs = new Map<number, HubProcess>();
  readonly ledger = new WordLedger();
  readonly violations: Violation[] = [];
  readonly secondHub: boolean;
  /** Until when a laptop cannot have noticed yet what was done to it. Milliseconds. */
  readonly disturbedUntil: number[] = people.map(() => 0);
  /** Called when something may get through that did not, or the other way round. */
  onChange: () => void = () => undefined;
  private addressesMade = 0;

  constructor(time: VirtualTime, seed: number, faults: WorldFaults) {
    this.time = time;
    const dice = diceFrom(seed);
    this.dice = dice;
    this.network = new Network(time, dice.fork());
    const kind = dice.weighted<AirKind>({ none: 2, channel: 2, datagrams: 2 });
    this.air = new DirectAir(time, dice.fork(), kind);
    this.secondHub = dice.chance(0.3);
    const ground = {
      time,
      dice: dice.fork(),
      network: this.network,
      air: this.air,
      ledger: this.ledger,
      reuseClientIds: faults.reuseClientIds === true,
    };
    const everybodyHasIt = dice.chance(0.6);
    const withHistory = dice.chance(0.2);
    this.laptops = people.map((person, index) => {
      const disk = new Disk(time, dice.fork(), faults.disk ?? {});
      const laptop = new Laptop(index, person, disk, ground);
      laptop.wallOffset = dice.chance(0.4) ? dice.between(-MAX_WRONG_MS, MAX_WRONG_MS) : 0;
      for (const name of laptop.names) {
        if (!everybodyHasIt && index !== PLENARY) continue;
        const rows = name === 'g1' && withHistory ? longRows : startRows[name];
        for (const row of rows) disk.put(keys[name].documentId, row);
      }
      return laptop;
    });
    this.network.addresses.set('ws://own-0', PLENARY);
    this.network.addresses.set('ws://own-1', SECOND_HUB);
    this.network.addresses.set('ws://second', SECOND_HUB);
    this.moveAddress();
    if (dice.chance(0.3)) this.network.addresses.set('ws://other-door', PLENARY);
    this.publishPlaces();
  }

  violate(check: string, detail: string): void {
    this.violations.push({ check, detail, at: this.time.now() });
  }
  laptop(index: number): Laptop {
    const laptop = this.laptops[index];
    if (laptop === undefined) throw new Error(`There is no laptop ${index}`);
    return laptop;
  }

  /** Something happens in the world, and may change what gets through. */
  later(ms: number, act: () => void): void {
    this.time.later(this.time.world, ms, () => {
      act();
      this.onChange();
    });
  }
  /** Has that process do something, with its clocks and its timers. */
  act(process: Process, act: () => void): void {
    this.time.later(process, 0, act);
  }

  /** Everybody comes in. */
  startAll(): void {
    this.startHub(PLENARY);
    if (this.secondHub) this.startHub(SECOND_HUB);
    for (const laptop of this.laptops) this.startLaptop(laptop, this.dice.below(300));
  }
  startLaptop(laptop: Laptop, ms: number): void {
    this.later(ms, () => {
      if (laptop.process !== null) return;
      laptop
        .start()
        .then(() => this.onChange())
        .catch((error: unknown) => this.fault(error, laptop.person.name));
    });
  }
  startHub(host: number): void {
    const laptop = this.laptop(host);
    const process = this.time.process(`hub of ${laptop.person.name}`, laptop.wallOffset);
    process.missed = laptop.missed;
    const hub = this.time.runAs(process, () =>
      startHubProcess({
        dice: this.dice.fork(),
        process,
        onLog: (event) => this.onHubLog(event),
        onFault: (error) => this.fault(error, process.name),
      }),
    );
    this.hubs.set(host, hub);
    this.network.hubs.set(host, hub);
  }
  stopHub(host: number): void {
    const hub = this.hubs.get(host);
    if (hub === undefined) return;
    this.hubs.delete(host);
    this.network.hubs.delete(host);
    hub.process.dead = true;
    this.network.endOf(hub.process, 'reset');
  }

  /** The plenary laptop is to be found somewhere else from now on. Nobody knows yet. */
  moveAddress(): void {
    const { addresses } = this.network;
    addresses.delete(`ws://plenary-${this.addressesMade}`);
    this.addressesMade += 1;
    addresses.set(`ws://plenary-${this.addressesMade}`, PLENARY);
  }
  /** Discovery has found the plenary laptop's address. */
  publishPlaces(): void {
    for (const laptop of this.laptops) {
      laptop.places = this.placesFor(laptop.index);
      const { running } = laptop;
      if (running === null) continue;
      this.act(running.process, () => running.supervisor.setPlaces(laptop.places));
    }
  }
  private placesFor(index: number): readonly Place[] {
    const plenary = (address: string): Place => ({ address, own: false, plenary: true });
    const second: Place = { address: 'ws://second', own: false, plenary: false };
    if (index === PLENARY) {
      return [
        { address: 'ws://own-0', own: true, plenary: true },
        ...(this.secondHub ? [second] : []),
      ];
    }
    return [
      ...(this.secondHub && index === SECOND_HUB
        ? [{ address: 'ws://own-1', own: true, plenary: false }]
        : []),
      plenary(`ws://plenary-${this.addressesMade}`),
      plenary('ws://other-door'),
      ...(this.secondHub && index !== SECOND_HUB ? [second] : []),
    ];
  }
  /** Something was done to the way between the plenary laptop and this one. */
  disturb(index: number, ms: number): void {
    const until = this.time.now() + ms;
    const all = index === PLENARY ? this.laptops.map((laptop) => laptop.index) : [index];
    for (const one of all) {
      this.disturbedUntil[one] = Math.max(until, this.disturbedUntil[one] ?? 0);
    }
  }

  fault(error: unknown, where: string): void {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.violate('fault', `${where}: ${what.split('\n').slice(0, 6).join(' | ')}`);
  }
  /** Nobody here sends anything that a hub may call malformed. */
  private onHubLog(event: HubEvent): void {
    if (event.event === 'dropped') this.violate('dropped', event.reason);
    if (event.event === 'fault') this.violate('fault', `${event.name} at ${event.at}`);
  }
}
