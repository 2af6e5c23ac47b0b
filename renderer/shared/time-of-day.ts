const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(language: string, kind: 'time' | 'day'): Intl.DateTimeFormat {
  const key = `${language}/${kind}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(
    language,
    kind === 'time'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'long', year: 'numeric' },
  );
  formats.set(key, made);
  return made;
}

/** "11:42" by this laptop's time zone. `at` is in milliseconds since 1970. */
export const timeOfDay = (at: number, language: string): string =>
  formatFor(language, 'time').format(at);

/** "22 November 2026", in the order that the language has. */
export const dayOf = (at: number, language: string): string =>
  formatFor(language, 'day').format(at);
