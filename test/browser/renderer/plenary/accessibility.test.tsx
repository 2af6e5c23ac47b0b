import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PlanDocument } from '../../../../src/core/session/plan-document.ts';
import { pseudoLanguage } from '../pseudo-language.ts';
import { openPlenary, type OpenOptions } from './open-plenary.tsx';
import { laptop } from './plenary-session.ts';
import { receive, votedProposal } from './voting-workshop.ts';

async function faults(): Promise<readonly string[]> {
  // Colours are what they are only once nothing fades in any more.
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'],
    // A page of its own, not a part of the test runner's.
    rules: { 'page-has-heading-one': { enabled: true }, region: { enabled: true } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
function voteOn(plan: PlanDocument): void {
  const groups = [
    [9, 1, 0],
    [2, 1, 7],
  ] as const;
  const { proposalId, pollId } = votedProposal(plan, 'A register of makers', groups);
  const text = 'Too early for us';
  plan.voting.recordObjection({ proposalId, pollId, text, stakeholderGroup: '' });
  receive(plan, 'hand', 0);
  receive(plan, 'question', 1, 'Who pays?');
}
const workshop: OpenOptions = {
  groups: 3,
  recommendations: 3,
  running: 12,
  before({ plan, groupIds, ...session }) {
    const [groupId] = groupIds;
    const [one] = session.group(0).view.snapshot().recommendations;
    if (groupId === undefined || one === undefined) return;
    plan.addProposal({
      text: 'A public register',
      questionId: null,
      sources: [{ groupId, recommendationId: one.id }],
    });
    voteOn(plan);
    session.say(0, { inContact: true, laptops: [laptop()] });
    session.say(1, { lastContactAt: Date.now() - 600_000 });
  },
};

describe('axe finds nothing', () => {
  it.each(['light', 'dark'])('on any part of the screen, in %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await openPlenary(workshop);
    for (const name of [/^Board/u, /^Proposals/u, /^Polls/u, /^Agenda/u, /^People/u]) {
      await page.getByRole('tab', { name }).click();
      expect(await faults()).toEqual([]);
    }
    delete document.documentElement.dataset['theme'];
  });

  it('with a selection, its menu and opened notes', async () => {
    await openPlenary(workshop);
    const first = page.getByRole('checkbox').first();
    await expect.element(first).toBeInTheDocument();
    const element = first.element();
    if (element instanceof HTMLElement) element.focus();
    await userEvent.keyboard(' {Enter}');
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('p');
    await expect.element(page.getByRole('menuitem').first()).toHaveFocus();
    expect(await faults()).toEqual([]);
  });

  it('while nothing is there, and on the projector', async () => {
    await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
    await expect.element(page.getByText('The groups have not written anything yet')).toBeVisible();
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('f');
    await expect.element(page.getByRole('dialog', { name: 'Projector' })).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('on a poll with everything unfolded, while one is written, and on the projector', async () => {
    await openPlenary(workshop);
    await page.getByRole('tab', { name: /^Polls/u }).click();
    for (const name of [/^By region/u, /^Count hands/u, /^Change the wording/u, /divides/u]) {
      await page.getByRole('button', { name }).click();
    }
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'New poll' }).click();
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: /^Polls/u }).click();
    await userEvent.keyboard('f');
    await expect.element(page.getByRole('dialog', { name: 'Projector' })).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('read from right to left', async () => {
    await openPlenary({ ...workshop, messages: pseudoLanguage });
    await expect.element(page.getByRole('checkbox').first()).toBeInTheDocument();
    expect(document.documentElement.dir).toBe('rtl');
    expect(await faults()).toEqual([]);
  });
});

describe('200% zoom', () => {
  it('scrolls sideways nowhere but on the board itself', async () => {
    await openPlenary(workshop);
    await page.viewport(640, 360);
    for (const name of [/^Board/u, /^Proposals/u, /^Polls/u, /^Agenda/u, /^People/u]) {
      await page.getByRole('tab', { name }).click();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(640);
    }
  });
});
