import { describe, expect } from 'vitest';
import { startFakeVotingHub } from '../fakes/voting-hub.ts';
import { it, kinds, press } from './harness/phone-test.ts';
import { buildPhonePage, findings, poll, room, skipWho } from './harness/phones.ts';

describe('for everybody', () => {
  it('axe finds nothing at 320 px, in light and dark', async ({ hub, take }) => {
    const phone = await take();
    const look = async (): Promise<readonly string[]> => {
      await phone.page.emulateMedia({ colorScheme: 'light' });
      const found = await findings(phone);
      await phone.page.emulateMedia({ colorScheme: 'dark' });
      // In the dark only the colours are others.
      return [...found, ...(await findings(phone, ['color-contrast']))];
    };
    expect(await look()).toEqual([]);
    await skipWho(phone);
    await phone.page.getByRole('heading', { name: 'The next question' }).waitFor();
    expect(await look()).toEqual([]);
    await press(phone, /^Ask$/u);
    expect(await look()).toEqual([]);
    await press(phone, /^You$/u);
    expect(await look()).toEqual([]);
    await press(phone, /^You$/u);
    for (const { kind, taps } of kinds) {
      hub.open(poll(kind, `axe ${kind}`));
      await phone.page.getByRole('heading', { name: `axe ${kind}` }).waitFor();
      await phone.page.locator('fieldset:enabled').waitFor();
      expect(await look(), kind).toEqual([]);
      for (const name of taps) await press(phone, name);
      await phone.says('Counted');
      expect(await look(), `${kind}, counted`).toEqual([]);
      hub.close();
      await phone.page.getByText('Closed', { exact: true }).waitFor();
      expect(await look(), `${kind}, closed`).toEqual([]);
    }
    hub.open(poll('agree', 'gone'));
    await phone.page.locator('fieldset:enabled').waitFor();
    await hub.away();
    await press(phone, 'Agree');
    await phone.says('no connection');
    expect(await look(), 'away').toEqual([]);
  });

  it('nothing is cut off at 320 px and at twice the size of text', async ({ hub, takeIn }) => {
    const long = 'Verantwortungsübernahmeerklärung der Herstellervereinigungen '.repeat(2);
    hub.open(poll('agree', 'long', { question: long }));
    const phone = await takeIn();
    await phone.page.getByRole('heading', { level: 1 }).waitFor();
    const isWide = () =>
      phone.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(await isWide()).toBe(false);
    await phone.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await isWide()).toBe(false);
    await press(phone, 'Agree');
    await phone.says('Counted');
  });

  it('is told by voice what happened, and that there is a new question', async ({
    hub,
    takeIn,
  }) => {
    const phone = await takeIn();
    hub.open(poll('agree', 'voice'));
    await phone.page
      .getByRole('status')
      .getByText('New question: What do you say to voice?')
      .waitFor();
    expect(await phone.page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await press(phone, 'Agree');
    await phone.page.getByRole('status').getByText('Counted').waitFor();
  });

  it('goes from right to left in a language that does', async ({ take }) => {
    const other = await buildPhonePage([
      {
        name: 'pseudo-language',
        enforce: 'pre',
        transform(code, id) {
          if (!id.endsWith('audience/languages.ts')) return null;
          return code.replace(
            /Object\.values\(([\s\S]*)\);/u,
            (_, files: string) =>
              `Object.values(${files}).flatMap((file) => [file, { ...file, language: 'ar', direction: 'rtl', messages: Object.fromEntries(Object.entries(file.messages).map(([key, text]) => [key, typeof text === 'string' ? '⟦' + text + '⟧' : text])) }]);`,
          );
        },
      },
    ]);
    const rtlHub = await startFakeVotingHub(other);
    rtlHub.room(room);
    rtlHub.open(poll('agree', 'rtl'));
    const phone = await take({ locale: 'ar-EG' }, rtlHub.url);
    await press(phone, '⟦Rather not say anything⟧');
    await press(phone, '⟦Agree⟧');
    await phone.says('⟦Counted');
    const html = await phone.page.evaluate(() => ({
      dir: document.documentElement.dir,
      lang: document.documentElement.lang,
      wide: document.documentElement.scrollWidth > window.innerWidth,
    }));
    expect(html).toEqual({ dir: 'rtl', lang: 'ar', wide: false });
    expect(await findings(phone)).toEqual([]);
    await rtlHub.stop();
  });
});
