import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RecommendationRef } from '../../../../src/core/session/model.ts';
import { type OpenPlenary, openPlenary } from './open-plenary.tsx';

const card = (
  open: OpenPlenary,
  group: number,
  place: number,
): RecommendationRef & { readonly text: string } => {
  const groupId = open.groupIds[group];
  const one = open.group(group).view.snapshot().recommendations[place];
  if (groupId === undefined || one === undefined)
    throw new Error('There is no such recommendation');
  return { groupId, recommendationId: one.id, text: one.text };
};
const ref = ({ groupId, recommendationId }: RecommendationRef): RecommendationRef => ({
  groupId,
  recommendationId,
});
const proposals = (open: OpenPlenary) => open.plan.view.snapshot().proposals;
const byIds = (refs: readonly RecommendationRef[]) =>
  refs.toSorted((a, b) =>
    `${a.groupId}/${a.recommendationId}` < `${b.groupId}/${b.recommendationId}` ? -1 : 1,
  );
const checkbox = (text: string) => page.getByRole('checkbox', { name: text, exact: true });
async function focusFirst(text: string): Promise<void> {
  await expect.element(checkbox(text)).toBeInTheDocument();
  const element = checkbox(text).element();
  if (element instanceof HTMLElement) element.focus();
}

describe('merging by keyboard', () => {
  it('M1 merges what is picked across groups, with its sources, and Undo takes it back', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 1 });
    const first = card(open, 0, 0);
    const second = card(open, 1, 0);
    await focusFirst(first.text);
    await userEvent.keyboard(' {ArrowRight}');
    await expect.element(checkbox(second.text)).toHaveFocus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByText('2 selected')).toBeVisible();
    await userEvent.keyboard('m');

    const field = page.getByRole('textbox', { name: 'Proposal 1' });
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveValue(first.text);
    expect(proposals(open)).toHaveLength(1);
    expect(byIds(proposals(open)[0]?.sources ?? [])).toEqual(byIds([ref(first), ref(second)]));
    await expect.element(page.getByText('in proposal 1').first()).toBeVisible();

    await page.getByRole('button', { name: /Undo/u }).click();
    expect(proposals(open)).toHaveLength(0);
    expect(open.plan.view.snapshot().deletedProposals).toHaveLength(1);
    expect(open.group(0).view.snapshot().recommendations[0]?.text).toBe(first.text);
  });

  it('goes back to the board with Enter, and on with the keyboard', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 1 });
    await focusFirst(card(open, 0, 0).text);
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('textbox', { name: 'Proposal 1' })).toHaveFocus();
    await userEvent.keyboard('!{Enter}');
    await expect.element(checkbox(card(open, 0, 0).text)).toHaveFocus();
    expect(proposals(open)[0]?.text).toBe(`${card(open, 0, 0).text}!`);
  });

  it('adds to a proposal by P and the menu', async () => {
    const open = await openPlenary({
      groups: 2,
      recommendations: 1,
      before: ({ plan }) =>
        void plan.addProposal({ text: 'One register', questionId: null, sources: [] }),
    });
    await focusFirst(card(open, 1, 0).text);
    await userEvent.keyboard('p');
    await expect.element(page.getByRole('menuitem', { name: /One register/u })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(proposals(open)[0]?.sources).toEqual([ref(card(open, 1, 0))]);
    await expect.element(checkbox(card(open, 1, 0).text)).toHaveFocus();
    await page.getByRole('button', { name: /Undo/u }).click();
    expect(proposals(open)[0]?.sources).toEqual([]);
  });

  it('lets go of what is picked with Esc or Clear, and the keyboard stays on the board', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 1 });
    const first = checkbox(card(open, 0, 0).text);
    await focusFirst(card(open, 0, 0).text);
    await userEvent.keyboard(' ');
    await expect.element(first).toBeChecked();
    await userEvent.keyboard('{Escape}');
    await expect.element(first).not.toBeChecked();
    await userEvent.keyboard(' ');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.element(first).not.toBeChecked();
    await expect.element(first).toHaveFocus();
  });

  it('undoes the newest step with the keys, also while a proposal is being edited', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 1 });
    await focusFirst(card(open, 0, 0).text);
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('textbox', { name: 'Proposal 1' })).toHaveFocus();
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(proposals(open)).toHaveLength(0);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(proposals(open)).toHaveLength(1);
  });

  it('reaches every card with the arrow keys, and only one by Tab', async () => {
    const open = await openPlenary({ groups: 3, recommendations: 3 });
    await focusFirst(card(open, 0, 0).text);
    const reached = new Set<Element | null>();
    for (const keys of ['{Home}', ...Array.from({ length: 3 }, () => '{ArrowDown}')]) {
      await userEvent.keyboard(keys);
      reached.add(document.activeElement);
    }
    expect(reached.size).toBe(3);
    const tabbable = document.querySelectorAll('[data-pick][tabindex="0"]');
    expect(tabbable).toHaveLength(1);
  });
});

describe('merging by dragging', () => {
  it('M1 makes a proposal of both where one recommendation is dropped onto another', async () => {
    const open = await openPlenary({ groups: 2, recommendations: 1 });
    const moved = card(open, 0, 0);
    const onto = card(open, 1, 0);
    await expect.element(checkbox(moved.text)).toBeInTheDocument();
    await userEvent.dragAndDrop(
      page.getByRole('listitem', { name: moved.text }),
      page.getByRole('listitem', { name: onto.text }),
    );
    await expect.element(page.getByRole('textbox', { name: 'Proposal 1' })).toHaveValue(onto.text);
    expect(byIds(proposals(open)[0]?.sources ?? [])).toEqual(byIds([ref(moved), ref(onto)]));
  });

  it('drags by keyboard from the handle to a proposal', async () => {
    const open = await openPlenary({
      groups: 2,
      recommendations: 1,
      before: ({ plan }) =>
        void plan.addProposal({ text: 'One register', questionId: null, sources: [] }),
    });
    const moved = card(open, 0, 0);
    await focusFirst(moved.text);
    const handle = page
      .getByRole('listitem', { name: moved.text })
      .getByRole('button', { name: 'Drag onto another recommendation or a proposal' });
    await userEvent.keyboard('{Tab}{Tab}');
    await expect.element(handle).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    const line = page.getByRole('listitem', { name: 'Proposal 1' });
    for (let tries = 0; tries < 6 && document.activeElement !== line.element(); tries += 1) {
      await userEvent.keyboard('{Tab}');
    }
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => proposals(open)[0]?.sources).toEqual([ref(moved)]);
  });
});
