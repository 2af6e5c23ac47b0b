/** The place on the page that holds the composer's text field. */
export const COMPOSER_ID = 'composer-text';

export function focusComposer(): void {
  document.querySelector<HTMLElement>(`#${COMPOSER_ID} textarea`)?.focus();
}

/** The note that has the focus, or that the focused thing belongs to; null for none. */
export function focusedNoteId(element: Element | null): string | null {
  const row = element?.closest('[data-note-id]');
  return row instanceof HTMLElement ? (row.dataset['noteId'] ?? null) : null;
}
