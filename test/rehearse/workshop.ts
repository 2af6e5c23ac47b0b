import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { secretsIn, toldByDocx, whereTold } from './told-secrets.ts';
import { readTicket, ticketLink } from '../../src/core/protocol/ticket.ts';
import {
  mergeRecommendations,
  showPart,
  waitForRecommendations,
} from '../tools/screens/board-screen.ts';
import { recommend, reportBack, typeNote } from '../tools/screens/group-screen.ts';
import {
  addGroup,
  copyTicket,
  openToRoom,
  startNextSegment,
} from '../tools/screens/people-screen.ts';
import { exportReport, showReport, writeReport } from '../tools/screens/report-screen.ts';
import { joinWithTicket, startSample } from '../tools/screens/start-screen.ts';
import { readPath } from '../tools/screens/status-screen.ts';
import { words } from '../tools/screens/words.ts';
import { type Arrivals, percentile, readArrivals, watchArrivals } from './arrivals.ts';
import { type Laptop, openLaptop } from './laptop.ts';
import { randomFrom } from '../tools/seeded-random.ts';
import type { RehearsalArguments } from './read-arguments.ts';
import type { Script, ScriptNote } from './script.ts';
import { claimsAllThere, isLie } from './status-truth.ts';
import type { Summary } from './summary.ts';
import type { Venue } from './venue/venue.ts';
import { playVote } from './vote.ts';

/** What one group's facilitator has done so far. */
interface Group {
  readonly number: number;
  readonly name: string;
  readonly laptop: Laptop;
  readonly typed: { readonly text: string; readonly at: number; readonly cut: boolean }[];
  cut: boolean;
}

const SAMPLE_GROUPS = [
  'Makers and markets',
  'Networks and response',
  'Users and regulators',
  'Online',
];
/** How long everything may take to arrive before it counts as lost. Milliseconds. */
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** Plays a whole workshop on real laptops and leaves report, screenshots and numbers in `out`. */
export async function playWorkshop(
  venue: Venue,
  script: Script,
  options: RehearsalArguments,
  say: (what: string) => void,
): Promise<Summary> {
  const begun = performance.now();
  const random = randomFrom(options.seed);
  const laptops: Laptop[] = [];
  const open = async (name: string, plainAddresses: boolean): Promise<Laptop> => {
    const laptop = await openLaptop({ venue, name, plainAddresses });
    laptops.push(laptop);
    return laptop;
  };
  mkdirSync(options.out, { recursive: true });
  const shoot = async (laptop: Laptop, name: string): Promise<void> => {
    await laptop.page.screenshot({ path: join(options.out, `${name}.png`) });
  };

  try {
    // Before the session: the plenary laptop, the tickets, everybody joins.
    const plenary = await open('Plenary', true);
    await shoot(plenary, 'start');
    await startSample(plenary.page);
    await watchArrivals(plenary.page);
    say('The plenary laptop has the session.');
    await openToRoom(plenary.page);
    const names = script.groups.map((_, index) => SAMPLE_GROUPS[index] ?? `Group ${index + 1}`);
    for (const name of names.slice(SAMPLE_GROUPS.length)) await addGroup(plenary.page, name);
    const tickets: string[] = [];
    const joinAs = async (laptop: Laptop, ticketName: string): Promise<void> => {
      const ticket = await copyTicket(plenary.page, ticketName);
      tickets.push(ticket);
      await joinWithTicket(laptop.page, await dialled(ticket, laptop));
    };
    await startNextSegment(plenary.page);
    await showPart(plenary.page, 'people');
    const groups: Group[] = [];
    for (const [index, name] of names.entries()) {
      const laptop = await open(name, false);
      await joinAs(laptop, name);
      groups.push({ number: index + 1, name, laptop, typed: [], cut: false });
    }
    const rapporteur = await open('Rapporteur', false);
    await joinAs(rapporteur, words('plenary.role-rapporteur'));
    await watchArrivals(rapporteur.page);
    say(`${groups.length} groups and the rapporteur have joined.`);
    await shoot(plenary, 'people');
    await startNextSegment(plenary.page);
    await showPart(plenary.page, 'board');

    // The breakout: everybody types; the Wi-Fi goes for half of the groups in the middle.
    const truth = { checks: 0, lies: 0 };
    const checkClaims = async (): Promise<void> => {
      for (const group of groups) {
        const claimed = await claimsAllThere(group.laptop.page);
        const now = Date.now();
        const onDisk = new Set((await readArrivals(plenary.page)).byText.keys());
        truth.checks += 1;
        if (isLie(claimed, group.typed, onDisk, now)) truth.lies += 1;
      }
    };
    const type = async (group: Group, notes: readonly ScriptNote[]): Promise<void> => {
      for (const note of notes) {
        await typeNote(group.laptop.page, note);
        group.typed.push({ text: note.text, at: Date.now(), cut: group.cut });
      }
    };
    const parts = script.groups.map(({ notes }) => thirds(notes));
    const typeAll = (part: 0 | 1 | 2): Promise<unknown> =>
      Promise.all(groups.map((group, index) => type(group, parts[index]?.[part] ?? [])));
    const total = (): number => groups.reduce((sum, { typed }) => sum + typed.length, 0);

    await typeAll(0);
    say(`${total()} notes written, everybody connected.`);
    await waitForArrival(plenary, groups, PATIENCE_MS);
    await checkClaims();

    const offset = random.below(groups.length);
    const half = Math.ceil(groups.length / 2);
    const unlucky = groups.filter((_, index) => (index + offset) % groups.length < half);
    await Promise.all(unlucky.map(({ laptop }) => laptop.cut()));
    for (const group of unlucky) group.cut = true;
    say(`Wi-Fi cut for ${unlucky.map(({ name }) => name).join(' and ')}.`);
    await typeAll(1);
    await checkClaims();
    const [shown] = random.shuffled(unlucky);
    if (shown !== undefined) await shoot(shown.laptop, 'facilitator-without-network');
    await shoot(plenary, 'board-during-the-cut');
    await checkClaims();
    say(`${total()} notes written; those of the cut groups wait on their laptops.`);

    const duringCut = (await readArrivals(plenary.page)).byText;
    const notesThroughTheCut = groups
      .flatMap(({ typed }) => typed)
      .filter(({ text, cut }) => cut && duringCut.has(text)).length;
    const restoredAt = Date.now();
    await Promise.all(unlucky.map(({ laptop }) => laptop.restore()));
    for (const group of unlucky) group.cut = false;
    await waitForArrival(plenary, groups, PATIENCE_MS);
    const healed = (await readArrivals(plenary.page)).byText;
    const caughtUpAt = unlucky
      .flatMap(({ typed }) => typed.filter(({ cut }) => cut))
      .map(({ text }) => healed.get(text)?.arrivedAt ?? restoredAt);
    const healMs = caughtUpAt.length === 0 ? null : Math.max(...caughtUpAt) - restoredAt;
    say(`Wi-Fi back; the plenary laptop had caught up after ${healMs ?? 0} ms.`);
    await typeAll(2);
    await checkClaims();

    // Recommendations, report-backs.
    await Promise.all(
      groups.map(async ({ laptop }, index) => {
        const part = script.groups[index];
        if (part === undefined) return;
        for (const recommendation of part.recommendations) {
          const sources = recommendation.notes.flatMap((place) => part.notes[place] ?? []);
          await recommend(laptop.page, recommendation, sources);
        }
        if (index === 0) await shoot(laptop, 'facilitator');
        await reportBack(laptop.page, part.reportBack);
      }),
    );
    await waitForArrival(plenary, groups, PATIENCE_MS);
    await checkClaims();
    say(`${total()} notes written; every group is ready to report back.`);

    // Plenary: merge what the groups found.
    await startNextSegment(plenary.page);
    await showPart(plenary.page, 'board');
    const recommended = script.groups.flatMap(({ recommendations }) => recommendations);
    const texts = recommended.map(({ text }) => text);
    await waitForRecommendations(plenary.page, texts, PATIENCE_MS);
    for (const proposal of script.proposals) {
      const sources = proposal.sources.map(([group, recommendation]) => ({
        column: group,
        text: script.groups[group]?.recommendations[recommendation]?.text ?? '',
      }));
      await mergeRecommendations(plenary.page, sources, proposal.text);
    }
    await shoot(plenary, 'board');
    await showPart(plenary.page, 'proposals');
    await shoot(plenary, 'proposals');
    say(`${script.proposals.length} proposals merged.`);

    // The room votes from its phones, in two rounds.
    const [proposal] = script.proposals;
    const vote =
      options.phones === 0 || proposal === undefined
        ? null
        : await playVote({
            venue,
            plenary: plenary.page,
            address: plenaryAddress(tickets),
            phones: options.phones,
            proposal: proposal.text,
            shoot: async (page, name) => {
              await page.screenshot({ path: join(options.out, `${name}.png`) });
            },
            say,
          });

    // The report, on the rapporteur's own laptop.
    await startNextSegment(plenary.page);
    await shoot(plenary, 'agenda');
    await showReport(rapporteur.page);
    if (script.report !== null) await writeReport(rapporteur.page, script.report);
    await waitForCounts(rapporteur, {
      notes: total(),
      recommendations: recommended.length,
      proposals: script.proposals.length,
    });
    await shoot(rapporteur, 'report');
    const docx = await exportReport(rapporteur.page, 'docx');
    const markdown = await exportReport(rapporteur.page, 'md');
    writeFileSync(join(options.out, 'report.docx'), docx);
    writeFileSync(join(options.out, 'report.md'), markdown);
    say('Report exported.');

    const arrived = await readArrivals(plenary.page);
    const typed = groups.flatMap((group) => group.typed);
    const inReport = squeezed(documentText(docx));
    const there = typed.filter(({ text }) => arrived.byText.has(text));
    const reported = typed.filter(({ text }) => inReport.includes(squeezed(text)));
    const connected = typed
      .filter(({ cut }) => !cut)
      .flatMap(({ text }) => arrived.byText.get(text) ?? [])
      .map(({ finishedAt, arrivedAt }) => arrivedAt - finishedAt);
    return {
      seed: options.seed,
      venue: venue.kind,
      laptops: laptops.length,
      groups: groups.length,
      notesWritten: typed.length,
      notesAtPlenary: there.length,
      notesInReport: reported.length,
      recommendations: arrived.recommendations,
      proposals: arrived.proposals,
      phones: vote?.phones ?? 0,
      ballotsAcknowledged: vote?.ballotsAcknowledged ?? 0,
      ballotsCounted: vote?.ballotsCounted ?? 0,
      wrongResultLines: vote?.wrongLines ?? 0,
      objections: vote?.objections.length ?? 0,
      objectionsInReport: (vote?.objections ?? []).filter((why) => inReport.includes(squeezed(why)))
        .length,
      lost: typed.filter((note) => !there.includes(note) || !reported.includes(note)).length,
      cuts: unlucky.length,
      notesWrittenWhileCut: typed.filter(({ cut }) => cut).length,
      notesThroughTheCut,
      pathByGroup: Object.fromEntries(
        await Promise.all(
          groups.map(async ({ name, laptop }) => [name, await readPath(laptop.page)] as const),
        ),
      ),
      syncMsP50: percentile(connected, 0.5),
      syncMsP99: percentile(connected, 0.99),
      healMs,
      statusLies: truth.lies,
      statusChecks: truth.checks,
      strayRequests: laptops.reduce(
        (sum, { strayRequests }) => sum + strayRequests.length,
        vote?.strayRequests ?? 0,
      ),
      secretsTold: whereTold(secretsIn(tickets), [
        ...laptops.map((laptop) => ({ where: laptop.name, text: laptop.said() })),
        ...toldByDocx(docx),
        { where: 'report.md', text: new TextDecoder().decode(markdown) },
      ]).length,
      pageErrors: laptops.reduce(
        (sum, { pageErrors }) => sum + pageErrors.length,
        vote?.pageErrors ?? 0,
      ),
      wallSeconds: Math.round((performance.now() - begun) / 1000),
    };
  } finally {
    await Promise.allSettled(laptops.map((laptop) => laptop.close()));
  }
}

/** Where the plenary laptop is, as its tickets say. */
function plenaryAddress([ticket = '']: readonly string[]): string {
  const read = readTicket(ticket, Date.now());
  const address = read.ok ? read.ticket.addresses[0] : undefined;
  if (address === undefined) throw new Error('The ticket names no address of the plenary laptop');
  return address;
}

/** The ticket with the plenary laptop's addresses as this laptop reaches them. */
async function dialled(link: string, { seat }: Laptop): Promise<string> {
  const read = readTicket(link, Date.now());
  if (!read.ok) throw new Error(`The ticket that was copied is no ticket: ${read.reason}`);
  const addresses = await Promise.all(read.ticket.addresses.map((address) => seat.dial(address)));
  return ticketLink({ ...read.ticket, addresses });
}

function thirds<T>(items: readonly T[]): readonly [readonly T[], readonly T[], readonly T[]] {
  const first = Math.ceil(items.length / 3);
  const second = Math.ceil((items.length * 2) / 3);
  return [items.slice(0, first), items.slice(first, second), items.slice(second)];
}

async function until(done: () => Promise<boolean>, patience: number): Promise<boolean> {
  const begun = performance.now();
  while (performance.now() - begun < patience) {
    if (await done()) return true;
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
  return done();
}

/** Waits until the plenary laptop has what connected groups typed, or patience ends. */
async function waitForArrival(
  plenary: Laptop,
  groups: readonly Group[],
  patience: number,
): Promise<void> {
  const all = groups.flatMap(({ typed }) => typed);
  await until(async () => {
    const { byText } = await readArrivals(plenary.page);
    return all.every(({ text }) => byText.has(text));
  }, patience);
}

async function waitForCounts(
  laptop: Laptop,
  wanted: { readonly notes: number; readonly recommendations: number; readonly proposals: number },
): Promise<void> {
  await until(async () => {
    const arrived: Arrivals = await readArrivals(laptop.page);
    return (
      arrived.byText.size >= wanted.notes &&
      arrived.recommendations >= wanted.recommendations &&
      arrived.proposals >= wanted.proposals
    );
  }, PATIENCE_MS);
}

/** The words of a Word document, one after the other. */
function documentText(docx: Uint8Array): string {
  const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
  return xml
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '');
