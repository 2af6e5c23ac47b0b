import { showPart } from '../tools/screens/board-screen.ts';
import { readRoom } from '../tools/screens/people-screen.ts';
import { showGroup } from '../tools/screens/places-screen.ts';
import { typeAddress } from '../tools/screens/status-screen.ts';
import { changeAddress, dropUdpOf, linkDown, linkUp } from './air.ts';
import type { Player } from './player.ts';
import type { Scenario } from './scenario.ts';
import { GROUP_NAMES, pause, until } from './stage.ts';

/** How long links are down that come up soon. Milliseconds. */
const DOWN_MS = 12_000;
/** What was typed this soon after a change tells when notes travel again. Milliseconds. */
const FIRST_WORDS_MS = 2_000;

const wifiGone: Scenario = {
  name: 'wifi-gone',
  words: 'Wi-Fi gone for long, with edits on both sides, then back',
  quick: true,
  cast: { groups: GROUP_NAMES },
  async play(stage, { absenceMs }) {
    const { plenary, groups } = stage;
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    await showGroup(plenary.laptop.page, GROUP_NAMES[0]);
    await stage.cut(groups);
    const goneAt = Date.now();
    stage.say(`Wi-Fi gone for ${absenceMs / 1000} s; groups and moderator type on.`);
    const everybody = [plenary, ...groups];
    // A handful of notes each, over the whole time.
    const rounds = absenceMs > 60_000 ? 6 : 2;
    for (let round = 0; round < rounds; round += 1) {
      await stage.type(everybody, 1);
      await pause(Math.max(0, goneAt + ((round + 1) * absenceMs) / rounds - Date.now()));
    }
    const back = Date.now();
    await stage.restore(groups);
    stage.say('Wi-Fi back.');
    const [there, here] = await Promise.all([
      stage.arrived(groups, back),
      stage.arrivedBack(groups, back),
    ]);
    stage.say(
      `Everything there after ${there ?? 'no'} s, and what the moderator wrote here after ${here ?? 'no'} s.`,
    );
    await stage.type(everybody, 1);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return {
      healSeconds: there === null || here === null ? null : Math.max(there, here),
      healFrom: `Wi-Fi back after ${absenceMs / 1000} s, both ways`,
    };
  },
};

const namesOf = (players: readonly Player[]): string =>
  players.map(({ name }) => name).join(' and ');

const addressChange: Scenario = {
  name: 'address-change',
  words:
    'the plenary laptop gets another address while the session is open; one group can only go through it',
  quick: false,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    const { plenary, groups, venue } = stage;
    for (const { laptop } of groups.slice(1)) await dropUdpOf(venue, laptop.seat);
    stage.say('The second laptop cannot go directly any more.');
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    const changed = Date.now();
    stage.hinder(groups, 'some-way');
    await changeAddress(venue, plenary.laptop.seat, '10.77.0.99');
    stage.say('The plenary laptop has another address; the groups type on.');
    await stage.type(groups, 2);
    const how: string[] = [];
    const inContact = ({ moments }: Player): boolean =>
      moments.at(-1)?.claim === 'status.all-there';
    await pause(Math.max(0, changed + 10_000 - Date.now()));
    const shown = await until(async () => {
      const { addresses } = await readRoom(plenary.laptop.page);
      return addresses.some((address) => address.includes('10.77.0.99'));
    }, 15_000);
    how.push(
      shown
        ? 'The plenary screen shows the new address.'
        : 'The plenary screen does not show the new address.',
    );
    const lost = groups.filter((player) => !inContact(player));
    const found = groups.filter(inContact);
    if (found.length > 0) {
      how.push(`${namesOf(found)} found it again without a person.`);
    }
    let typedAt = Infinity;
    if (lost.length > 0) {
      const { addresses } = await readRoom(plenary.laptop.page);
      const address = addresses.find((one) => one.includes('10.77.0.99')) ?? '10.77.0.99:4711';
      for (const { laptop } of lost) {
        typedAt = Date.now();
        await typeAddress(laptop.page, address);
      }
      how.push(`A person typed the new address (${address}) on ${namesOf(lost)}.`);
      stage.say(how.at(-1) ?? '');
    }
    const healed = await stage.arrived(groups, changed, changed + FIRST_WORDS_MS);
    // What a person has to do takes as long as it takes; what follows counts.
    const byPerson = healed !== null && changed + healed * 1_000 >= typedAt;
    const healSeconds = byPerson ? healed - (typedAt - changed) / 1_000 : healed;
    stage.say(`First words there ${healed ?? 'no'} s after the change.`);
    await showPart(plenary.laptop.page, 'board');
    await stage.arrived(groups, Date.now());
    stage.unhinder(groups);
    await stage.type(groups, 1);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return { healSeconds, healFrom: byPerson ? 'new address typed' : 'address changed', how };
  },
};

const bothEndsDown: Scenario = {
  name: 'both-ends-down',
  words: 'the links of the plenary laptop and of a group’s go down at the same instant, then up',
  quick: true,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    const { plenary, groups, venue } = stage;
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    const seats = [plenary, ...groups].map(({ laptop }) => laptop.seat);
    await Promise.all(seats.map((seat) => linkDown(seat)));
    stage.hinder(groups, 'no-way');
    stage.say('All links down at once; the groups type on.');
    await Promise.all([stage.type(groups, 2), pause(DOWN_MS)]);
    const back = Date.now();
    stage.unhinder(groups);
    await Promise.all(seats.map((seat) => linkUp(venue, seat)));
    stage.say('All links up again.');
    const [healSeconds] = await Promise.all([
      stage.arrived(groups, back),
      pause(1_000).then(() => stage.type(groups, 1)),
    ]);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return { healSeconds, healFrom: 'links up' };
  },
};

/** The network goes away or changes under a session that is open. */
export const changeScenarios: readonly Scenario[] = [wifiGone, addressChange, bothEndsDown];
