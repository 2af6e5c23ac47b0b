import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { openPlenary } from './open-plenary.tsx';

describe('a large session', () => {
  it('has 40 groups side by side, and the keyboard reaches the last', async () => {
    const open = await openPlenary({ groups: 40, notes: 3, recommendations: 2 });
    await expect
      .poll(() => document.querySelectorAll('[data-card]').length, { timeout: 10_000 })
      .toBe(80);
    const last = open.group(39).view.snapshot().recommendations[0];
    const item = document.querySelector(`[data-card$="/${last?.id ?? ''}"]`);
    item?.querySelector<HTMLElement>('[data-pick]')?.focus();
    item?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    await expect.element(page.getByText('Group 40').last()).toBeInViewport();
  });

  it('draws nothing of other groups when one group writes, with 10,000 notes', async () => {
    const open = await openPlenary({ groups: 4, notes: 2500, recommendations: 5 });
    await expect
      .poll(() => document.querySelectorAll('[data-card]').length, { timeout: 10_000 })
      .toBe(20);
    const columns = [...document.querySelectorAll('[aria-label="Makers and markets"]')];
    expect(columns).toHaveLength(1);
    const questionId = open.plan.view.snapshot().questions[0]?.id ?? null;
    const before = open.group(0).view.snapshot().notes.length;
    const touched = new Set<string>();
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const column = element?.closest('section[aria-label]')?.getAttribute('aria-label');
        if (column !== null && column !== undefined) touched.add(column);
      }
    });
    watch.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    const started = performance.now();
    for (let count = 0; count < 20; count += 1) {
      open.group(0).addNote({ kind: 'point', questionId, text: `Said ${count}` });
      // A frame each, as they come from a laptop.
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const each = (performance.now() - started) / 20;
    expect(open.group(0).view.snapshot().notes).toHaveLength(before + 20);
    watch.disconnect();
    expect([...touched].filter((name) => name !== 'Makers and markets')).toEqual([]);
    expect(each).toBeLessThan(100);
  });

  it('opens thousands of notes in parts', async () => {
    const open = await openPlenary({ groups: 1, notes: 2500, recommendations: 0 });
    const fold = page.getByRole('button', { name: /notes of Makers and markets on Elements/u });
    await fold.click();
    await expect
      .element(page.getByRole('button', { name: /^Show \d+ earlier notes/u }))
      .toBeVisible();
    expect(open.group(0).view.snapshot().notes).toHaveLength(2500);
    const shown = () => document.querySelectorAll('time').length;
    expect(shown()).toBe(50);
    await page.getByRole('button', { name: /earlier notes/u }).click();
    await expect.poll(shown).toBe(250);
  });
});
