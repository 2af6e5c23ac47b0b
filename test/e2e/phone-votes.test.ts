import { describe, expect } from 'vitest';
import type { FakeVotingHub } from '../fakes/voting-hub.ts';
import { it, press } from './harness/phone-test.ts';
import { poll } from './harness/phones.ts';

const EMPTY = 'about:blank';
const ballots = (hub: FakeVotingHub) =>
  hub.frames.flatMap((frame) => (frame.type === 'ballot' ? [frame] : []));

describe('what happened to my vote', () => {
  it('C1 says "Counted" only once the plenary laptop has said so', async ({ hub, takeIn }) => {
    hub.open(poll('agree', 'slowly'));
    const phone = await takeIn();
    await phone.says('Not answered yet');
    hub.hold(true);
    await press(phone, 'Agree');
    await phone.says('Sending');
    await expect.poll(() => hub.choice('slowly')).toBe('agree');
    expect(await phone.news()).toContain('Sending');
    hub.hold(false);
    await phone.says('Counted');
  });

  it('C1 keeps a vote without a connection, and sends it when there is one', async ({
    hub,
    takeIn,
  }) => {
    hub.open(poll('agree', 'away'));
    const phone = await takeIn();
    await press(phone, 'Agree');
    await phone.says('Counted');
    await hub.away();
    await press(phone, 'Disagree');
    await phone.says('Not counted yet: no connection. It will be sent.');
    await hub.back();
    await phone.says('Counted');
    expect(hub.choice('away')).toBe('disagree');
    expect(hub.voters.size).toBe(1);
  });

  it('C1 sends again with the same number what was not acknowledged', async ({ hub, takeIn }) => {
    hub.open(poll('agree', 'again'));
    const phone = await takeIn();
    hub.hold(true);
    await press(phone, 'Agree');
    await expect.poll(() => ballots(hub).length).toBe(1);
    await hub.away();
    hub.hold(true);
    hub.hold(false);
    await hub.back();
    await phone.says('Counted');
    // The greeting may have told already that it counts.
    expect(new Set(ballots(hub).map(({ sequence }) => sequence)).size).toBe(1);
  });

  it('C1 sends what was pending after the page was closed and opened again', async ({
    hub,
    takeIn,
  }) => {
    hub.open(poll('agree', 'closed'));
    const phone = await takeIn();
    hub.refuse('ballot', 'not-kept');
    await press(phone, 'Agree');
    await phone.says('the plenary laptop cannot store it');
    await phone.page.goto(EMPTY);
    hub.refuse('ballot', null);
    await phone.page.goto(hub.url);
    await phone.says('Counted');
    expect(hub.choice('closed')).toBe('agree');
  });

  it('is changed and taken back until it closes', async ({ hub, takeIn }) => {
    hub.open(poll('agree', 'mind'));
    const phone = await takeIn();
    await press(phone, 'Agree');
    await phone.says('Counted');
    await press(phone, 'Disagree');
    await expect.poll(() => hub.choice('mind')).toBe('disagree');
    await press(phone, 'Take back');
    await phone.says('Taken back');
    expect(hub.choice('mind')).toBeNull();
    hub.close();
    await phone.says('You did not answer this one');
  });

  it('says in plain words that it came too late, and what counts instead', async ({
    hub,
    takeIn,
  }) => {
    hub.open(poll('agree', 'late'));
    const phone = await takeIn();
    await press(phone, 'Agree');
    await phone.says('Counted');
    hub.refuse('ballot', 'not-open');
    await press(phone, 'Disagree');
    await phone.says('Not counted: it was closed already. What you answered before counts.');
    await phone.page.getByRole('button', { name: 'Agree', pressed: true, exact: true }).waitFor();
    hub.refuse('ballot', null);
    hub.close();
    hub.open(poll('agree', 'late'));
    await press(phone, 'Disagree');
    await phone.says('Counted');
  });

  it('says so when an answer to the question before came too late', async ({ hub, takeIn }) => {
    hub.open(poll('agree', 'one'));
    const phone = await takeIn();
    await hub.away();
    await press(phone, 'Agree');
    await phone.says('no connection');
    hub.close();
    hub.open(poll('agree', 'two'));
    await hub.back();
    await phone.says('came too late and was not counted');
    await press(phone, 'Agree');
    await phone.says('Counted');
    expect(hub.choice('one')).toBeUndefined();
  });

  it('votes again for itself when the plenary laptop has forgotten everybody', async ({
    hub,
    takeIn,
  }) => {
    hub.open(poll('agree', 'forgotten'));
    const phone = await takeIn();
    await press(phone, 'Agree');
    await phone.says('Counted');
    await hub.away();
    hub.forget();
    await hub.back();
    await expect.poll(() => hub.choice('forgotten')).toBe('agree');
    await phone.says('Counted');
  });

  it('does not take a tap for the question before as an answer to the next', async ({
    hub,
    takeIn,
  }) => {
    hub.open(poll('agree', 'first'));
    const phone = await takeIn();
    hub.open(poll('agree', 'second'));
    await phone.page.getByRole('heading', { name: 'second' }).waitFor();
    await phone.page.evaluate(() => document.querySelector<HTMLElement>('.answer')?.click());
    await phone.page.locator('fieldset:enabled').waitFor();
    expect(ballots(hub)).toEqual([]);
    await press(phone, 'Agree');
    await phone.says('Counted');
  });

  it('C4 shows no result before it is closed, or shown', async ({ hub, takeIn }) => {
    hub.open(poll('agree', 'hidden'));
    const phone = await takeIn();
    await press(phone, 'Agree');
    await phone.says('Counted');
    expect(await phone.page.locator('.bars').count()).toBe(0);
    hub.showTally();
    await phone.page.getByText('So far: one answer').waitFor();
    hub.close();
    await phone.page.getByText('1 of 1').waitFor();
    hub.lookAway();
    await phone.page.getByRole('heading', { name: 'The next question' }).waitFor();
    await phone.page.getByText('The last result').waitFor();
    await phone.page.getByText('1 of 1').waitFor();
  });
});
