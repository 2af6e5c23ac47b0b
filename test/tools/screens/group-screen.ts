import type { Locator, Page } from 'playwright-core';
import { type NoteKind, noteKinds } from '../../../src/core/session/model.ts';
import { words } from './words.ts';

export interface TypedNote {
  readonly kind: NoteKind;
  /** The question's letter. */
  readonly question: string;
  readonly stakeholderGroup: string | null;
  readonly region: string | null;
  readonly text: string;
}

/** Longer texts are put in as an input method would; the end is typed key by key. */
const TYPED_CHARACTERS = 24;

const composer = (page: Page): Locator => page.getByLabel(words('composer.text'), { exact: true });

async function composerEmpty(page: Page): Promise<void> {
  await page.waitForFunction(
    (label) => document.querySelector<HTMLTextAreaElement>(`[aria-label="${label}"]`)?.value === '',
    words('composer.text'),
  );
}

async function choose(page: Page, label: string, choice: string): Promise<void> {
  const select = page.getByRole('region', { name: words('composer.title') });
  const button = select.getByRole('button', { name: label });
  if ((await button.textContent())?.includes(choice) === true) return;
  await button.click();
  await page.getByRole('option', { name: choice, exact: true }).click();
}

/** Begins a note and leaves it unfinished. */
export async function typeDraft(page: Page, text: string): Promise<void> {
  await composer(page).focus();
  await page.keyboard.insertText(text.slice(0, -TYPED_CHARACTERS));
  await page.keyboard.type(text.slice(-TYPED_CHARACTERS));
}

/** Finishes the note that waits in the composer, as after a restart, and gives its text. */
export async function finishWaitingDraft(page: Page): Promise<string> {
  await composer(page).and(page.locator(':not(:placeholder-shown)')).waitFor();
  const text = await composer(page).inputValue();
  await composer(page).focus();
  await page.keyboard.press('Enter');
  await composerEmpty(page);
  return text;
}

/** Type, Enter, next: with the keys that the screen shows. */
export async function typeNote(page: Page, note: TypedNote): Promise<void> {
  await composer(page).focus();
  await page.keyboard.press(`Control+${noteKinds.indexOf(note.kind) + 1}`);
  await page.keyboard.press(`Alt+${note.question}`);
  await choose(
    page,
    words('notes.stakeholder-group'),
    note.stakeholderGroup ?? words('notes.no-stakeholder-group'),
  );
  await choose(page, words('notes.region'), note.region ?? words('notes.no-region'));
  await typeDraft(page, note.text);
  await page.keyboard.press('Enter');
  await composerEmpty(page);
}

const view = (page: Page, name: string): Promise<void> =>
  page.getByRole('tab', { name: new RegExp(words(name), 'u') }).click();
export const showNotes = (page: Page): Promise<void> => view(page, 'view.notes');
export const showDrafts = (page: Page): Promise<void> => view(page, 'view.drafts');
export const showReportBack = (page: Page): Promise<void> => view(page, 'view.report-back');

async function filterBy(page: Page, letter: string | null): Promise<void> {
  const filter = page.getByRole('radiogroup', { name: words('notes.by-question') });
  const place = letter === null ? 0 : (letter.codePointAt(0) ?? 97) - 96;
  await filter.getByRole('radio').nth(place).click();
}

/** Selects the notes in their question's list and makes a recommendation of them. */
export async function recommend(
  page: Page,
  recommendation: { readonly question: string; readonly text: string; readonly rationale: string },
  sources: readonly TypedNote[],
): Promise<void> {
  await showNotes(page);
  for (const source of sources) {
    await filterBy(page, source.question);
    const row = page.getByRole('row').filter({ hasText: source.text });
    await row.focus();
    await page.keyboard.press('x');
    await row.and(page.locator('[aria-selected=true]')).waitFor();
  }
  await page.getByRole('button', { name: words('notes.recommend') }).click();
  await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
  await page.keyboard.insertText(recommendation.text);
  const card = page
    .getByRole('listitem')
    .filter({ has: page.locator(':focus') })
    .first();
  const reasons = card.getByRole('textbox').nth(1);
  if (recommendation.rationale !== '') {
    await reasons.focus();
    await page.keyboard.insertText(recommendation.rationale);
  }
  const question = card.getByRole('button', { name: words('notes.question') });
  if (!(await question.textContent())?.trim().startsWith(recommendation.question)) {
    await question.click();
    await page
      .getByRole('option', { name: new RegExp(`^${recommendation.question} `, 'u') })
      .click();
  }
  await showNotes(page);
  await filterBy(page, null);
}

export async function reportBack(page: Page, text: string): Promise<void> {
  await showReportBack(page);
  await page.getByRole('textbox', { name: words('report-back.say') }).fill(text);
  await page.getByRole('button', { name: words('report-back.mark-ready') }).click();
  await page.getByRole('button', { name: words('report-back.mark-not-ready') }).waitFor();
}
