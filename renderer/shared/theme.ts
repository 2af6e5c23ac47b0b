import { useSyncExternalStore } from 'react';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const KEY = 'caucus.theme';
const listeners = new Set<() => void>();

function read(): ThemeChoice {
  const kept = localStorage.getItem(KEY);
  return themeChoices.find((choice) => choice === kept) ?? 'system';
}

/** Puts the kept choice on the page; before the first drawing, so that nothing flashes. */
export function applyTheme(): void {
  const choice = read();
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
}

function choose(choice: ThemeChoice): void {
  localStorage.setItem(KEY, choice);
  applyTheme();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Light, dark, or as the machine has it; kept on this laptop. */
export const useTheme = (): readonly [ThemeChoice, (choice: ThemeChoice) => void] => [
  useSyncExternalStore(subscribe, read),
  choose,
];
