import type { Language } from './words.ts';

/** Every language that there is a file of; the build puts them all into the page. */
export const languages: readonly Language[] = Object.values(
  import.meta.glob<Language>('./messages/*.json', { eager: true, import: 'default' }),
);
