import type { Disk, Vector } from './disk.ts';
import { type Player, readDisk } from './player.ts';
import type { ScenarioResult, StatusSpan } from './result.ts';
import type { Stage } from './stage.ts';
import type { Moment } from './status-record.ts';
import { judge, judgeRoom, type Lie, type Said } from './status-truth.ts';

/** What a scenario says of itself, beside what can be read from the laptops. */
export interface Told {
  readonly healSeconds: number | null;
  readonly healFrom: string;
  readonly healLimitSeconds?: number;
  readonly how?: readonly string[];
  /** How the notes came to the plenary laptop where no screen can tell: on a stick. */
  readonly path?: string;
  readonly idleBytesPerSecond?: number;
  /** Texts lost in some way that only the scenario can see. */
  readonly lostTexts?: readonly string[];
}

export const HEAL_SECONDS = 5;

/** How many of `wanted`'s changes `has` lacks. */
function lacking(has: Vector, wanted: Vector): number {
  let count = 0;
  for (const [client, clock] of wanted) count += Math.max(0, clock - (has.get(client) ?? 0));
  return count;
}

/** Numbers of changes and times go up all the time; who is in contact is a claim of its own. */
const sameClaim = (a: Moment, b: Moment): boolean =>
  a.claim === b.claim && (a.words === b.words || a.claim !== 'status.room');

/** What the claim is when it is asked how long the line has been saying it. */
const agrees = (a: Moment, b: Moment): boolean =>
  a.claim.startsWith('status.room')
    ? a.words === b.words
    : (a.claim === 'status.all-there') === (b.claim === 'status.all-there');

function spansOf(
  player: Player,
  begunAt: number,
  verdict: (said: Said) => { readonly lie: Lie | null; readonly lacking: number },
): StatusSpan[] {
  const spans: StatusSpan[] = [];
  let before: Said | null = null;
  for (const moment of player.moments) {
    if (moment.at < begunAt) continue;
    const since: number = before !== null && agrees(before, moment) ? before.since : moment.at;
    const said: Said = { ...moment, since };
    const { lie, lacking } = verdict(said);
    const last = spans.at(-1);
    const from = (moment.at - begunAt) / 1000;
    if (last !== undefined && before !== null && sameClaim(before, moment) && last.lie === lie) {
      const [least, most] = last.lacking;
      spans[spans.length - 1] = {
        ...last,
        to: from,
        words: moment.words,
        lacking: [Math.min(least, lacking), Math.max(most, lacking)],
      };
    } else {
      const { words } = moment;
      spans.push({ laptop: player.name, from, to: from, words, lacking: [lacking, lacking], lie });
    }
    before = said;
  }
  return spans;
}

/** What is on the laptop's disk now; where its browser is closed, what was there when it was open. */
const lastDisk = (player: Player): Promise<Disk> =>
  player.laptop.page.isClosed() ? Promise.resolve(player.disk) : readDisk(player);

/** Judges everything that was seen and stored in a scenario. */
export async function assess(
  name: string,
  stage: Stage,
  told: Told,
  wallSeconds: number,
): Promise<ScenarioResult> {
  const { plenary, groups, begunAt } = stage;
  const healLimitSeconds = told.healLimitSeconds ?? HEAL_SECONDS;
  const healMs = healLimitSeconds * 1000;

  const status = groups.flatMap((player) => {
    // A facilitator's laptop has one group's document.
    const [documentId = ''] = player.disk.groupDocuments();
    const evidence = {
      documentId,
      own: player.disk,
      plenary: plenary.disk,
      obstacles: player.obstacles,
      healMs,
    };
    return spansOf(player, begunAt, (moment) => ({
      lie: judge(moment, evidence),
      lacking: lacking(
        plenary.disk.vectorAt(documentId, moment.at),
        player.disk.vectorAt(documentId, moment.at),
      ),
    }));
  });
  const byGroup = [...Map.groupBy(groups, ({ group }) => group).values()].map((players) =>
    players.map(({ obstacles }) => obstacles),
  );
  status.push(
    ...spansOf(plenary, begunAt, (moment) => ({
      lie: judgeRoom(moment, byGroup, healMs),
      lacking: 0,
    })),
  );
  const lies = status.filter(({ lie }) => lie !== null);

  const sent = (await stage.bytesSent()) - stage.sentBefore;
  const atPlenary = (await lastDisk(plenary)).finishedTexts();
  const lostTexts = new Set(told.lostTexts ?? []);
  for (const player of [...groups, plenary]) {
    const own = (await lastDisk(player)).finishedTexts();
    for (const { text } of player.typed) {
      if (!own.has(text) || !atPlenary.has(text)) lostTexts.add(text);
    }
  }
  const typed = groups.flatMap(({ typed }) => typed.map(({ text }) => text));
  const bytesTyped = typed.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const ways = [...stage.paths].filter((path) => path !== 'none');
  return {
    name,
    path: told.path ?? (ways.length === 0 ? 'none' : ways.join('+')),
    healSeconds: told.healSeconds,
    lost: lostTexts.size,
    statusTrue: lies.length === 0,
    bytesPerByteTyped: bytesTyped === 0 ? null : Math.round((sent / bytesTyped) * 100) / 100,
    bytesSent: sent,
    bytesTyped,
    healFrom: told.healFrom,
    healLimitSeconds,
    healMet: told.healSeconds !== null && told.healSeconds <= healLimitSeconds,
    notes: typed.length + plenary.typed.length,
    how: told.how ?? [],
    lies,
    status,
    events: stage.events.map(({ at, what }) => ({ at: (at - begunAt) / 1000, what })),
    ...(told.idleBytesPerSecond !== undefined && { idleBytesPerSecond: told.idleBytesPerSecond }),
    lostTexts: [...lostTexts],
    pageErrors: [plenary, ...groups].flatMap(({ laptop }) => laptop.pageErrors),
    wallSeconds,
  };
}
