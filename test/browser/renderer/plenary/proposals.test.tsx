import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type OpenPlenary, openPlenary } from './open-plenary.tsx';
import type { PlenarySession } from './plenary-session.ts';

const texts = (open: OpenPlenary) => open.plan.view.snapshot().proposals.map(({ text }) => text);
const propose = (text: string) => (session: PlenarySession) =>
  void session.plan.addProposal({ text, questionId: null, sources: [] });
const all =
  (...steps: readonly ((session: PlenarySession) => void)[]) =>
  (session: PlenarySession): void =>
    steps.forEach((step) => step(session));

/** A proposal of both groups' first recommendations. */
function mergeFirst(session: PlenarySession): void {
  const sources = session.groupIds.flatMap((groupId, place) => {
    const one = session.group(place).view.snapshot().recommendations[0];
    return one === undefined ? [] : [{ groupId, recommendationId: one.id }];
  });
  session.plan.addProposal({ text: 'Merged', questionId: null, sources });
}
async function openProposals(before: (session: PlenarySession) => void): Promise<OpenPlenary> {
  const open = await openPlenary({ groups: 2, recommendations: 1, before });
  await page.getByRole('tab', { name: /^Proposals/u }).click();
  return open;
}

describe('the proposals', () => {
  it('teach while there are none, and lead to the board', async () => {
    await openProposals(() => undefined);
    await expect.element(page.getByText('No proposals yet')).toBeVisible();
    await page.getByRole('button', { name: 'To the board' }).click();
    await expect
      .element(page.getByRole('tab', { name: 'Board' }))
      .toHaveAttribute('aria-selected', 'true');
  });

  it('M1 split a source off and take it in again, and change nothing in the group', async () => {
    const open = await openProposals(mergeFirst);
    const before = open.plan.view.snapshot().proposals[0]?.sources;
    const group = open.group(0).view.snapshot();
    await page.getByRole('button', { name: 'Split off' }).first().click();
    expect(open.plan.view.snapshot().proposals[0]?.sources).toHaveLength(1);
    expect(open.group(0).view.snapshot()).toBe(group);
    await page.getByRole('button', { name: /Undo/u }).click();
    expect(open.plan.view.snapshot().proposals[0]?.sources).toEqual(before);
  });

  it('M1 lead from the proposal to the recommendation to the note', async () => {
    const open = await openProposals(mergeFirst);
    const one = open.group(0).view.snapshot().recommendations[0];
    const [noteId] = one?.noteIds ?? [];
    if (one === undefined || noteId === undefined) throw new Error('The sample has sources');
    const proposal = page.getByRole('listitem', { name: 'Proposal 1' });
    await expect.element(proposal.getByText(one.text)).toBeVisible();
    await proposal.getByRole('button', { name: /note/u }).first().click();
    await expect
      .element(proposal.getByText(open.group(0).view.note(noteId)?.text ?? ''))
      .toBeVisible();
  });

  it('are put into another order by buttons, and back', async () => {
    const open = await openProposals(all(propose('One'), propose('Two'), propose('Three')));
    await page.getByRole('button', { name: 'Move proposal 3 up' }).click();
    expect(texts(open)).toEqual(['One', 'Three', 'Two']);
    await page.getByRole('button', { name: /Undo/u }).click();
    expect(texts(open)).toEqual(['One', 'Two', 'Three']);
    await page.getByRole('button', { name: 'Move proposal 1 down' }).click();
    expect(texts(open)).toEqual(['Two', 'One', 'Three']);
  });

  it('are dragged to another place', async () => {
    const open = await openProposals(all(propose('One'), propose('Two'), propose('Three')));
    await userEvent.dragAndDrop(
      page.getByRole('button', { name: 'Drag proposal 3 to another place' }),
      page.getByRole('listitem', { name: 'Proposal 1' }),
    );
    await expect.poll(() => texts(open)).toEqual(['Three', 'One', 'Two']);
  });

  it('are deleted, and restored from below', async () => {
    const open = await openProposals(all(propose('One'), propose('Two')));
    await page
      .getByRole('listitem', { name: 'Proposal 1' })
      .getByRole('button', { name: 'Delete' })
      .click();
    expect(texts(open)).toEqual(['Two']);
    await page.getByRole('button', { name: '1 deleted proposal' }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    expect(texts(open)).toEqual(['One', 'Two']);
  });

  it('take on what others write while they are read, and what is typed here', async () => {
    const open = await openProposals(propose('A register'));
    const [proposal] = open.plan.view.snapshot().proposals;
    if (proposal === undefined) throw new Error('There is a proposal');
    const field = page.getByRole('textbox', { name: 'Proposal 1' });
    await field.click();
    await userEvent.keyboard('{End} of makers');
    expect(texts(open)).toEqual(['A register of makers']);
    open.plan.editProposal(proposal.id, 'A public register of makers');
    await expect.element(field).toHaveValue('A public register of makers');
  });

  it('say how many recommendations are in none, and lead to them', async () => {
    await openProposals(propose('Empty'));
    await expect
      .element(page.getByText(/^2 recommendations are in no proposal yet/u))
      .toBeVisible();
    await page.getByRole('button', { name: 'Show them on the board' }).click();
    await expect
      .element(page.getByRole('button', { name: 'Show only these' }))
      .toHaveAttribute('aria-pressed', 'true');
  });

  it('belong to the question that is chosen', async () => {
    const open = await openProposals(propose('One'));
    await page.getByRole('button', { name: /Question/u }).click();
    await page.getByRole('option', { name: /Elements/u }).click();
    const { proposals, questions } = open.plan.view.snapshot();
    expect(proposals[0]?.questionId).toBe(questions[1]?.id);
  });
});
