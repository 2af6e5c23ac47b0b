import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DeviceId } from '../../../../src/core/session/ids.ts';
import { openPlanDocument } from '../../../../src/core/session/plan-document.ts';
import { type OpenOptions, type OpenPlenary, openPlenary } from './open-plenary.tsx';
import {
  closeWith,
  createFakeDesk,
  type FakeDesk,
  ranked,
  receive,
  tallyOf,
  votedProposal,
} from './voting-workshop.ts';

interface OpenPolls extends OpenPlenary {
  readonly desk: FakeDesk;
}

const voting = ({ plan }: OpenPlenary) => plan.view.snapshot().voting;
const button = (name: string | RegExp) => page.getByRole('button', { name });
const agreed = [
  [9, 1, 0],
  [8, 1, 1],
] as const;
const divided = [
  [9, 1, 0],
  [2, 1, 7],
] as const;

async function openPolls(
  before: OpenOptions['before'],
  options: OpenOptions = {},
): Promise<OpenPolls> {
  const desk = createFakeDesk();
  const open = await openPlenary({
    groups: 2,
    recommendations: 0,
    ...options,
    app: { openVotingDesk: () => desk },
    ...(before !== undefined && { before }),
  });
  await page.getByRole('tab', { name: 'Polls' }).click();
  return { ...open, desk };
}

describe('polls', () => {
  it('teach while there are none, and the one next step is to open the session', async () => {
    await openPolls(undefined);
    await expect.element(page.getByRole('heading', { name: 'Ask the room' })).toBeVisible();
    await expect.element(page.getByText(/^Phones cannot get in yet/u)).toBeVisible();
    await button('Open to the room').last().click();
    await expect.element(page.getByText('http://192.168.4.20:4711', { exact: true })).toBeVisible();
  });

  it('come of a proposal in one step, open and close by one key, and say how many answered', async () => {
    const open = await openPolls(({ plan }) => {
      plan.addProposal({ text: 'A public register', questionId: null, sources: [] });
    });
    await page.getByRole('tab', { name: /^Proposals/u }).click();
    await button('→ Poll on proposal 1').click();
    await expect.element(page.getByRole('article', { name: 'Proposal 1' })).toBeVisible();
    await userEvent.keyboard('o');
    await expect.element(button(/^Close the poll/u)).toBeVisible();
    const [poll] = voting(open).polls;
    if (poll === undefined) throw new Error('No poll');
    expect(poll).toMatchObject({ state: 'open', question: 'A public register' });
    open.desk.count(tallyOf(open.plan, poll.id, divided));
    await expect.element(page.getByText('20 answers · 52 phones here')).toBeVisible();
    // C4: nothing of what was answered, before it is closed or shown.
    expect(document.body.textContent).not.toContain('of 10 agree');
    await button('Show results now').click();
    await expect.element(page.getByText('9 of 10 agree')).toBeVisible();
    await button('Hide results again').click();
    await userEvent.keyboard('o');
    await expect.poll(() => voting(open).polls[0]?.state).toBe('closed');
    await button(/Undo/u).last().click();
    expect(voting(open).polls[0]?.state).toBe('open');
  });

  it('of every kind are written by hand', async () => {
    const open = await openPolls(undefined);
    await button('New poll').first().click();
    await button(/^Agree, pass or disagree/u).click();
    await page.getByRole('option', { name: 'Quiz' }).click();
    await page.getByRole('textbox', { name: 'Question' }).fill('How many call it valuable?');
    await page.getByRole('textbox', { name: 'Answer 1' }).fill('62%');
    await page.getByRole('textbox', { name: 'Answer 2' }).fill('26%');
    await button('Make the poll').click();
    await expect.element(page.getByRole('article', { name: 'Quiz' })).toBeVisible();
    const [poll] = voting(open).polls;
    expect(poll).toMatchObject({ kind: 'quiz', question: 'How many call it valuable?' });
    expect(poll?.options.find(({ id }) => id === poll.right)?.text).toBe('62%');
  });

  it('C2: show a line for each stakeholder group, and in one sentence what is missing', async () => {
    await openPolls(({ plan }) => void votedProposal(plan, 'A register', divided));
    const result = page.getByRole('region', { name: 'Result' });
    await expect.element(result.getByText('No rough consensus')).toBeVisible();
    await expect.element(result.getByText('9 of 10 agree')).toBeVisible();
    await expect.element(result.getByText('2 of 10 agree')).toBeVisible();
    await expect.element(result.getByText(/: 5 more would have to agree\.$/u)).toBeVisible();
    await button('By region and by breakout group').click();
    await expect.element(result.getByText('11 of 20 agree').first()).toBeVisible();
  });

  it('C2: take hands of people without a phone, and mark them', async () => {
    const open = await openPolls(({ plan }) => void votedProposal(plan, 'A register', agreed));
    await button(/^Count hands/u).click();
    const [group] = open.plan.view.snapshot().stakeholderGroups;
    await page.getByRole('textbox', { name: `${group?.name}: Agree` }).fill('4');
    await expect.element(page.getByText('13 of 14 agree · 4 of them raised hands')).toBeVisible();
    expect(voting(open).handCounts).toMatchObject([{ by: { agree: 4 } }]);
  });

  it('C2: show two counts of the same hands, of which neither counts before one is chosen', async () => {
    const open = await openPolls(({ plan }) => void votedProposal(plan, 'A register', agreed));
    await button(/^Count hands/u).click();
    const [group] = open.plan.view.snapshot().stakeholderGroups;
    const field = page.getByRole('textbox', { name: `${group?.name}: Agree` });
    await field.click();
    // The other moderator's number comes while this one writes, and does not push it aside.
    const other = openPlanDocument(open.app.inside(open.sessionId).planDoc, {
      deviceId: 'other' as DeviceId,
      now: Date.now,
      newId: () => crypto.randomUUID(),
    });
    const [poll] = voting(open).polls;
    if (poll === undefined) throw new Error('No poll');
    other.voting.setHandCount(poll.id, group?.id ?? '', { agree: 12 });
    await userEvent.keyboard('14');
    await expect.element(field).toHaveValue('14');
    await expect
      .element(
        page.getByText(`${group?.name}, Agree: two counts were entered, 12, 14.`, { exact: false }),
      )
      .toBeVisible();
    await expect.element(page.getByText('9 of 10 agree')).toBeVisible();
    await button('12 is right').click();
    await expect.element(page.getByText('21 of 22 agree · 12 of them raised hands')).toBeVisible();
    await expect.element(button('12 is right')).not.toBeInTheDocument();
  });

  it('C2: are there by stakeholder group, region and breakout group for other kinds too', async () => {
    await openPolls(({ plan }) => ranked(plan));
    await expect.element(page.getByText('1. A register')).toBeVisible();
    await button('By stakeholder group, region and breakout group').click();
    const table = page.getByRole('table', { name: 'By stakeholder group' });
    await expect.element(table).toBeVisible();
    const [first] = table.element().querySelectorAll('tbody tr');
    expect([...(first?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/8 answers$/u),
      '1',
      '2',
    ]);
  });

  it('say what phones cannot be shown', async () => {
    const open = await openPolls(({ plan }) => {
      votedProposal(plan, 'A register', agreed);
    });
    await button('Open to the room').last().click();
    const unfitPolls = voting(open).polls.map(({ id }) => id);
    open.desk.live.setState({ unfitPolls, partsLeftOut: 3 });
    await expect.element(page.getByText(/^Phones cannot show this question/u)).toBeVisible();
    await expect.element(page.getByText(/^3 groups and regions are not offered/u)).toBeVisible();
  });

  it('R1: keep an objection that was written down and taken back, with undo', async () => {
    const open = await openPolls(({ plan }) => {
      const { proposalId, pollId } = votedProposal(plan, 'A register', agreed);
      const text = 'Heard wrongly';
      plan.voting.recordObjection({ proposalId, pollId, text, stakeholderGroup: '' });
    });
    await button('Take this objection back').click();
    const list = page.getByRole('region', { name: 'Cannot live with it' });
    await expect.element(list.getByText('Heard wrongly')).toBeVisible();
    await expect.element(list.getByText(/Taken back/u)).toBeVisible();
    expect(voting(open).objections).toMatchObject([{ state: 'withdrawn' }]);
    await button(/Undo/u).last().click();
    expect(voting(open).objections).toMatchObject([{ state: 'open' }]);
  });

  it('C3: an objection is worked through by other words, then consensus is confirmed with a reason', async () => {
    const open = await openPolls(({ plan }) => {
      const { pollId } = votedProposal(plan, 'A register', agreed);
      plan.voting.receiveObjection({
        pollId,
        person: 'p',
        text: 'Too early for us',
        stakeholderGroup: '',
        at: 5,
      });
    });
    await expect.element(page.getByText('Enough support, objections open')).toBeVisible();
    await expect.element(button('Confirm rough consensus')).not.toBeInTheDocument();
    await button('Change the wording…').click();
    await userEvent.keyboard(' from next year');
    await page.getByRole('textbox', { name: 'What was changed' }).fill('It begins later');
    await button('This addresses it').click();
    expect(open.plan.view.snapshot().proposals[0]?.text).toBe('A register from next year');
    await expect.element(page.getByText(/Addressed: It begins later/u)).toBeVisible();
    await expect.element(button('Confirm rough consensus')).toBeDisabled();
    await page.getByRole('textbox', { name: 'Reason' }).fill('All heard');
    await button('Confirm rough consensus').click();
    await expect.element(page.getByText('Rough consensus', { exact: true })).toBeVisible();
    expect(Object.values(voting(open).decisions)).toMatchObject([
      { confirmed: true, reason: 'All heard' },
    ]);
    await button('Take the decision back').click();
    expect(voting(open).decisions).toEqual({});
    // For ever on the proposal.
    await page.getByRole('tab', { name: /^Proposals/u }).click();
    await expect.element(page.getByText('1 objection, 1 addressed')).toBeVisible();
  });

  it('C3: an objection of somebody without a phone is written down, and recorded as dissent', async () => {
    const open = await openPolls(({ plan }) => void votedProposal(plan, 'A register', agreed));
    await button('Somebody in the room objects').click();
    await page
      .getByRole('textbox', { name: 'What they cannot live with, and why' })
      .fill('Nobody asked us');
    await button('Write it down').click();
    await button('Record as dissent').click();
    expect(voting(open).objections).toMatchObject([{ text: 'Nobody asked us', state: 'dissent' }]);
    await button(/Undo/u).last().click();
    expect(voting(open).objections[0]?.state).toBe('open');
  });

  it('C3: confirm nothing over too little support; no consensus is put on record', async () => {
    const open = await openPolls(({ plan }) => void votedProposal(plan, 'A register', divided));
    await expect.element(button('Confirm rough consensus')).not.toBeInTheDocument();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Makers are against it');
    await button('Put on record: no consensus').click();
    expect(Object.values(voting(open).decisions)).toMatchObject([{ confirmed: false }]);
  });

  it('have another round, and say what changed since', async () => {
    const open = await openPolls(({ plan }) => void votedProposal(plan, 'A register', divided));
    await button('Another round').click();
    await expect.element(page.getByRole('article', { name: 'Proposal 1, round 2' })).toBeVisible();
    const next = voting(open).polls.at(-1);
    if (next === undefined) throw new Error('No second round');
    closeWith(open.plan, next.id, agreed);
    await expect.element(page.getByRole('region', { name: 'Since round 1' })).toBeVisible();
    await expect.element(page.getByText('25% → 75% (+50%)')).toBeVisible();
  });

  it('C4: let short texts through one by one', async () => {
    const open = await openPolls(({ plan }) => {
      const made = plan.voting.makePoll({
        proposalId: null,
        kind: 'text',
        question: 'In one word?',
        options: [],
        most: 0,
        seconds: null,
        right: null,
      });
      if (made.ok) plan.voting.openPoll(made.value);
    });
    const [poll] = voting(open).polls;
    if (poll === undefined) throw new Error('No poll');
    const texts = [{ ballot: '1', text: '<b>Trust</b>', shown: false }];
    open.desk.count({ ...tallyOf(open.plan, poll.id, []), texts });
    await expect.element(page.getByText('<b>Trust</b>')).toBeVisible();
    await button('Let through').click();
    expect(voting(open).shownTexts).toEqual([`${poll.id}/1`]);
  });

  it('save the ballots without their voters', async () => {
    const open = await openPolls(({ plan }) => void votedProposal(plan, 'A register', agreed));
    await button('Save the ballots').click();
    await expect
      .poll(() => open.machine.saved.map(({ name }) => name))
      .toEqual(['ballots-c0ffee00.csv']);
  });

  it('say on a second moderator’s laptop what is seen on the plenary laptop only', async () => {
    await openPolls(
      ({ plan }) => {
        const { pollId } = votedProposal(plan, 'A register', agreed);
        plan.voting.reopenPoll(pollId);
      },
      { plenary: false },
    );
    await expect.element(page.getByText(/^Phones vote at the plenary laptop/u)).toBeVisible();
    await expect.element(page.getByText(/^How many have answered is seen on/u)).toBeVisible();
    await expect.element(button(/^Close the poll/u)).toBeVisible();
  });
});

describe('speakers and questions', () => {
  it('stand in an order that is fair by rule, and have the floor for so long', async () => {
    const open = await openPolls(({ plan }) => {
      receive(plan, 'hand', 0);
      receive(plan, 'hand', 1);
    });
    const [first] = voting(open).inbox;
    const names = open.plan.view.snapshot().stakeholderGroups.map(({ name }) => name);
    await expect.element(page.getByText(names[0] ?? '', { exact: true })).toBeVisible();
    await button('Give the floor').first().click();
    await expect.element(page.getByText('Speaks now')).toBeVisible();
    expect(voting(open).turns).toMatchObject([{ inboxId: first?.id, endedAt: null }]);
    await button('End').click();
    expect(voting(open).turns[0]?.endedAt).not.toBeNull();
    await button('Somebody without a phone').click();
    await page.getByRole('textbox', { name: 'Who' }).fill('Second row');
    await button('Put on the list').click();
    await expect.element(page.getByText(/^Second row/u)).toBeVisible();
  });

  it('are taken by one moderator, which the other sees', async () => {
    const open = await openPolls(({ plan }) => receive(plan, 'question', 0, 'Who pays?'));
    await button('I take it').click();
    await expect.element(page.getByText('You see to it')).toBeVisible();
    expect(voting(open).inbox).toMatchObject([{ takenBy: 'this-laptop' }]);
    await button('Done').click();
    await expect.element(page.getByText('Who pays?')).not.toBeInTheDocument();
  });
});

describe('the projector', () => {
  it('shows how to take part while a poll is open, then the verdict, large enough for a room', async () => {
    const open = await openPolls(({ plan }) => {
      const added = plan.addProposal({ text: 'A register', questionId: null, sources: [] });
      if (added.ok) plan.voting.makePollFromProposal(added.value);
    });
    await button('Open to the room').last().click();
    await userEvent.keyboard('o');
    await expect.poll(() => voting(open).polls[0]?.state).toBe('open');
    await userEvent.keyboard('f');
    const room = page.getByRole('dialog', { name: 'Projector' });
    await expect.element(room.getByText('http://192.168.4.20:4711')).toBeVisible();
    await expect.element(room.getByText(/unencrypted; no names are asked/u)).toBeVisible();
    const [poll] = voting(open).polls;
    if (poll === undefined) throw new Error('No poll');
    const tally = tallyOf(open.plan, poll.id, agreed);
    open.desk.count(tally);
    await expect.element(room.getByText(/^20 answers/u)).toBeVisible();
    expect(document.body.textContent).not.toContain('of 10 agree');
    await userEvent.keyboard('o');
    open.plan.voting.writeResult(poll.id, { tally, count: 20, checksum: '', at: 1 });
    await expect.element(room.getByText('Enough support everywhere')).toBeVisible();
    const smallest = Math.min(
      ...[...document.querySelectorAll('[role=dialog] main *')]
        .filter((element) => element.childElementCount === 0 && element.textContent !== '')
        .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    );
    expect(smallest).toBeGreaterThanOrEqual(0.025 * window.innerHeight);
  });
});

describe('quizzes', () => {
  it('have their best from the plan, on the second moderator’s laptop and for the room', async () => {
    const open = await openPolls(
      ({ plan }) => {
        const made = plan.voting.makePoll({
          proposalId: null,
          kind: 'quiz',
          question: 'How many?',
          options: [
            { id: 'a', text: 'Two' },
            { id: 'b', text: 'Ten' },
          ],
          most: 0,
          seconds: 20,
          right: 'a',
        });
        if (made.ok) closeWith(plan, made.value, []);
        plan.voting.writeLeaders([{ place: 1, name: 'Blue', points: 900 }]);
      },
      { plenary: false },
    );
    await expect.element(page.getByText('900 points')).toBeVisible();
    await userEvent.keyboard('f');
    const projected = page.getByRole('dialog', { name: 'Projector' });
    await expect.element(projected.getByText('Blue')).toBeVisible();
    expect(voting(open).leaders).toHaveLength(1);
  });

  it('ask for an answer in time', async () => {
    const open = await openPolls(undefined);
    await button('New poll').first().click();
    await button(/^Agree, pass or disagree/u).click();
    await page.getByRole('option', { name: 'Quiz' }).click();
    await page.getByRole('textbox', { name: 'Question' }).fill('How many?');
    await page.getByRole('textbox', { name: 'Answer 1' }).fill('Two');
    await page.getByRole('textbox', { name: 'Answer 2' }).fill('Ten');
    await button('Make the poll').click();
    await expect.poll(() => voting(open).polls[0]?.seconds).toBe(20);
  });

  it('become Kahoot’s spreadsheet where they are a quiz, or say what does not fit', async () => {
    const saved: string[] = [];
    const input = {
      proposalId: null,
      kind: 'quiz',
      question: 'How many schemes report figures?',
      options: [
        { id: 'a', text: 'Two' },
        { id: 'b', text: 'Ten' },
      ],
      most: 0,
      seconds: 20,
      right: 'a',
    } as const;
    const open = await openPolls(({ plan }) => plan.voting.makePoll(input), {
      machine: {
        saveFile: async (name) => {
          saved.push(name);
          return { ok: true };
        },
      },
    });
    await button('Quiz question for Kahoot').click();
    await expect.element(page.getByText(/^The quiz is in kahoot.xlsx/u)).toBeVisible();
    expect(saved).toEqual(['kahoot.xlsx']);
    open.plan.voting.makePoll({ ...input, question: 'How '.repeat(40) });
    await button('2 quiz questions for Kahoot').click();
    await expect
      .element(page.getByText(/it has 159 characters, and 120 are the most/u))
      .toBeVisible();
    expect(saved).toHaveLength(1);
  });
});
