import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { createMemoryAir } from '../fakes/memory-air.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import { mergeRecommendations, showPart } from '../tools/screens/board-screen.ts';
import { recommend, typeNote, type TypedNote } from '../tools/screens/group-screen.ts';
import { openToRoom } from '../tools/screens/people-screen.ts';
import { showGroup } from '../tools/screens/places-screen.ts';
import { sayWho } from '../tools/screens/phone-screen.ts';
import {
  addressObjection,
  anotherRound,
  closePoll,
  confirmConsensus,
  openPoll,
  poll,
  pollOnProposal,
  readResult,
  waitForObjection,
  waitForVerdict,
} from '../tools/screens/polls-screen.ts';
import { startSample } from '../tools/screens/start-screen.ts';
import { words } from '../tools/screens/words.ts';
import { buildPhonePage, type PhoneInHand, takePhone } from './harness/phones.ts';

/** From a proposal to rough consensus: the built app, the real hub, its phone page, a real browser. */
const app = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const GROUP = 'Makers and markets';
const WHY = 'Small makers cannot answer within days';
const note: TypedNote = {
  kind: 'point',
  question: 'b',
  stakeholderGroup: null,
  region: null,
  text: 'A register only helps if makers must answer in time',
};

let browser: Browser;
let folder: string;
let hub: Hub;
const phones: PhoneInHand[] = [];

beforeAll(async () => {
  if (!existsSync(`${app}/index.html`)) throw new Error('Build the app first: npm run build');
  browser = await chromium.launch(chromiumLaunch());
  folder = await mkdtemp(join(tmpdir(), 'caucus-vote-'));
  await writeFile(join(folder, 'phone.html'), await buildPhonePage());
});
afterEach(async () => {
  await Promise.all(phones.splice(0).map(({ context }) => context.close()));
  await hub?.stop();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The plenary laptop with a proposal, open to the room; and where phones get in. */
async function openPlenary(): Promise<{ readonly page: Page; readonly url: string }> {
  const started = await startHub({
    localPort: 0,
    networkPort: 0,
    appDirectory: app,
    audiencePage: join(folder, 'phone.html'),
    addresses: () => ['127.0.0.1'],
    vaultDirectory: () => folder,
    openLink: createMemoryAir().openLink,
  });
  if (!started.ok) throw new Error(started.reason);
  ({ hub } = started);
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(`http://localhost:${hub.localPort}/`);
  await startSample(page);
  await showGroup(page, GROUP);
  await typeNote(page, note);
  await recommend(page, { question: 'b', text: 'Keep a register', rationale: '' }, [note]);
  await page
    .getByRole('navigation', { name: words('frame.places') })
    .getByRole('link', { name: words('frame.board') })
    .click();
  await mergeRecommendations(page, [{ column: 0, text: 'Keep a register' }], 'A public register');
  await openToRoom(page);
  await pollOnProposal(page, 1);
  const address = page.getByText(/^http:\/\/127\.0\.0\.1:\d+$/u);
  return { page, url: (await address.textContent()) ?? '' };
}
async function takePart(url: string, group: string): Promise<PhoneInHand> {
  const phone = await takePhone(browser, url);
  phones.push(phone);
  await sayWho(phone.page, { stakeholderGroup: group, region: null });
  return phone;
}
const press = ({ page }: PhoneInHand, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

describe('a vote', () => {
  it('C1 C2 C3 C4: from the proposal by phones and projector to rough consensus in a second round', async () => {
    const { page, url } = await openPlenary();
    await openPoll(page);
    for (let number = 0; number < 5; number += 1) await takePart(url, 'Government');
    const [first, ...others] = phones;
    if (first === undefined) throw new Error('No phones');

    // The room sees how to take part, and how many have answered, but not what.
    await page.keyboard.press('f');
    const projector = page.getByRole('dialog', { name: words('plenary.projector') });
    await projector.getByText(url).waitFor();
    await press(first, 'Disagree');
    for (const other of others) await press(other, 'Agree');
    await first.says('Counted');
    await projector.getByText(/^5 answers/u).waitFor();
    expect(await projector.getByText(/of \d+ agree/u).count()).toBe(0);
    await press(first, 'I cannot live with this');
    await first.page.getByLabel('Why can you not live with it?').fill(WHY);
    await press(first, 'Send objection');
    await first.page.getByText('Your objection is with the moderators.').waitFor();
    await page.keyboard.press('o');
    await projector.getByText(words('polls.status-objections-open')).waitFor();
    await projector.getByText('4 of 5 agree').waitFor();
    await page.keyboard.press('f');
    await projector.waitFor({ state: 'detached' });
    await first.page.getByText('5 answers').waitFor();

    // The objection is worked through by other words, and the room is asked again.
    await waitForVerdict(page, 'objections-open');
    await waitForObjection(page, WHY);
    expect(await page.getByRole('button', { name: words('polls.confirm') }).count()).toBe(0);
    const wording = 'A public register, with a longer time for small makers';
    await addressObjection(page, WHY, wording, 'A longer time');
    await waitForVerdict(page, 'to-confirm');
    await anotherRound(page);
    await poll(page).getByRole('heading', { name: wording }).waitFor();
    await openPoll(page);
    for (const phone of phones) await press(phone, 'Agree');
    await poll(page)
      .getByText(/^5 answers/u)
      .waitFor();
    await closePoll(page);
    expect(await readResult(page)).toMatchObject([{ agree: 5, votes: 5 }]);
    await waitForVerdict(page, 'to-confirm');
    await poll(page).getByText('71% → 85% (+14%)').waitFor();
    await confirmConsensus(page, 'The objection led to a better wording');
    await waitForVerdict(page, 'rough-consensus');

    // It is on the proposal for ever, also after the page was reloaded.
    await page.reload();
    await showPart(page, 'proposals');
    await page.getByText('1 objection, 1 addressed').waitFor();
    await page.getByText(words('polls.status-rough-consensus'), { exact: true }).waitFor();
    expect(phones.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
