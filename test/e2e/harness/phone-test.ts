import { chromium } from 'playwright-core';
import { expect, it as base } from 'vitest';
import type { Choice, PollKind } from '../../../src/core/consensus/poll.ts';
import { startFakeVotingHub } from '../../fakes/voting-hub.ts';
import { chromiumLaunch } from '../../tools/chromium.ts';
import { buildPhonePage, newPhone, type PhoneInHand, room, skipWho, takePhone } from './phones.ts';

/** A test with the phone page, a hub as unfriendly as it wants, and as many phones as it takes. */
export const it = base
  .extend('html', { scope: 'file' }, () => buildPhonePage())
  .extend('launch', { scope: 'file' }, chromiumLaunch())
  .extend('browser', { scope: 'file' }, async ({ launch }, { onCleanup }) => {
    const browser = await chromium.launch(launch);
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('usual', { scope: 'file' }, ({ browser }) => newPhone(browser))
  .extend('hub', async ({ html }, { onCleanup }) => {
    const hub = await startFakeVotingHub(html);
    onCleanup(() => hub.stop());
    hub.room(room);
    return hub;
  })
  /** Each test has a hub at another address, for which the same browser keeps something else. */
  .extend('take', ({ browser, usual, hub }, { onCleanup }) => {
    const phones: PhoneInHand[] = [];
    onCleanup(async () => {
      const complaints = phones.flatMap((phone) => phone.complaints);
      await Promise.all(
        phones.map(({ context, page }) => (context === usual ? page.close() : context.close())),
      );
      expect(complaints).toEqual([]);
    });
    return async (
      options?: Parameters<typeof takePhone>[2],
      url: string = hub.url,
    ): Promise<PhoneInHand> => {
      const phone = await takePhone(
        browser,
        url,
        options,
        options === undefined ? usual : undefined,
      );
      phones.push(phone);
      return phone;
    };
  })
  .extend(
    'takeIn',
    ({ take }) =>
      async (options?: Parameters<typeof takePhone>[2]): Promise<PhoneInHand> => {
        const phone = await take(options);
        await skipWho(phone);
        return phone;
      },
  );

/** The first button that is called so. */
export const press = ({ page }: PhoneInHand, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

/** How each kind is answered by tapping, and what has to arrive. */
export const kinds: readonly {
  readonly kind: PollKind;
  readonly taps: readonly (string | RegExp)[];
  readonly choice: Choice;
}[] = [
  { kind: 'agree', taps: ['Pass'], choice: 'pass' },
  { kind: 'gradient-8', taps: [/I can live with it/u], choice: 3 },
  { kind: 'gradient-4', taps: [/I block it/u], choice: 4 },
  { kind: 'single', taps: ['A label'], choice: ['o2'] },
  {
    kind: 'ranking',
    taps: [/^A label/u, /^A public/u, 'Send my answer'],
    choice: ['o2', 'o0', 'o1'],
  },
  { kind: 'scale', taps: ['4'], choice: 4 },
  { kind: 'hum', taps: ['Strong'], choice: 4 },
  { kind: 'quiz', taps: ['A time limit'], choice: ['o1'] },
];
