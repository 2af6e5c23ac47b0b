import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { changesBehind } from '../../../src/core/session/behind.ts';
import { openGroupDocument } from '../../../src/core/session/group-document.ts';
import { openPlanDocument } from '../../../src/core/session/plan-document.ts';
import { openReportDocument } from '../../../src/core/session/report-document.ts';
import { checkSchema } from '../../../src/core/session/schema.ts';
import { testContext } from '../../tools/context.ts';
import { firstSeed, forSeeds, type Random } from '../../tools/seeded-random.ts';
import { copyOf, newGroup, newPlan, newReport } from './laptops.ts';
import { createNetwork, kinds, type Laptop, type Network } from './network.ts';
import { playGroup, playPlan, playReport } from './random-operations.ts';
import { Speaker, WordLedger, textOfGroup, textOfPlan, textOfReport } from './words.ts';

const RUNS = Number(process.env['CAUCUS_RUNS'] ?? 60);
const OPERATIONS = 60;
const names = ['facilitator', 'online moderator', 'plenary', 'rapporteur'];

const start = {
  plan: Y.encodeStateAsUpdate(newPlan('plenary').doc),
  group: Y.encodeStateAsUpdate(newGroup('facilitator').doc),
  report: Y.encodeStateAsUpdate(newReport('plenary').doc),
};

const readModels = ({ plan, group, report }: Pick<Laptop, 'plan' | 'group' | 'report'>) => ({
  plan: plan.view.snapshot(),
  group: group.view.snapshot(),
  report: report.view.snapshot(),
});

/** What goes wrong at a venue, between two operations. */
function trouble(network: Network, random: Random): void {
  network.deliverSome();
  if (random.chance(0.06)) network.meet();
  if (random.chance(0.03)) network.restart();
  if (random.chance(0.05)) network.writeFile();
  if (random.chance(0.05)) network.readFile();
}

/** All laptops show the same, and so does one that opens the documents for the first time. */
function expectSame({ laptops: [first, ...others] }: Network): void {
  if (first === undefined) throw new Error('No laptops');
  const expected = readModels(first);
  for (const laptop of others) {
    expect(readModels(laptop)).toEqual(expected);
    for (const kind of kinds) {
      const [here, there] = [laptop.docs[kind], first.docs[kind]];
      expect(here.store.pendingStructs).toBeNull();
      expect(Y.equalSnapshots(Y.snapshot(here), Y.snapshot(there))).toBe(true);
      expect(changesBehind(here, Y.encodeStateVector(there))).toBe(0);
    }
  }
  const context = testContext('new');
  const opened = {
    plan: copyOf(first.docs.plan),
    group: copyOf(first.docs.group),
    report: copyOf(first.docs.report),
  };
  const fresh = {
    plan: openPlanDocument(opened.plan, context),
    group: openGroupDocument(opened.group, context),
    report: openReportDocument(opened.report, context),
  };
  expect(readModels(fresh)).toEqual(expected);
  for (const kind of kinds) expect(checkSchema(copyOf(opened[kind]), kind)).toBeNull();
}

it(`S2: no order of messages, losses, restarts and old files parts the laptops, loses a word or doubles one (${RUNS} runs of ${OPERATIONS} operations, seeds from ${firstSeed})`, () => {
  forSeeds(RUNS, (random) => {
    const ledger = new WordLedger();
    const network = createNetwork(names, start, random);
    const speakers = new Map(names.map((name) => [name, new Speaker(random, ledger)]));
    for (let operation = 0; operation < OPERATIONS; operation += 1) {
      const laptop = random.pick(network.laptops);
      const speaker = laptop === null ? undefined : speakers.get(laptop.name);
      if (laptop === null || speaker === undefined) throw new Error('Nobody to act');
      laptop.context.time += random.below(10_000);
      if (random.chance(0.5)) playGroup(laptop.group, random, speaker);
      else if (random.chance(0.6)) playPlan(laptop.plan, random, speaker);
      else playReport(laptop.report, random, speaker);
      trouble(network, random);
    }

    network.heal();
    expectSame(network);
    for (const { group, plan, report } of network.laptops) {
      const text = [
        textOfGroup(group.view.snapshot()),
        textOfPlan(plan.view.snapshot()),
        textOfReport(report.view.snapshot()),
      ].join('');
      expect(ledger.missingFrom(text)).toEqual([]);
      expect(ledger.doubledIn(text)).toEqual([]);
    }

    // S5: what comes late, again or from an old file changes nothing; views do not even stir.
    const before = network.laptops.map(readModels);
    network.repeatEverything();
    network.laptops.forEach((laptop, index) => {
      expect(laptop.plan.view.snapshot()).toBe(before[index]?.plan);
      expect(laptop.group.view.snapshot()).toBe(before[index]?.group);
      expect(laptop.report.view.snapshot()).toBe(before[index]?.report);
    });
  });
}, 120_000);
