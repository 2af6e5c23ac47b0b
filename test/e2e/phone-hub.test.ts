import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { PollForm } from '../../src/core/consensus/poll.ts';
import type { Tally } from '../../src/core/consensus/tally.ts';
import {
  type FromDesk,
  type Given,
  type ToDesk,
  VOTING_DESK_PATH,
} from '../../src/core/protocol/voting-frames.ts';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import { sayWho } from '../tools/screens/phone-screen.ts';
import {
  buildPhonePage,
  type PhoneInHand,
  poll,
  room,
  skipWho,
  takePhone,
} from './harness/phones.ts';

/** Two phones, the real hub, and a page of the plenary laptop's as far as the hub can tell. */
let browser: Browser;
let html: string;
let folder: string;
let hub: Hub;
let url: string;
let networkPort = 0;
let desk: Desk;
const phones: PhoneInHand[] = [];

interface Desk {
  say(frame: FromDesk): void;
  readonly given: readonly Given[];
  tally(poll: string): Tally | undefined;
  close(): void;
}

async function openDesk(): Promise<Desk> {
  const socket = new WebSocket(`ws://localhost:${hub.localPort}${VOTING_DESK_PATH}`);
  const given: Given[] = [];
  const tallies = new Map<string, Tally>();
  const say = (frame: FromDesk): void => socket.send(JSON.stringify(frame));
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as ToDesk;
    if (frame.type === 'tally') tallies.set(frame.tally.poll, frame.tally);
    if (frame.type === 'given') given.push(frame.given);
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const { codeNeeded: codes, ...parts } = room;
  say({ type: 'room', session: 'session-of-the-test', codes, ...parts });
  return { say, given, tally: (id) => tallies.get(id), close: () => socket.terminate() };
}

async function start(): Promise<void> {
  const started = await startHub({
    localPort: 0,
    networkPort,
    addresses: () => ['127.0.0.1'],
    audiencePage: join(folder, 'index.html'),
    vaultDirectory: () => folder,
  });
  if (!started.ok) throw new Error(started.reason);
  ({ hub } = started);
  const opened = await hub.openToNetwork();
  const address = opened.ok ? opened.state.addresses[0] : undefined;
  if (address === undefined) throw new Error('The hub could not be opened to the network');
  networkPort = Number(new URL(address).port);
  url = `http://127.0.0.1:${networkPort}/`;
}

beforeAll(async () => {
  html = await buildPhonePage();
  browser = await chromium.launch(chromiumLaunch());
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-voting-'));
  await writeFile(join(folder, 'index.html'), html);
  networkPort = 0;
  await start();
  desk = await openDesk();
});
afterEach(async () => {
  const complaints = phones.flatMap((phone) => phone.complaints);
  await Promise.all(phones.splice(0).map(({ context }) => context.close()));
  desk.close();
  await hub.stop();
  await rm(folder, { recursive: true });
  expect(complaints).toEqual([]);
});

function stand(form: PollForm, state: 'open' | 'closed', right: string | null = null): void {
  desk.say({
    type: 'poll',
    form,
    state,
    closesInMs: null,
    shown: false,
    right,
    current: true,
  });
}
async function take(group: string | null): Promise<PhoneInHand> {
  const phone = await takePhone(browser, url);
  phones.push(phone);
  if (group === null) {
    await skipWho(phone);
    return phone;
  }
  await sayWho(phone.page, { stakeholderGroup: group, region: null });
  return phone;
}
const press = ({ page }: PhoneInHand, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

describe('phones at the real hub', () => {
  it('C1 C3 C4 two phones vote, are counted, object, and see the result once it is closed', async () => {
    const form = poll('agree', 'proposal');
    stand(form, 'open');
    const one = await take('Government');
    const other = await take(null);
    await press(one, 'Agree');
    await press(other, 'Agree');
    await one.says('Counted');
    await other.says('Counted');
    await press(other, 'Disagree');
    await expect.poll(() => desk.tally('proposal')?.all.by).toEqual({ agree: 1, disagree: 1 });
    await press(other, 'I cannot live with this');
    await other.page.getByLabel('Why can you not live with it?').fill('Nobody asked us');
    await press(other, 'Send objection');
    await other.page.getByText('Your objection is with the moderators.').waitFor();
    await expect
      .poll(() => desk.given)
      .toContainEqual(expect.objectContaining({ what: 'objection', text: 'Nobody asked us' }));
    expect(await one.page.locator('.bars').count()).toBe(0);
    stand(form, 'closed');
    await one.page.getByText('2 answers').waitFor();
    await one.page.getByText('1 of 2').first().waitFor();
    await one.says('Counted');
  });

  it('C1 the hub stops and starts again in the middle: the same voters, every vote once', async () => {
    const form = poll('agree', 'restart');
    stand(form, 'open');
    const phone = await take('Technical community');
    await press(phone, 'Agree');
    await phone.says('Counted');
    desk.close();
    await hub.stop();
    await press(phone, 'Pass');
    await phone.says('Not counted yet: no connection');
    await start();
    await phone.says('Counted');
    desk = await openDesk();
    await expect.poll(() => desk.tally('restart')?.all).toEqual({ ballots: 1, by: { pass: 1 } });
    expect(desk.tally('restart')?.all.ballots).toBe(1);
    await phone.page.reload();
    await phone.says('Counted');
    stand(form, 'closed');
    await phone.page.getByText('one answer').waitFor();
  });

  it('a hand and a question reach the moderators, and the phone hears what became of them', async () => {
    const phone = await take('Government');
    await press(phone, 'Raise hand');
    await phone.page.getByText('Your hand is up.').waitFor();
    await expect.poll(() => desk.given.find(({ what }) => what === 'hand')).toBeDefined();
    const hand = desk.given.find(({ what }) => what === 'hand');
    desk.say({ type: 'taken', id: hand?.id ?? '', done: false });
    await phone.page.getByText('A moderator has taken up your hand.').waitFor();
    desk.say({ type: 'taken', id: hand?.id ?? '', done: true });
    await phone.page.getByRole('button', { name: 'Raise hand' }).waitFor();
    await press(phone, 'Ask');
    await phone.page.getByLabel('What do you want to say?').fill('Who pays?');
    await press(phone, 'Ask this question');
    await phone.page.getByText('The moderators have it.').waitFor();
    await expect.poll(() => desk.given.find(({ what }) => what === 'question')).toBeDefined();
    const question = desk.given.find(({ what }) => what === 'question');
    desk.say({ type: 'taken', id: question?.id ?? '', done: true });
    await phone.page.getByText('Done.').waitFor();
  });

  it('a quiz: right or wrong, points and place', async () => {
    const form = poll('quiz', 'quiz');
    stand(form, 'open', 'o1');
    const phone = await take(null);
    await press(phone, 'A time limit');
    await phone.says('Counted');
    stand(form, 'closed', 'o1');
    await phone.page.getByText(/Right! · [\d,]+ points, place 1/u).waitFor();
  });
});
