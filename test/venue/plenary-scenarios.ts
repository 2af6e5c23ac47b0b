import { NETWORK_PORT } from '../../src/core/protocol/machine.ts';
import { showPart } from '../tools/screens/board-screen.ts';
import { openToRoom, readRoom } from '../tools/screens/people-screen.ts';
import { openNewestSession } from '../tools/screens/start-screen.ts';
import { openToOwnGroup, typeAddress } from '../tools/screens/status-screen.ts';
import { answers, dropUdpOf } from './air.ts';
import type { Scenario } from './scenario.ts';
import { GROUP_NAMES, pause, type Stage, until } from './stage.ts';

/** What the plenary laptop may take to open the session to the room by itself. Milliseconds. */
const REOPEN_MS = 6_000;
/** The screen asks now and then whether it is open. Milliseconds. */
const STALE_MS = 15_000;

/**
 * Whether the session is open to the room again after a restart, as a group's laptop finds by
 * knocking; if not, a person presses the button as soon as the screen offers it.
 */
async function openRoomAgain({ plenary, groups }: Stage): Promise<string> {
  const { page, seat } = plenary.laptop;
  const [group] = groups;
  if (group === undefined) throw new Error('No group');
  const knock = (): Promise<boolean> => answers(group.laptop.seat, seat.address, NETWORK_PORT);
  const byItself = await until(knock, REOPEN_MS);
  if (!byItself) {
    await until(async () => !(await readRoom(page)).open, STALE_MS);
    await openToRoom(page);
  }
  await showPart(page, 'board');
  return byItself
    ? 'The plenary laptop opened the session to the room again by itself.'
    : 'A person had to press “Open to the room” on the plenary laptop again.';
}

const hubKilled: Scenario = {
  name: 'hub-killed',
  words:
    'the plenary laptop’s Caucus is killed (SIGKILL) under its open page, and started again; one group can only go through it',
  quick: true,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    const { plenary, groups, venue } = stage;
    const [first, second] = groups;
    if (first === undefined || second === undefined) throw new Error('Two groups are needed');
    await dropUdpOf(venue, second.laptop.seat);
    stage.say('The second laptop cannot go directly any more.');
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    await plenary.laptop.stopCaucus('SIGKILL');
    // Laptops that have found each other go on without it; the other one cannot.
    stage.hinder([first], 'some-way');
    stage.hinder([second], 'no-way');
    stage.say('The plenary laptop’s Caucus is killed; the groups type on.');
    await stage.type(groups, 2);
    await pause(2_000);
    stage.hinder([second], 'some-way');
    await plenary.laptop.startCaucus();
    stage.say('It has been started again.');
    const how = await openRoomAgain(stage);
    const back = Date.now();
    stage.unhinder(groups);
    stage.say(how);
    const [healSeconds] = await Promise.all([stage.arrived(groups, back), stage.type(groups, 1)]);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return { healSeconds, healFrom: 'open to the room again', how: [how] };
  },
};

const plenaryOff: Scenario = {
  name: 'plenary-off',
  words: 'the plenary laptop is off for the whole breakout; the group’s two laptops go on together',
  quick: false,
  cast: { groups: [GROUP_NAMES[0], GROUP_NAMES[0]] },
  async play(stage) {
    const { plenary, groups } = stage;
    await pause(3_000);
    await stage.readPaths();
    await plenary.laptop.closeBrowser();
    await plenary.laptop.stopCaucus('SIGTERM');
    stage.hinder(groups, 'no-way');
    stage.say('The plenary laptop is off; the group’s two laptops type on.');
    await stage.type(groups, 2);
    const together = await sharedWithin(stage, 8_000);
    const how = [`While it was off, ${sharing(together)}.`];
    stage.say(how[0] ?? '');
    how.push(await meetAgain(stage));
    await plenary.laptop.startCaucus();
    // From here on it may go to the group's laptop by itself, which has let others connect.
    stage.hinder(groups, 'some-way');
    await plenary.laptop.openBrowser();
    await openNewestSession(plenary.laptop.page);
    await plenary.watch();
    how.push(await openRoomAgain(stage));
    const back = Date.now();
    stage.unhinder(groups);
    stage.say(`The plenary laptop is back. ${how.at(-1) ?? ''}`);
    const healSeconds = await stage.arrived(groups, back);
    await pause(4_000);
    await stage.readPaths();
    return { healSeconds, healFrom: 'plenary laptop open to the room again', how };
  },
};

const sharing = (seconds: number | null): string =>
  seconds === null
    ? 'the group’s two laptops did not get each other’s notes'
    : `the group’s two laptops had each other’s notes ${seconds.toFixed(1)} s after the last was typed`;

/** How long a group waits for its laptops to find each other before somebody types an address. */
const FIND_MS = 8_000;

/** One of the group's laptops was closed, and they have to find each other without the plenary. */
async function meetAgain(stage: Stage): Promise<string> {
  const [first, second] = stage.groups;
  if (first === undefined || second === undefined) throw new Error('Two laptops are needed');
  await second.laptop.closeBrowser();
  await stage.type([first], 1);
  await second.laptop.openBrowser();
  await openNewestSession(second.laptop.page);
  await second.watch();
  const address = await openToOwnGroup(first.laptop.page);
  await stage.type(stage.groups, 1);
  let seconds = await sharedWithin(stage, FIND_MS);
  let by = 'found it by itself';
  if (seconds === null) {
    await typeAddress(second.laptop.page, address);
    by = `was told the address ${address}`;
    seconds = await sharedWithin(stage, FIND_MS);
  }
  const how = `One of them was closed and opened again, the other let it connect, it ${by}, and ${sharing(seconds)}.`;
  stage.say(how);
  return how;
}

/** Seconds until every laptop has what all have typed; null where patience ends first. */
async function sharedWithin({ groups }: Stage, patience: number): Promise<number | null> {
  const begun = performance.now();
  const texts = groups.flatMap(({ typed }) => typed.map(({ text }) => text));
  const shared = await until(
    () =>
      groups.every(({ disk }) => {
        const there = disk.finishedTexts();
        return texts.every((text) => there.has(text));
      }),
    patience,
  );
  return shared ? (performance.now() - begun) / 1000 : null;
}

/** The plenary laptop fails. */
export const plenaryScenarios: readonly Scenario[] = [hubKilled, plenaryOff];
