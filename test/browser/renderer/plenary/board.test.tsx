import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openPlenary } from './open-plenary.tsx';
import { laptop } from './plenary-session.ts';

const column = (name: string) => page.getByRole('region', { name, exact: true });

describe('S3 how each group stands', () => {
  it('follows what its laptops say, and says when one is gone', async () => {
    const open = await openPlenary({ groups: 2 });
    const first = column('Makers and markets');
    await expect.element(first.getByText('Not in contact')).toBeVisible();
    open.say(0, { inContact: true, laptops: [laptop({ writing: true })] });
    await expect.element(first.getByText('Writing…')).toBeVisible();
    open.say(0, { inContact: true, laptops: [laptop()] });
    open.group(0).setReady(true);
    await expect.element(first.getByText('Ready', { exact: true })).toBeVisible();
    // The laptop is closed: the status forgets it at once, the screen does not.
    open.say(0, { inContact: true, laptops: [laptop({ waiting: 14 })] });
    await expect.element(first.getByText('14 changes on the way')).toBeVisible();
    open.say(0, { inContact: false, laptops: [] });
    await expect.element(first.getByText(/^14 changes wait there · \d\d:\d\d$/u)).toBeVisible();
    await expect.element(column('Networks and response').getByText('Not in contact')).toBeVisible();
  });

  it('says which group’s notes this laptop cannot open', async () => {
    const open = await openPlenary({ groups: 1 });
    open.plan.addGroup('Latecomers', false);
    await expect.element(column('Latecomers').getByText(/has no key/u)).toBeVisible();
  });
});

describe('the board', () => {
  it('teaches while nothing is there, and shows what comes', async () => {
    const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
    const teaching = page.getByText('The groups have not written anything yet');
    await expect.element(teaching).toBeVisible();
    await expect
      .element(column('Makers and markets').getByText('Not heard from yet'))
      .toBeVisible();
    open.group(0).addRecommendation({ questionId: null, text: 'Keep a list', noteIds: [] });
    await expect.element(page.getByRole('checkbox', { name: 'Keep a list' })).toBeInTheDocument();
    await expect.element(teaching).not.toBeInTheDocument();
  });

  it('shows one question or all, and counts what is recommended', async () => {
    const open = await openPlenary({ groups: 1, notes: 0, recommendations: 0 });
    const [value, elements] = open.plan.view.snapshot().questions;
    if (value === undefined || elements === undefined) throw new Error('The sample has questions');
    const group = open.group(0);
    group.addRecommendation({ questionId: value.id, text: 'On value', noteIds: [] });
    group.addRecommendation({ questionId: elements.id, text: 'On elements', noteIds: [] });
    await expect.element(page.getByRole('radio', { name: /All\s*2/u })).toBeChecked();
    await page.getByRole('radio', { name: /Elements/u }).click();
    await expect.element(page.getByRole('checkbox', { name: 'On elements' })).toBeInTheDocument();
    await expect.element(page.getByRole('checkbox', { name: 'On value' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Alt>}a{/Alt}');
    await expect.element(page.getByRole('checkbox', { name: 'On value' })).toBeInTheDocument();
  });

  it('leads from a recommendation to why, and to the notes it comes from', async () => {
    const open = await openPlenary({ groups: 1, recommendations: 1 });
    const one = open.group(0).view.snapshot().recommendations[0];
    const [noteId] = one?.noteIds ?? [];
    const note = noteId === undefined ? undefined : open.group(0).view.note(noteId);
    const speaker = open.plan.view
      .snapshot()
      .stakeholderGroups.find(({ id }) => id === note?.stakeholderGroupId)?.name;
    if (one === undefined || note === undefined) throw new Error('The sample has sources');
    const item = page.getByRole('listitem', { name: one.text });
    await item.getByRole('button', { name: /notes/u }).click();
    await expect.element(item.getByText(one.rationale)).toBeVisible();
    await expect.element(item.getByText(note.text)).toBeVisible();
    await expect.element(item.getByText(speaker ?? 'nobody').first()).toBeVisible();
  });

  it('shows only what is in no proposal when asked to', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 1 });
    const [one] = open.group(0).view.snapshot().recommendations;
    const groupId = open.groupIds[0];
    if (one === undefined || groupId === undefined)
      throw new Error('The sample has recommendations');
    open.plan.addProposal({
      text: 'P',
      questionId: null,
      sources: [{ groupId, recommendationId: one.id }],
    });
    await expect.element(page.getByText(/^1 recommendation is in no proposal yet/u)).toBeVisible();
    await page.getByRole('button', { name: 'Show only these' }).click();
    await expect.element(page.getByRole('checkbox', { name: one.text })).not.toBeInTheDocument();
    await expect.poll(() => document.querySelectorAll('[data-card]').length).toBe(1);
  });

  it('reads the report-back aloud', async () => {
    const open = await openPlenary({ groups: 1 });
    await page.getByRole('button', { name: 'Report-back' }).click();
    const { text } = open.group(0).view.snapshot().reportBack;
    await expect.element(page.getByRole('dialog').getByText(text)).toBeVisible();
  });
});

describe('what arrives from others', () => {
  it('carries a mark until it has been in sight', async () => {
    const open = await openPlenary({ groups: 1, recommendations: 1 });
    await expect.poll(() => document.querySelectorAll('[data-card]').length).toBe(1);
    open.group(0).addRecommendation({ questionId: null, text: 'Late', noteIds: [] });
    const item = page.getByRole('listitem', { name: 'Late' });
    await expect.element(item.getByText('new', { exact: true })).toBeInTheDocument();
    item.element().scrollIntoView();
    await expect
      .poll(() => item.getByText('new', { exact: true }).query(), { timeout: 10_000 })
      .toBeNull();
  });

  it('does not move what is under the pointer, nor what has the keyboard', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 3 });
    const [value] = open.plan.view.snapshot().questions;
    const last = open.group(1).view.snapshot().recommendations[0];
    if (value === undefined || last === undefined) throw new Error('The sample has more');
    const item = page.getByRole('listitem', { name: last.text });
    await expect.element(item).toBeInTheDocument();
    const cards = () => document.querySelectorAll('[data-card]').length;
    const top = () => Math.round(item.element().getBoundingClientRect().top);

    await item.hover();
    const hovered = top();
    const before = cards();
    open.group(0).addRecommendation({ questionId: value.id, text: 'Above all', noteIds: [] });
    await expect.poll(cards).toBe(before + 1);
    expect(top()).toBe(hovered);

    await page.getByRole('tab', { name: 'Board' }).hover();
    const pick = item.getByRole('checkbox').element();
    if (pick instanceof HTMLElement) pick.focus();
    const focused = top();
    open.group(0).addRecommendation({ questionId: value.id, text: 'And another', noteIds: [] });
    await expect.poll(cards).toBe(before + 2);
    expect(top()).toBe(focused);
  });
});

describe('what might be the same', () => {
  it('is asked with the words that both name, and merged with one press', async () => {
    const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
    const [value] = open.plan.view.snapshot().questions;
    const questionId = value?.id ?? null;
    open
      .group(0)
      .addRecommendation({ questionId, text: 'Keep a public register of makers', noteIds: [] });
    open
      .group(1)
      .addRecommendation({ questionId, text: 'A public register of makers', noteIds: [] });
    const strip = page.getByRole('region', { name: 'Same?' });
    await expect.element(strip.getByText(/both name: .*register/u)).toBeVisible();
    await strip.getByRole('button', { name: 'Merge' }).click();
    expect(open.plan.view.snapshot().proposals[0]?.sources).toHaveLength(2);
    await expect.element(strip).not.toBeInTheDocument();
  });

  it('is not asked again once a person said no, but can be taken back', async () => {
    const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
    const recommended = { questionId: null, text: 'A public register of makers', noteIds: [] };
    open.group(0).addRecommendation(recommended);
    open.group(1).addRecommendation(recommended);
    const strip = page.getByRole('region', { name: 'Same?' });
    await strip.getByRole('button', { name: 'Not the same' }).click();
    await expect.element(strip).not.toBeInTheDocument();
    expect(localStorage.getItem(`caucus/not-the-same/${open.sessionId}`)).toContain('|');
    await page.getByRole('button', { name: /Undo/u }).click();
    await expect.element(strip).toBeVisible();
  });
});
