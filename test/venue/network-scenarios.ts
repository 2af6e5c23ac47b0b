import {
  openSeenFile,
  saveSessionFile,
  type SessionFile,
  takeInSessionFile,
} from '../tools/screens/file-screen.ts';
import { typeNote } from '../tools/screens/group-screen.ts';
import { joinWithTicket } from '../tools/screens/start-screen.ts';
import { dropPercent, dropUdp, filterMulticast, isolate, limitUplink } from './air.ts';
import type { Told } from './assess.ts';
import type { Scenario } from './scenario.ts';
import { GROUP_NAMES, pause, type Stage, until } from './stage.ts';

/** How long a Wi-Fi is gone that comes back soon. Milliseconds. */
const SHORT_CUT_MS = 6_000;
const IDLE_MS = 10_000;

/** Everybody types; the Wi-Fi goes for a while and comes back; everybody types on meanwhile. */
async function typeThroughCut(stage: Stage, healLimitSeconds?: number): Promise<Told> {
  const { groups } = stage;
  await stage.type(groups, 2);
  await stage.arrived(groups, Date.now());
  await stage.readPaths();
  await stage.cut(groups);
  stage.say('Wi-Fi gone for both groups; they type on.');
  await Promise.all([stage.type(groups, 2), pause(SHORT_CUT_MS)]);
  const back = Date.now();
  await stage.restore(groups);
  stage.say('Wi-Fi back; they type on.');
  const [healSeconds] = await Promise.all([
    stage.arrived(groups, back),
    pause(1_000).then(() => stage.type(groups, 2)),
  ]);
  stage.say(`The plenary laptop had everything after ${healSeconds ?? 'no'} s.`);
  await stage.arrived(groups, Date.now());
  await pause(4_000);
  await stage.readPaths();
  return {
    healSeconds,
    healFrom: 'Wi-Fi back',
    ...(healLimitSeconds !== undefined && { healLimitSeconds }),
  };
}

/** What all laptops send in a second in which nobody does anything, each. */
async function measureIdleness(stage: Stage): Promise<number> {
  const before = await stage.bytesSent();
  await pause(IDLE_MS);
  const after = await stage.bytesSent();
  return Math.round((after - before) / (IDLE_MS / 1000) / stage.groups.length);
}

const openWifi: Scenario = {
  name: 'open-wifi',
  words: 'nothing stands in the way, but for one short cut',
  // "wifi-gone" cuts the same network for longer, and both ways.
  quick: false,
  cast: { groups: GROUP_NAMES },
  async play(stage, { idle }) {
    const told = await typeThroughCut(stage);
    if (!idle) return told;
    const sent = await stage.bytesSent();
    const idleBytesPerSecond = await measureIdleness(stage);
    // What idleness costs has its own number, and is not what typing costs.
    stage.sentBefore += (await stage.bytesSent()) - sent;
    stage.say(`Each group's laptop sends ${idleBytesPerSecond} bytes a second when idle.`);
    return { ...told, idleBytesPerSecond };
  },
};

const multicastFiltered: Scenario = {
  name: 'multicast-filtered',
  words: 'no names on the local network (mDNS); one short cut',
  quick: false,
  cast: { groups: GROUP_NAMES, before: filterMulticast },
  play: (stage) => typeThroughCut(stage),
};

const udpDropped: Scenario = {
  name: 'udp-dropped',
  words: 'no UDP, so nothing from laptop to laptop; one short cut',
  quick: true,
  cast: { groups: GROUP_NAMES, before: dropUdp },
  play: (stage) => typeThroughCut(stage),
};

const clientsIsolated: Scenario = {
  name: 'clients-isolated',
  words: 'groups’ laptops reach the plenary laptop but not each other; two are of one group',
  quick: true,
  cast: { groups: [GROUP_NAMES[0], GROUP_NAMES[0]] },
  async play(stage) {
    const { groups } = stage;
    await isolate(
      stage.venue,
      groups.map(({ laptop }) => laptop.seat),
    );
    stage.say('The laptops of the group do not reach each other any more.');
    const told = await typeThroughCut(stage);
    const each = await until(() => {
      const texts = groups.flatMap(({ typed }) => typed.map(({ text }) => text));
      return groups.every(({ disk }) => {
        const there = disk.finishedTexts();
        return texts.every((text) => there.has(text));
      });
    }, 5_000);
    return {
      ...told,
      how: [
        each
          ? 'Both laptops of the group have each other’s notes, through the plenary laptop.'
          : 'The laptops of the group lack some of each other’s notes.',
      ],
      lostTexts: each ? [] : ['(notes of the group’s other laptop)'],
    };
  },
};

const fullyIsolated: Scenario = {
  name: 'fully-isolated',
  words: 'no laptop reaches another one; a USB stick is all there is',
  quick: true,
  cast: {
    groups: [GROUP_NAMES[0]],
    async join(stage) {
      const { plenary, groups } = stage;
      await isolate(
        stage.venue,
        [plenary, ...groups].map(({ laptop }) => laptop.seat),
      );
      stage.hinder(groups, 'no-way');
      const tickets = await Promise.all(groups.map((player) => stage.ticketFor(player)));
      const stick = await saveSessionFile(plenary.laptop.page);
      for (const [index, player] of groups.entries()) {
        await joinWithTicket(player.laptop.page, tickets[index] ?? '');
        await player.watch();
        await takeInSessionFile(player.laptop.page, stick);
      }
      stage.say(`Ticket and session file (${stick.bytes.length} bytes) carried to the group.`);
    },
  },
  async play(stage) {
    const { plenary, groups } = stage;
    await stage.type(groups, 5);
    await stage.readPaths();
    await pause(3_500);
    const [group] = groups;
    if (group === undefined) throw new Error('No group');
    const stick = await saveSessionFile(group.laptop.page);
    const carriedAt = Date.now();
    await takeInSessionFile(plenary.laptop.page, stick);
    const healSeconds = await stage.arrived(groups, carriedAt);
    stage.say(`Session file (${stick.bytes.length} bytes) carried back and taken in.`);
    await takeInAgain(stage, stick);
    return {
      healSeconds,
      healFrom: 'stick in the plenary laptop',
      // The screen names no way while nothing has been carried, and then the file.
      path: [...stage.paths].every((path) => path === 'none' || path === 'file')
        ? 'file'
        : [...stage.paths].join('+'),
      how: ['Session file saved on one laptop, opened on the other, both ways.'],
    };
  },
};

/** S5: the same file once more changes nothing; the dialog says so. */
async function takeInAgain(stage: Stage, stick: SessionFile): Promise<void> {
  const { plenary } = stage;
  const held = (): string =>
    JSON.stringify(plenary.disk.documents().map((id) => [id, [...plenary.disk.vectorNow(id)]]));
  const before = held();
  const nothingNew = await openSeenFile(plenary.laptop.page, stick);
  if (!nothingNew || held() !== before) {
    throw new Error('The same file a second time was not taken as known.');
  }
  stage.say('The same file once more: nothing new in it.');
}

const packetLoss: Scenario = {
  name: 'packet-loss-20',
  words: 'one frame in five is dropped, each way; one short cut',
  quick: false,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    await dropPercent(stage.venue, 20);
    stage.say('From now on 20% of all frames are dropped, each way.');
    return typeThroughCut(stage, 10);
  },
};

/** As long as a background report that somebody pastes. */
const PASTE_BYTES = 40_000;

const slowUplink: Scenario = {
  name: 'uplink-256k',
  words: 'each group’s laptop sends at most 256 kbit/s, and somebody pastes a long text',
  quick: false,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    const { groups } = stage;
    for (const { laptop } of groups) await limitUplink(laptop.seat, 256);
    const [first] = groups;
    if (first === undefined) throw new Error('No group');
    const note = stage.nextNote(first);
    const long = `${note.text} `.repeat(Math.ceil(PASTE_BYTES / note.text.length)).trim();
    await typeNote(first.laptop.page, { ...note, text: long });
    first.typed.push({ text: long, at: Date.now() });
    stage.say(`A text of ${long.length} characters pasted.`);
    return typeThroughCut(stage);
  },
};

/** What a venue's network does all the time. */
export const networkScenarios: readonly Scenario[] = [
  openWifi,
  multicastFiltered,
  udpDropped,
  clientsIsolated,
  fullyIsolated,
  packetLoss,
  slowUplink,
];
