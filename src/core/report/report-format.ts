/** How moments are written: passed in, so that the report says the session's time and not the laptop's. */
export interface ReportFormat {
  /** "14 November 2018", from milliseconds since 1970. */
  readonly date: (at: number) => string;
  /** "10:42". */
  readonly time: (at: number) => string;
}

/**
 * Dates and times in `language` (BCP 47) and `timeZone` (IANA name; the laptop's own where absent).
 * Throws RangeError for a language or time zone that there is none of.
 */
export function reportFormat(language: string, timeZone?: string): ReportFormat {
  const zone = timeZone === undefined ? {} : { timeZone };
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', ...zone });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', ...zone });
  return { date: (at) => date.format(at), time: (at) => time.format(at) };
}
