import { existsSync } from 'node:fs';
import { finishWaitingDraft, typeDraft } from '../tools/screens/group-screen.ts';
import { openNewestSession } from '../tools/screens/start-screen.ts';
import { browserGone, signal } from './processes.ts';
import type { Scenario } from './scenario.ts';
import { GROUP_NAMES, pause } from './stage.ts';

/** What was typed this long before a laptop died must be there. Milliseconds. */
const STORED_MS = 1_000;

const laptopKilled: Scenario = {
  name: 'laptop-killed',
  words: 'a group’s laptop dies (SIGKILL to browser and Caucus) in the middle of a sentence',
  quick: true,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    const { groups } = stage;
    const [victim, other] = groups;
    if (victim === undefined || other === undefined) throw new Error('Two groups are needed');
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    await stage.cut([victim]);
    await stage.type([victim], 2);
    const { text } = stage.nextNote(victim);
    const draft = text.slice(0, -24);
    await typeDraft(victim.laptop.page, `${draft}${text.slice(-24)}`);
    await pause(STORED_MS);
    const stillTyping = victim.laptop.page.keyboard.type(' and so on and on'.repeat(20), {
      delay: 20,
    });
    const ended = stillTyping.then(
      () => false,
      () => true,
    );
    const others = stage.type([other], 2);
    await pause(1_500);
    await signal(victim.laptop.seat, 'all', 'SIGKILL');
    if (!(await ended)) throw new Error('The laptop had finished typing before it was killed.');
    await browserGone(victim.laptop.seat);
    stage.say('A laptop that had no Wi-Fi is killed in the middle of a sentence.');
    await others;
    await victim.laptop.startCaucus();
    await victim.laptop.openBrowser();
    await openNewestSession(victim.laptop.page);
    await victim.watch();
    const kept = victim.disk.texts().find((note) => note.startsWith(text));
    stage.say(
      kept === undefined
        ? 'It is back; the unfinished note is gone.'
        : `It is back; of the unfinished note ${kept.length - text.length} of the last letters typed are there.`,
    );
    if (kept !== undefined) {
      // The screen takes the unfinished note up again; it is finished now, as a person would.
      const finished = await finishWaitingDraft(victim.laptop.page);
      victim.typed.push({ text: finished, at: Date.now() });
    }
    const back = Date.now();
    await stage.restore([victim]);
    const healSeconds = await stage.arrived(groups, back);
    await stage.type(groups, 1);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return {
      healSeconds,
      healFrom: 'laptop and its Wi-Fi back',
      how: ['The laptop was without Wi-Fi when it died, so that only its own disk had the notes.'],
      lostTexts: kept === undefined ? [text] : [],
    };
  },
};

const ASLEEP_MS = 12_000;

const laptopAsleep: Scenario = {
  name: 'laptop-asleep',
  words: 'a group’s laptop sleeps (SIGSTOP to all of it) in the middle of the breakout, and wakes',
  quick: false,
  cast: { groups: GROUP_NAMES },
  async play(stage) {
    const { groups } = stage;
    const [sleeper, other] = groups;
    if (sleeper === undefined || other === undefined) throw new Error('Two groups are needed');
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    // Typed in the last moment: half of it may be on the way.
    await stage.type([sleeper], 1);
    await signal(sleeper.laptop.seat, 'all', 'SIGSTOP');
    stage.hinder([sleeper], 'no-way');
    stage.say('A laptop falls asleep; the other one types on.');
    await Promise.all([stage.type([other], 2), pause(ASLEEP_MS)]);
    const back = Date.now();
    stage.unhinder([sleeper]);
    await signal(sleeper.laptop.seat, 'all', 'SIGCONT');
    stage.say('It wakes.');
    await stage.type([sleeper], 1);
    const healSeconds = await stage.arrived(groups, back);
    await stage.type(groups, 1);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return { healSeconds, healFrom: 'awake, with one note typed at once' };
  },
};

const DAY_MS = 86_400_000;
const fakeTime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

const clockOff: Scenario = {
  name: 'clock-off',
  words: 'one group’s clock is a day ahead, the other’s a day behind; one short cut',
  quick: true,
  cast: {
    groups: GROUP_NAMES,
    clockOffMs: [DAY_MS, -DAY_MS],
    env: (laptop): Readonly<Record<string, string>> =>
      existsSync(fakeTime)
        ? {
            LD_PRELOAD: fakeTime,
            FAKETIME: laptop === 0 ? '+86400' : '-86400',
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
          }
        : {},
  },
  async play(stage) {
    const { groups } = stage;
    await stage.type(groups, 2);
    await stage.arrived(groups, Date.now());
    await stage.readPaths();
    await stage.cut(groups);
    stage.say('Wi-Fi gone; the groups type on.');
    await Promise.all([stage.type(groups, 2), pause(6_000)]);
    const back = Date.now();
    await stage.restore(groups);
    stage.say('Wi-Fi back.');
    const healSeconds = await stage.arrived(groups, back);
    await stage.type(groups, 1);
    await stage.arrived(groups, Date.now());
    await pause(4_000);
    await stage.readPaths();
    return {
      healSeconds,
      healFrom: 'Wi-Fi back',
      how: [
        'The clock is off in the page (Date is replaced before the app loads): a browser under libfaketime takes half a minute to open.',
        existsSync(fakeTime)
          ? 'The laptops’ own Caucus runs under libfaketime.'
          : 'libfaketime is not installed, so that the laptops’ own Caucus has the right time.',
      ],
    };
  },
};

/** A group's laptop fails. */
export const laptopScenarios: readonly Scenario[] = [laptopKilled, laptopAsleep, clockOff];
