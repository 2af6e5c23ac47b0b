import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { reportOf } from '../../../../renderer/rapporteur/build-model.ts';
import type { SaveResult } from '../../../../src/core/protocol/machine.ts';
import { writeDocx } from '../../../../src/core/report/write-docx.ts';
import { createFakeMachine, type FakeMachine } from '../fake-machine.ts';
import { clear } from '../render.tsx';
import { openReport } from './open-report.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const machineThat = (saves: SaveResult): FakeMachine => ({
  ...createFakeMachine(),
  saveFile: async () => saves,
});
async function chooseMarkdown(): Promise<void> {
  await page.getByRole('button', { name: /^Export/u }).click();
  await page.getByRole('menuitem', { name: /Markdown/u }).click();
}

afterEach(clear);

describe('export', () => {
  it('R1 writes a Word document by keyboard alone, and says how it is called', async () => {
    const { machine, plan, report, group, groupIds } = await openReport({ written: true });
    await userEvent.keyboard('{Control>}e{/Control}');
    await expect.element(page.getByRole('menuitem', { name: /Word document/u })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect
      .element(page.getByText(/^Saved as IoT security by design .+\.docx$/u))
      .toBeVisible();
    const [file] = machine.saved;
    expect(file?.name).toMatch(/^IoT security by design \d{4}-\d\d-\d\d\.docx$/u);
    expect(file?.kind.extension).toBe('.docx');
    const bodyOf = (bytes: Uint8Array): string =>
      textOf(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
    const xml = bodyOf(file?.bytes ?? new Uint8Array());
    for (const words of ['Keep one public register', 'Proceed, in small steps', 'N1.1']) {
      expect(xml).toContain(words);
    }
    // Written beside the page, it is what the writer makes of the same session.
    const groups = new Map(groupIds.map((id, place) => [id, group(place).view.snapshot()]));
    const direct = bodyOf(
      await writeDocx(reportOf(plan.view.snapshot(), report.view.snapshot(), groups, Date.now())),
    );
    expect(xml.length).toBe(direct.length);
  });

  it('writes Markdown with what was typed last', async () => {
    const { machine } = await openReport();
    await page.getByRole('textbox', { name: 'Summary' }).fill('Typed just now.');
    await chooseMarkdown();
    await expect.poll(() => machine.saved.length).toBe(1);
    expect(machine.saved[0]?.name).toMatch(/\.md$/u);
    expect(textOf(machine.saved[0]?.bytes ?? new Uint8Array())).toContain('Typed just now.');
  });

  it('waits for another press where the browser would not open its dialog any more', async () => {
    const { machine } = await openReport();
    const activation = vi.spyOn(navigator, 'userActivation', 'get');
    activation.mockReturnValue({ isActive: false, hasBeenActive: true });
    await chooseMarkdown();
    await page.getByRole('button', { name: 'The report is written: save it' }).click();
    activation.mockRestore();
    await expect.element(page.getByText(/^Saved as/u)).toBeVisible();
    expect(machine.saved).toHaveLength(1);
  });

  it.each([
    ['no-space', /no room left/u],
    ['not-allowed', /may not write/u],
    ['failed', /did not take it/u],
  ] as const)('says what to do when saving ends in %s', async (reason, words) => {
    await openReport({ machine: machineThat({ ok: false, reason }) });
    await chooseMarkdown();
    await expect.element(page.getByText(words)).toBeVisible();
    await expect.element(page.getByRole('button', { name: /^Export/u })).toBeEnabled();
  });

  it('says nothing when the person thinks better of it', async () => {
    await openReport({ machine: machineThat({ ok: false, reason: 'cancelled' }) });
    await chooseMarkdown();
    await expect.element(page.getByRole('button', { name: /^Export/u })).toBeEnabled();
    await expect.element(page.getByText(/not saved|Saved as/u)).not.toBeInTheDocument();
  });
});
