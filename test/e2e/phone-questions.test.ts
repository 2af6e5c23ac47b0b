import { describe, expect } from 'vitest';
import { it, kinds, press } from './harness/phone-test.ts';
import { poll, room } from './harness/phones.ts';

describe('every kind of question', () => {
  it('is answered by tapping', async ({ hub, takeIn }) => {
    const phone = await takeIn();
    for (const { kind, taps, choice } of kinds) {
      hub.open(poll(kind, kind));
      await phone.page.getByRole('heading', { name: ` ${kind}?` }).waitFor();
      for (const name of taps) await press(phone, name);
      await phone.says('Counted');
      expect(hub.choice(kind)).toEqual(choice);
    }
  });

  it('is answered by keyboard', async ({ hub, takeIn }) => {
    const phone = await takeIn();
    for (const { kind, taps, choice } of kinds) {
      hub.open(poll(kind, kind));
      await phone.page.getByRole('heading', { name: ` ${kind}?` }).waitFor();
      await phone.page.locator('fieldset:enabled').waitFor();
      for (const name of taps) {
        const target = phone.page.getByRole('button', { name }).first();
        let steps = 0;
        while (!(await target.evaluate((element) => element === document.activeElement))) {
          await phone.page.keyboard.press('Tab');
          steps += 1;
          expect(steps, kind).toBeLessThan(30);
        }
        await phone.page.keyboard.press('Enter');
      }
      await phone.says('Counted');
      expect(hub.choice(kind)).toEqual(choice);
    }
  });

  it('multiple takes as many as there may be, and no more', async ({ hub, takeIn }) => {
    hub.open(poll('multiple', 'many'));
    const phone = await takeIn();
    const box = (name: string) => phone.page.getByRole('checkbox', { name });
    await box('A label').check();
    await box('A public register').focus();
    await phone.page.keyboard.press('Space');
    await phone.page.getByText('You have chosen 2').waitFor();
    expect(await box('A time limit').isDisabled()).toBe(true);
    expect(await phone.news()).toBe('Not sent yet');
    await press(phone, 'Send my answer');
    await phone.says('Counted');
    expect(hub.choice('many')).toEqual(['o0', 'o2']);
    await box('A label').uncheck();
    await phone.says('What you sent before counts');
    await press(phone, 'Send the change');
    await phone.says('Counted');
    expect(hub.choice('many')).toEqual(['o0']);
  });

  it('a ranking is changed by one place at a time', async ({ hub, takeIn }) => {
    hub.open(poll('ranking', 'order'));
    const phone = await takeIn();
    await press(phone, /^A public register no place/u);
    await press(phone, /^A time limit no place/u);
    await phone.page.getByRole('button', { name: 'Move up: A label' }).press('Enter');
    await phone.page.getByRole('button', { name: 'Move up: A label' }).press('Enter');
    expect(
      await phone.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    ).toBe('Move down: A label');
    await press(phone, 'Send my answer');
    await phone.says('Counted');
    expect(hub.choice('order')).toEqual(['o2', 'o0', 'o1']);
  });

  it('a short text is sent as it stands, and script in it stays text', async ({ hub, takeIn }) => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    hub.open(poll('text', 'words', { question: evil }));
    const phone = await takeIn();
    await phone.page.getByLabel('Your answer').fill(evil);
    await press(phone, 'Send my answer');
    await phone.says('Counted');
    hub.close();
    await phone.page.locator('.result').getByText(evil).waitFor();
    expect(await phone.page.getByRole('heading', { level: 1 }).innerText()).toBe(evil);
    expect(await phone.page.title()).toBe(room.title);
    expect(await phone.page.locator('img').count()).toBe(0);
  });

  it('script in the names of the room does not run in the page that brings them', async ({
    hub,
    take,
  }) => {
    const name = '</script><script>document.title="broken"</script>$&';
    hub.room({ ...room, title: name, stakeholderGroups: [{ id: 'x', name }] });
    const phone = await take();
    await phone.page.locator('.title').getByText(name).waitFor();
    expect(await phone.page.title()).toBe(name);
  });

  it('a hum shows a loudness and no counts', async ({ hub, takeIn }) => {
    hub.open(poll('hum', 'hum'));
    const phone = await takeIn();
    await press(phone, 'Loud');
    await phone.says('Counted');
    hub.close();
    const result = phone.page.locator('.result');
    await result.getByText('The room hums: Loud').waitFor();
    expect(await result.innerText()).not.toMatch(/\d/u);
  });

  it('a quiz tells afterwards whether it was right, and one’s points and place', async ({
    hub,
    takeIn,
  }) => {
    hub.open(poll('quiz', 'quiz'), 60_000);
    const phone = await takeIn();
    await phone.page.getByText(/Closes in (1:00|0:5\d)/u).waitFor();
    await press(phone, 'A label');
    await phone.says('Counted');
    await phone.page.locator('summary').click();
    await phone.page.getByLabel('Name on the leaderboard').fill('Fox');
    await press(phone, 'Use this name');
    await phone.page.getByText('you are Fox').waitFor();
    hub.close('o2');
    hub.tell({ type: 'points', points: 900, place: 2 });
    await phone.page.getByText('Right! · 900 points, place 2').waitFor();
    hub.open(poll('quiz', 'next'));
    await press(phone, 'A label');
    await phone.says('Counted');
    hub.close('o0');
    await phone.page.getByText('Not right · Right is: A public register').waitFor();
  });
});
