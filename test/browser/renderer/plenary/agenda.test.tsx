import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openPlenary, type OpenOptions } from './open-plenary.tsx';

afterEach(() => localStorage.clear());

async function openAgenda(options: OpenOptions = {}) {
  const open = await openPlenary({ groups: 1, notes: 0, recommendations: 0, ...options });
  await page.getByRole('tab', { name: 'Agenda' }).click();
  return open;
}

describe('the agenda', () => {
  it('has one obvious next step, and goes on from segment to segment', async () => {
    const open = await openAgenda();
    const [introduction, breakout] = open.plan.view.snapshot().agenda;
    await page.getByRole('button', { name: 'Start: Introduction' }).first().click();
    expect(open.plan.view.snapshot().clock.segmentId).toBe(introduction?.id);
    await expect.element(page.getByText('5 minutes in hand')).toBeVisible();
    await page.getByRole('button', { name: 'Next: Breakout groups' }).click();
    expect(open.plan.view.snapshot().clock.segmentId).toBe(breakout?.id);
    await page.getByRole('button', { name: /Undo/u }).last().click();
    expect(open.plan.view.snapshot().clock.segmentId).toBe(introduction?.id);
  });

  it('is run by keys', async () => {
    const open = await openAgenda();
    await expect
      .element(page.getByRole('button', { name: 'Start: Introduction' }).first())
      .toBeVisible();
    const minutes = () => open.plan.view.snapshot().agenda[0]?.minutes;
    await userEvent.keyboard('n');
    expect(open.plan.view.snapshot().clock.startedAt).not.toBeNull();
    await userEvent.keyboard('+');
    expect(minutes()).toBe(6);
    await userEvent.keyboard(']');
    expect(minutes()).toBe(11);
    await userEvent.keyboard('[[-');
    expect(minutes()).toBe(5);
    await userEvent.keyboard('[[');
    expect(minutes()).toBe(1);
  });

  it('says in words how stretching and cutting eat the time in hand', async () => {
    await openAgenda({ running: 0 });
    await expect.element(page.getByText('5 minutes in hand')).toBeVisible();
    await page.getByRole('button', { name: '+5 min' }).click();
    await expect.element(page.getByText('just on time')).toBeVisible();
    await page.getByRole('button', { name: '+5 min' }).click();
    await expect.element(page.getByText('5 minutes over')).toBeVisible();
    await page.getByRole('button', { name: 'One minute less for Conclusions and advice' }).click();
    await expect.element(page.getByText('4 minutes over')).toBeVisible();
  });

  it('stops the clock', async () => {
    const open = await openAgenda({ running: 3 });
    await page.getByRole('button', { name: 'Stop the clock' }).click();
    expect(open.plan.view.snapshot().clock.startedAt).toBeNull();
    await expect
      .element(page.getByRole('button', { name: 'Start: Plenary' }).first())
      .toBeVisible();
  });
});

describe('the projector', () => {
  it('shows what runs and the proposals, one after the other, and leaves by F', async () => {
    await openPlenary({
      groups: 1,
      running: 2,
      before: ({ plan }) =>
        void plan.addProposal({ text: 'A public register', questionId: null, sources: [] }),
    });
    await expect.element(page.getByRole('tab', { name: 'Board' })).toBeVisible();
    await userEvent.keyboard('f');
    const screen = page.getByRole('dialog', { name: 'Projector' });
    await expect.element(screen.getByText('Then: Plenary')).toBeVisible();
    await userEvent.keyboard('{ArrowRight}');
    const text = screen.getByText('A public register');
    await expect.element(text).toBeVisible();
    const size = Number.parseFloat(getComputedStyle(text.element()).fontSize);
    expect(size).toBeGreaterThanOrEqual(window.innerHeight * 0.025);
    await userEvent.keyboard('f');
    await expect.element(screen).not.toBeInTheDocument();
  });

  it('does not start while an F is being typed', async () => {
    const open = await openPlenary({
      groups: 1,
      before: ({ plan }) => void plan.addProposal({ text: '', questionId: null, sources: [] }),
    });
    await page.getByRole('textbox', { name: 'Proposal 1' }).click();
    await userEvent.keyboard('fmpn');
    expect(open.plan.view.snapshot().proposals[0]?.text).toBe('fmpn');
    expect(page.getByRole('dialog').query()).toBeNull();
  });
});
