import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { installProbes } from '../stock/probes.ts';
import type { AppPage } from './app-page.ts';
import { openPage, type Venue } from './venue.ts';

declare global {
  var appPage: AppPage;
}

/** What one laptop sends while nobody types, payload only, a second. */
export interface Chatter {
  readonly directMessages: number;
  readonly directBytes: number;
  readonly relayFrames: number;
  readonly relayBytes: number;
}

export interface IdleChatter {
  /** How many groups the session has. */
  readonly groups: number;
  /** Has one group's document and the plan, in which it does not write. */
  readonly group: Chatter;
  /** Has every group's document and the plan. */
  readonly plenary: Chatter;
}

const sample = JSON.parse(
  readFileSync(new URL('../../../assets/sample/session.json', import.meta.url), 'utf8'),
) as { readonly groups: readonly unknown[] };

/** Long enough for everything that comes every 10 s. */
const WINDOW_MS = 10_000;

/** `appUrl` is the address of `app.html` with its hub; the hub is the one of `venue`. */
export async function measureIdleChatter(venue: Venue, appUrl: string): Promise<IdleChatter> {
  const open = async (): Promise<Page> => {
    const context = await venue.browser.newContext();
    await context.addInitScript(installProbes, { lostOffers: 0, unresolvable: 0, lostSignals: 0 });
    return openPage(context, appUrl, 'appPage');
  };
  const plenary = await open();
  await plenary.evaluate(async () => appPage.open(await appPage.create()));
  const ticket = await plenary.evaluate((at) => appPage.ticket(1, at), venue.address);
  const group = await open();
  await group.evaluate(async (word) => appPage.open(await appPage.join(word)), ticket);
  await group.evaluate(() => appPage.note(1, 'the last word'));
  for (const page of [plenary, group]) {
    await page.waitForFunction(
      () => appPage.status(1).path === 'direct' && appPage.notes(1).length === 1,
    );
  }
  await group.waitForFunction(() => appPage.status(1).waiting === 0);

  const chatter = (page: Page): Promise<Chatter> =>
    page.evaluate(async (ms) => {
      const before = { ...probes };
      await new Promise((resolve) => setTimeout(resolve, ms));
      const perSecond = (after: number, earlier: number): number => ((after - earlier) * 1000) / ms;
      return {
        directMessages: perSecond(probes.channelMessages, before.channelMessages),
        directBytes: perSecond(probes.channelBytes, before.channelBytes),
        relayFrames: perSecond(probes.relayFrames, before.relayFrames),
        relayBytes: perSecond(probes.relayBytes, before.relayBytes),
      };
    }, WINDOW_MS);
  const [ofGroup, ofPlenary] = await Promise.all([chatter(group), chatter(plenary)]);
  await Promise.all([plenary, group].map((page) => page.context().close()));
  return { groups: sample.groups.length, group: ofGroup, plenary: ofPlenary };
}
