/** Puts the keyboard on a recommendation's card and brings the whole card into sight. */
export function focusCard(within: ParentNode, key: string): void {
  const pick = within.querySelector<HTMLElement>(`[data-pick="${CSS.escape(key)}"]`);
  pick?.focus({ preventScroll: true });
  pick?.closest('[data-card]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
