import { type Laptop, openLaptop } from '../rehearse/laptop.ts';
import { type StoredRow, watchArrivals } from '../rehearse/arrivals.ts';
import type { NamespaceSeat, NamespaceVenue } from '../rehearse/venue/namespaces.ts';
import type { Page } from 'playwright-core';
import { createDisk, type Disk } from './disk.ts';
import { type Moment, recordStatus } from './status-record.ts';
import type { Obstacle } from './status-truth.ts';

export interface TypedText {
  readonly text: string;
  /** When it was finished, milliseconds since 1970. */
  readonly at: number;
}

/** A laptop in a scenario, with everything that is known of it. */
export interface Player {
  readonly name: string;
  /** The group whose ticket it has; null on the plenary laptop. */
  readonly group: string | null;
  readonly laptop: Laptop<NamespaceSeat>;
  readonly disk: Disk;
  /** What its status line said. */
  readonly moments: readonly Moment[];
  /** What stood between it and the plenary laptop. */
  readonly obstacles: Obstacle[];
  /** What was typed and finished on it. */
  readonly typed: TypedText[];
  /** Reads on what is stored, after the page was opened anew. */
  watch(): Promise<void>;
}

export interface PlayerOptions {
  readonly venue: NamespaceVenue;
  readonly name: string;
  readonly group: string | null;
  readonly plainAddresses: boolean;
  /** How far this laptop's clock is off, in milliseconds. */
  readonly clockOffMs?: number;
  /** What its programs, but not its browser, have in their environment beside the usual. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs in the page, before the app: this laptop's clock is off by so much. */
function setClockOff(offMs: number): void {
  const Original = globalThis.Date;
  const now = (): number => Original.now() + offMs;
  globalThis.Date = new Proxy(Original, {
    construct: (target, parameters, made) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, made) as object,
    apply: () => new Original(now()).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
  });
}

export async function openPlayer(options: PlayerOptions): Promise<Player> {
  const disk = createDisk();
  const moments: Moment[] = [];
  const { clockOffMs = 0 } = options;
  const laptop = await openLaptop({
    venue: options.venue,
    name: options.name,
    plainAddresses: options.plainAddresses,
    ...(options.env !== undefined && { env: options.env }),
    async onPage(page: Page) {
      await page.exposeFunction('caucusTellRow', (row: StoredRow) => disk.tell(row));
      await recordStatus(page, (moment) => moments.push(moment));
      if (clockOffMs !== 0) await page.addInitScript(setClockOff, clockOffMs);
    },
  });
  return {
    name: options.name,
    group: options.group,
    laptop,
    disk,
    moments,
    obstacles: [],
    typed: [],
    watch: () => watchArrivals(laptop.page),
  };
}

/** What is on the laptop's disk now, read from it anew. */
export async function readDisk({ laptop }: Player): Promise<Disk> {
  await watchArrivals(laptop.page);
  const disk = createDisk();
  for (const row of await laptop.page.evaluate(() => globalThis.caucusArrivals)) disk.tell(row);
  return disk;
}
