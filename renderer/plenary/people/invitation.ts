import type { FileKind } from '../../../src/core/protocol/machine.ts';

/** What `renderer/join` reads: the ticket's link as text. */
export const ticketFileKind = (description: string): FileKind => ({
  description,
  mediaType: 'text/plain',
  extension: '.caucus-ticket',
});

/** A file name that every system takes: "IoT security – Online.caucus-ticket". */
export function ticketFileName(session: string, who: string): string {
  const name = `${session} – ${who}`
    // What Windows refuses in names, and control characters.
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 100);
  return `${name}.caucus-ticket`;
}

/**
 * The most characters that a QR code of the lowest correction level holds as bytes (version 40-L,
 * ISO/IEC 18004, table 7). A moderator's ticket for many groups is longer.
 */
export const MAX_QR_CHARACTERS = 2953;
