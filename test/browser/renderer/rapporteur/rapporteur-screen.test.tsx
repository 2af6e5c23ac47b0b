import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { findings } from '../axe.ts';
import type { FakeApp } from '../fake-app.ts';
import { pseudoLanguage } from '../pseudo-language.ts';
import { clear } from '../render.tsx';
import { feedPane, focus, isSeen, openReport, reportPane, row, strip } from './open-report.ts';

const field = (name: string | RegExp) => page.getByRole('textbox', { name, exact: true });
const summary = field('Summary');

afterEach(clear);

describe('what is still missing', () => {
  it('stands on top, and each part leads to its place', async () => {
    await openReport();
    await expect.element(strip.getByRole('button', { name: 'Summary' })).toBeVisible();
    await strip.getByRole('button', { name: 'Assessment of question b, Elements' }).click();
    await expect.element(field('Assessment of question b, Elements')).toHaveFocus();
    await strip.getByRole('button', { name: '20 recommendations not merged' }).click();
    const heading = page.getByRole('heading', { name: 'Not merged into a proposal' });
    await expect.element(heading).toHaveFocus();
    expect(isSeen(heading.element())).toBe(true);
    await strip.getByRole('button', { name: 'Group 3: Users and regulators' }).click();
    const group = reportPane.getByRole('heading', { name: 'Group 3: Users and regulators' });
    await expect.element(group.first()).toHaveFocus();
  });

  it('shrinks as the rapporteur writes, and offers the next step by a key', async () => {
    await openReport({
      written: true,
      before: ({ report }) => void report.edit({ section: 'advice' }, ''),
    });
    await expect.element(strip.getByRole('button', { name: /Write the advice/u })).toBeVisible();
    await userEvent.keyboard('{Alt>}n{/Alt}');
    await expect.element(field('Advice')).toHaveFocus();
    await userEvent.keyboard('Proceed.');
    await expect.element(strip.getByRole('button', { name: 'Advice' })).not.toBeInTheDocument();
  });

  it('says so when nothing is', async () => {
    await openReport({
      written: true,
      before: ({ plan, group, groupIds }) => {
        const sources = groupIds.flatMap((groupId, place) =>
          group(place)
            .view.snapshot()
            .recommendations.map(({ id }) => ({ groupId, recommendationId: id })),
        );
        plan.addProposal({ text: 'All of it', questionId: null, sources });
      },
    });
    await expect.element(strip.getByText(/^Nothing is missing/u)).toBeVisible();
  });

  it('S3 tells when this laptop is out of contact', async () => {
    const { app, sessionId } = await openReport({ written: true });
    const { status } = app.inside(sessionId);
    const cut = [...status.getState().groups].map(
      ([id, one]) => [id, { ...one, inContact: false }] as const,
    );
    status.setState({ groups: new Map(cut) });
    await expect.element(strip.getByText(/Out of contact with the plenary laptop/u)).toBeVisible();
    await expect.element(strip.getByRole('button', { name: 'Open a session file' })).toBeVisible();
  });
});

describe('writing the report', () => {
  it('S1 keeps every key, and shows what another laptop writes', async () => {
    const { report } = await openReport();
    await summary.click();
    await userEvent.keyboard('Four groups met.');
    expect(report.view.snapshot().texts.summary).toBe('Four groups met.');
    report.edit({ section: 'summary' }, 'Four groups met. They agreed.');
    await expect.element(summary).toHaveValue('Four groups met. They agreed.');
    await expect.element(summary).toHaveFocus();
  });

  it('says why a text is not taken, and keeps it in the field', async () => {
    const refusing = (app: FakeApp): FakeApp => ({
      ...app,
      async open(id) {
        const result = await app.open(id);
        const refuse = { edit: () => ({ ok: false, reason: 'too-long' }) };
        if (result.ok) Object.assign(result.session.report ?? {}, refuse);
        return result;
      },
    });
    const { report } = await openReport({ wrap: refusing });
    await summary.fill('Far too long');
    await expect.element(page.getByText(/That is too long/u)).toBeVisible();
    await expect.element(summary).toHaveValue('Far too long');
    expect(report.view.snapshot().texts.summary).toBe('');
  });

  it('takes back the last change', async () => {
    const { report } = await openReport();
    await summary.click();
    await userEvent.keyboard('Four groups.');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(report.view.snapshot().texts.summary).toBe('');
    await expect.element(summary).toHaveValue('');
  });

  it.each(['planDoc', 'reportDoc'] as const)(
    'changes nothing where its %s is a newer one',
    async (doc) => {
      await openReport({
        before: ({ app, sessionId }) =>
          void app.inside(sessionId)[doc].getMap('meta').set('schemaVersion', 9),
      });
      await expect.element(page.getByText(/made with a newer Caucus/u)).toBeVisible();
      await expect.element(summary).toHaveAttribute('readonly');
      await expect
        .element(feedPane.getByRole('button', { name: /Leave/u }))
        .not.toBeInTheDocument();
    },
  );
});

describe('references', () => {
  it('M1 lead from a proposal to its recommendation to its note, and back', async () => {
    await openReport({ written: true });
    const proposals = page.getByRole('heading', { name: '4 What the plenary merged' });
    focus(proposals.element());
    const first = reportPane.getByRole('link', { name: 'R1.1', exact: true }).first();
    await first.click();
    const recommendation = document.getElementById('report-r1-1');
    await expect.element(recommendation).toHaveFocus();
    expect(recommendation !== null && isSeen(recommendation)).toBe(true);
    expect(recommendation?.closest('[data-here]')).not.toBeNull();

    const toNote = recommendation?.closest('[data-mark]')?.querySelector('a');
    expect(toNote?.textContent).toMatch(/^N1\.\d+$/u);
    if (toNote !== null && toNote !== undefined) focus(toNote);
    await userEvent.keyboard('{Enter}');
    const note = document.getElementById(
      `report-${toNote?.textContent?.toLowerCase().replace('.', '-')}`,
    );
    await expect.element(note).toHaveFocus();
    expect(recommendation?.closest('[data-here]')).toBeNull();

    await page.getByRole('button', { name: /Back to where you were/u }).click();
    await expect.element(toNote ?? null).toHaveFocus();
    await userEvent.keyboard('{Alt>}b{/Alt}');
    await expect.element(first).toHaveFocus();
  });

  it('M1 in the rapporteur’s own texts are links', async () => {
    await openReport();
    await summary.fill('A register (R1.1) and X9.9');
    const names = reportPane.getByText(/^Leads to/u);
    await expect.element(names.getByRole('link')).toHaveTextContent('R1.1');
    await names.getByRole('link').click();
    await expect.element(document.getElementById('report-r1-1')).toHaveFocus();
  });

  it('unfold the note that they lead to in a long report', async () => {
    await openReport({ notes: 300 });
    expect(document.getElementById('report-n1-150')).toBeNull();
    await page.getByRole('link', { name: 'Group 1: Makers and markets' }).last().click();
    await reportPane.getByRole('button', { name: 'Show notes N1.1 to N1.300' }).click();
    await expect.element(document.getElementById('report-n1-2')).toBeInTheDocument();
    expect(document.getElementById('report-n1-150')).toBeNull();
    await summary.fill('See N1.150');
    await reportPane
      .getByText(/^Leads to/u)
      .getByRole('link')
      .click();
    await expect.poll(() => document.activeElement?.id).toBe('report-n1-150');
  });
});

describe('what feeds the report', () => {
  it('shows an item in the report on Enter and on a press, and keeps the keyboard in the list', async () => {
    await openReport();
    focus(row('R1.2').element());
    await userEvent.keyboard('{Enter}');
    const place = document.getElementById('report-r1-2');
    expect(place?.closest('[data-here]')).not.toBeNull();
    expect(place !== null && isSeen(place)).toBe(true);
    await expect.element(row('R1.2')).toHaveFocus();
    await row('R2.1').click();
    expect(document.getElementById('report-r2-1')?.closest('[data-here]')).not.toBeNull();
  });

  it('lets what arrives wait behind "2 new", and then shows it by itself', async () => {
    const { group, plan } = await openReport();
    const questionId = plan.view.snapshot().questions[0]?.id ?? null;
    const before = feedPane.getByRole('row').elements().length;
    const add = (text: string) =>
      group(1).addNote({
        kind: 'idea',
        questionId,
        text,
        stakeholderGroupId: null,
        regionId: null,
      });
    add('Ask the insurers');
    add('Ask the importers');
    const arrived = feedPane.getByRole('button', { name: '2 new' });
    await expect.element(arrived).toBeVisible();
    expect(feedPane.getByRole('row').elements()).toHaveLength(before);
    await arrived.click();
    await expect.element(feedPane.getByText('Ask the insurers')).toBeVisible();
    expect(feedPane.getByRole('row').elements()).toHaveLength(2);
    await expect.element(arrived).not.toBeInTheDocument();
  });

  it('R1 leaves a note out by choice, lists it, and takes it in again', async () => {
    const { report } = await openReport();
    focus(row('N1.1').element());
    await userEvent.keyboard('x');
    expect(report.view.snapshot().omissions.size).toBe(1);
    await expect.element(row('N1.1').getByText('Left out of the report')).toBeVisible();
    const leftOut = page.getByText(/A person chose to leave the text of these notes out/u);
    await expect.element(leftOut).toBeInTheDocument();
    await expect.element(leftOut.getByRole('link')).toHaveTextContent('N1.1');
    await page.getByRole('button', { name: /Undo/u }).click();
    expect(report.view.snapshot().omissions.size).toBe(0);
    await row('N1.1').getByRole('button', { name: 'Leave N1.1 out of the report' }).click();
    expect(report.view.snapshot().omissions.size).toBe(1);
    await row('N1.1').getByRole('button', { name: 'Take N1.1 into the report again' }).click();
    expect(report.view.snapshot().omissions.size).toBe(0);
  });

  it('R1 offers no way to leave a recommendation out', async () => {
    const { report } = await openReport();
    focus(row('R1.1').element());
    await userEvent.keyboard('x');
    expect(report.view.snapshot().omissions.size).toBe(0);
    await expect
      .element(row('R1.1').getByRole('button', { name: /Leave/u }))
      .not.toBeInTheDocument();
  });

  it('M1 cites into the text that one wrote in last, else into the question’s assessment', async () => {
    const { report } = await openReport();
    const texts = () => report.view.snapshot().texts;
    focus(row('R1.1').element());
    await userEvent.keyboard('c');
    expect(Object.values(texts().assessments)).toEqual(['(R1.1)']);
    await summary.click();
    await userEvent.keyboard('A register');
    focus(row('R1.1').element());
    await userEvent.keyboard('c');
    expect(texts().summary).toBe('A register (R1.1)');
    await row('N1.1').getByRole('button', { name: 'Cite N1.1 in the text' }).click();
    expect(texts().summary).toBe('A register (R1.1, N1.1)');
  });

  it('finds with "/" and says when nothing fits', async () => {
    await openReport();
    await userEvent.keyboard('/');
    const find = feedPane.getByRole('searchbox');
    await expect.element(find).toHaveFocus();
    await userEvent.keyboard('aviation confidential');
    await expect.poll(() => feedPane.getByRole('row').elements().length).toBe(1);
    await find.fill('zebra');
    await expect.element(feedPane.getByText('Nothing fits')).toBeVisible();
    await feedPane.getByRole('button', { name: 'Show everything' }).click();
    await expect.element(row('N1.1')).toBeInTheDocument();
  });

  it('is shown for the question that one is writing about', async () => {
    await openReport();
    await page.getByRole('button', { name: 'What feeds d' }).click();
    const heading = feedPane.getByRole('heading', { name: /d Practice/u });
    await expect.element(heading).toHaveFocus();
    expect(isSeen(heading.element())).toBe(true);
  });
});

describe('finding one’s way', () => {
  it('the contents lead to their sections, and follow the reading', async () => {
    await openReport({ written: true });
    const contents = page.getByRole('navigation', { name: 'Contents' });
    const entry = contents.getByRole('link', { name: '7 Who was heard' });
    focus(entry.element());
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('heading', { name: '7 Who was heard' })).toHaveFocus();
    await expect.element(entry).toHaveAttribute('aria-current', 'location');
    await expect
      .element(contents.getByRole('link', { name: /1 Summary.*written/u }))
      .toBeInTheDocument();
  });

  it('F6 goes from part to part of the screen', async () => {
    await openReport();
    await userEvent.keyboard('{F6}');
    await expect.element(strip).toHaveFocus();
    await userEvent.keyboard('{F6}{F6}');
    await expect.element(reportPane).toHaveFocus();
    await userEvent.keyboard('{F6}');
    await expect.element(feedPane).toHaveFocus();
    await userEvent.keyboard('{Shift>}{F6}{/Shift}');
    await expect.element(reportPane).toHaveFocus();
  });

  it('F1 shows all keys', async () => {
    await openReport();
    await userEvent.keyboard('{F1}');
    await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  });

  it('shows one half at a time where there is little room', async () => {
    await openReport({ width: 640, height: 720 });
    await expect.element(page.getByRole('article')).toBeVisible();
    await expect.element(feedPane).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'What feeds it' }).click();
    await expect.element(feedPane).toBeVisible();
    await row('R1.1').click();
    await expect.element(page.getByRole('article')).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(640);
  });
});

describe('with axe', () => {
  const settled = () => expect.poll(() => document.getAnimations().length).toBe(0);

  it.each(['light', 'dark'])('nothing is found, %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await openReport({ written: true });
    await settled();
    expect(await findings()).toEqual([]);
    delete document.documentElement.dataset['theme'];
  });

  it('nothing is found before anything is written', async () => {
    await openReport({ notes: 0, recommendations: false });
    await expect.element(feedPane.getByText('Notes arrive here')).toBeVisible();
    await settled();
    expect(await findings()).toEqual([]);
  });

  it('nothing is found from right to left, in a small window', async () => {
    await openReport({ messages: pseudoLanguage, width: 640, height: 400 });
    await settled();
    expect(document.documentElement.dir).toBe('rtl');
    expect(await findings()).toEqual([]);
  });
});
