import { readScript } from '../rehearse/script.ts';
import { type NamespaceVenue, openNamespaces } from '../rehearse/venue/namespaces.ts';
import { showPart } from '../tools/screens/board-screen.ts';
import { type TypedNote, typeNote } from '../tools/screens/group-screen.ts';
import { copyTicket, openToRoom } from '../tools/screens/people-screen.ts';
import { joinWithTicket, startSample } from '../tools/screens/start-screen.ts';
import { readPath } from '../tools/screens/status-screen.ts';
import { fileURLToPath } from 'node:url';
import { bytesSent } from './air.ts';
import { covers } from './disk.ts';
import { openPlayer, type Player } from './player.ts';
import type { Obstacle } from './status-truth.ts';

/** Which laptops a scenario has beside the plenary laptop. */
export interface Cast {
  /** The groups' names, one for each laptop; the same name twice is two laptops of one group. */
  readonly groups: readonly string[];
  /** What is done to the network before anybody joins. */
  readonly before?: (venue: NamespaceVenue) => Promise<void>;
  /** How far the clocks of the groups' laptops are off, in milliseconds. */
  readonly clockOffMs?: readonly number[];
  readonly env?: (laptop: number) => Readonly<Record<string, string>>;
  /** Joins the laptops; left out: everybody joins over the network and waits for contact. */
  readonly join?: (stage: Stage) => Promise<void>;
}

export interface StageEvent {
  readonly at: number;
  readonly what: string;
}

/** The laptops of one scenario, and what can be done to them. */
export interface Stage {
  readonly venue: NamespaceVenue;
  readonly plenary: Player;
  readonly groups: readonly Player[];
  readonly events: readonly StageEvent[];
  readonly paths: Set<string>;
  /** Shown in the output, and kept with the time. */
  say(what: string): void;
  ticketFor(player: Player): Promise<string>;
  /** Everybody given types so many notes through the screen, all at once. */
  type(players: readonly Player[], count: number): Promise<void>;
  /** The next note of this laptop's script. */
  nextNote(player: Player): TypedNote;
  /** From now on this stands between these laptops and the plenary laptop, and nothing else. */
  hinder(players: readonly Player[], kind: Obstacle['kind']): void;
  /** It does not any more. */
  unhinder(players: readonly Player[]): void;
  /** Wi-Fi gone, without a word; and back. */
  cut(players: readonly Player[]): Promise<void>;
  restore(players: readonly Player[]): Promise<void>;
  /** Reads on the screens by which way notes go now, and keeps the answers. */
  readPaths(): Promise<void>;
  /**
   * Waits until the plenary laptop's disk has all that is on these laptops' disks now, or was at
   * `upTo`, and gives the seconds from `since` until it had; null where patience ended first.
   */
  arrived(players: readonly Player[], since: number, upTo?: number): Promise<number | null>;
  /** The same the other way round: what is on the plenary laptop's disk now, on theirs. */
  arrivedBack(players: readonly Player[], since: number): Promise<number | null>;
  bytesSent(): Promise<number>;
  /** Whether the scenario has begun: laptops have joined. */
  begunAt: number;
  sentBefore: number;
  close(): Promise<void>;
}

export const GROUP_NAMES = ['Makers and markets', 'Networks and response'] as const;
const PATIENCE_MS = 45_000;
/** What was typed last is on the laptop's own disk after this long. Milliseconds. */
const WRITTEN_MS = 300;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Waits until it is so; false where patience ended first. */
export async function until(
  done: () => boolean | Promise<boolean>,
  patience = PATIENCE_MS,
): Promise<boolean> {
  const begun = performance.now();
  while (performance.now() - begun < patience) {
    if (await done()) return true;
    await pause(50);
  }
  return done();
}

const sample = fileURLToPath(new URL('../../assets/sample/notes.json', import.meta.url));

/**
 * An endless row of things to type, no two alike. Kind and question change from note to note; who
 * spoke stays, for choosing it in two lists takes longer than typing the note.
 */
function* notesFor(laptop: number): Generator<TypedNote> {
  const { groups } = readScript(sample, { groups: 4, perGroup: 40, seed: 1 });
  const notes = groups[laptop % groups.length]?.notes ?? [];
  for (let round = 1; ; round += 1) {
    for (const note of notes) {
      const text = `${note.text} (${laptop + 1}.${round})`;
      yield { ...note, text, stakeholderGroup: null, region: null };
    }
  }
}

/** Opens the laptops, each at Caucus's first page. */
export async function openStage(cast: Cast, print: (line: string) => void): Promise<Stage> {
  const venue = await openNamespaces();
  const players: Player[] = [];
  const close = async (): Promise<void> => {
    await Promise.allSettled(players.map(({ laptop }) => laptop.close()));
    await venue.close();
  };
  try {
    await cast.before?.(venue);
    const [plenary, ...groups] = await Promise.all([
      openPlayer({ venue, name: 'Plenary', group: null, plainAddresses: true }),
      ...cast.groups.map((group, index) =>
        openPlayer({
          venue,
          name: `Laptop ${index + 1} (${group})`,
          group,
          plainAddresses: false,
          clockOffMs: cast.clockOffMs?.[index] ?? 0,
          env: cast.env?.(index) ?? {},
        }),
      ),
    ]);
    players.push(plenary, ...groups);
    const scripts = new Map([...groups, plenary].map((player, index) => [player, notesFor(index)]));
    return createStage({ venue, plenary, groups, scripts, print, close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the session on the plenary laptop, opens it to the room, and has the groups join it. */
export async function joinAll(stage: Stage, cast: Cast): Promise<void> {
  const { plenary } = stage;
  await startSample(plenary.laptop.page);
  await plenary.watch();
  await openToRoom(plenary.laptop.page);
  await (cast.join ?? joinOverNetwork)(stage);
  await showPart(plenary.laptop.page, 'board');
  stage.begunAt = Date.now();
  stage.sentBefore = await stage.bytesSent();
}

async function joinOverNetwork(stage: Stage): Promise<void> {
  for (const player of stage.groups) {
    await joinWithTicket(player.laptop.page, await stage.ticketFor(player));
    await player.watch();
  }
  /** In contact, with the plan and its group's document on its disk. */
  const inContact = ({ moments, disk }: Player): boolean =>
    moments.at(-1)?.claim === 'status.all-there' && disk.documents().length >= 2;
  if (!(await until(() => stage.groups.every(inContact)))) {
    const said = stage.groups.map(
      ({ moments, disk }) =>
        `“${moments.at(-1)?.words ?? ''}” with ${disk.documents().length} documents`,
    );
    throw new Error(`The laptops did not come into contact at first; they say ${said.join(', ')}`);
  }
}

interface Parts {
  readonly venue: NamespaceVenue;
  readonly plenary: Player;
  readonly groups: readonly Player[];
  readonly scripts: ReadonlyMap<Player, Generator<TypedNote>>;
  readonly print: (line: string) => void;
  readonly close: () => Promise<void>;
}

function createStage({ venue, plenary, groups, scripts, print, close }: Parts): Stage {
  const events: StageEvent[] = [];
  const paths = new Set<string>();
  const begun = Date.now();

  const say = (what: string): void => {
    const at = Date.now();
    events.push({ at, what });
    print(`  ${((at - begun) / 1000).toFixed(1).padStart(6)} s  ${what}`);
  };
  function nextNote(player: Player): TypedNote {
    const next = scripts.get(player)?.next();
    if (next === undefined || next.done === true) throw new Error('There is nothing to type');
    return next.value;
  }
  async function typeOn(player: Player, count: number): Promise<void> {
    for (let typed = 0; typed < count; typed += 1) {
      const note = nextNote(player);
      await typeNote(player.laptop.page, note);
      player.typed.push({ text: note.text, at: Date.now() });
    }
  }
  function hinder(players: readonly Player[], kind: Obstacle['kind']): void {
    unhinder(players);
    for (const { obstacles } of players) obstacles.push({ from: Date.now(), to: Infinity, kind });
  }
  function unhinder(players: readonly Player[]): void {
    for (const { obstacles } of players) {
      for (const obstacle of obstacles) if (obstacle.to === Infinity) obstacle.to = Date.now();
    }
  }
  async function allCovered(
    pairs: readonly (readonly [from: Player, to: Player])[],
    since: number,
    upTo = Infinity,
  ): Promise<number | null> {
    await pause(WRITTEN_MS);
    const wanted = pairs.flatMap(([from, to]) =>
      from.disk.groupDocuments().flatMap((id) => {
        const mine = from === plenary ? to.disk.groupDocuments().includes(id) : true;
        return mine ? [{ to, id, vector: from.disk.vectorAt(id, upTo) }] : [];
      }),
    );
    const there = await until(() =>
      wanted.every(({ to, id, vector }) => covers(to.disk.vectorNow(id), vector)),
    );
    if (!there) return null;
    const moments = wanted.map(({ to, id, vector }) => to.disk.coveredAt(id, vector, since));
    const last = Math.max(since, ...moments.map((at) => at ?? Infinity));
    return Number.isFinite(last) ? (last - since) / 1000 : null;
  }

  return {
    venue,
    plenary,
    groups,
    events,
    paths,
    say,
    ticketFor: async (player) => {
      await showPart(plenary.laptop.page, 'people');
      return copyTicket(plenary.laptop.page, player.group ?? '');
    },
    async type(players, count) {
      await Promise.all(players.map((player) => typeOn(player, count)));
    },
    nextNote,
    hinder,
    unhinder,
    async cut(players) {
      await Promise.all(players.map(({ laptop }) => laptop.cut()));
      hinder(players, 'no-way');
    },
    async restore(players) {
      // Before it is done: the first laptop may be in contact while the last is being restored.
      unhinder(players);
      await Promise.all(players.map(({ laptop }) => laptop.restore()));
    },
    async readPaths() {
      for (const { laptop } of groups) paths.add(await readPath(laptop.page));
    },
    arrived: (players, since, upTo) =>
      allCovered(
        players.map((player) => [player, plenary] as const),
        since,
        upTo,
      ),
    arrivedBack: (players, since) =>
      allCovered(
        players.map((player) => [plenary, player] as const),
        since,
      ),
    async bytesSent() {
      const each = await Promise.all(groups.map(({ laptop }) => bytesSent(laptop.seat)));
      return each.reduce((sum, bytes) => sum + bytes, 0);
    },
    begunAt: Date.now(),
    sentBefore: 0,
    close,
  };
}
