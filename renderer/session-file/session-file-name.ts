import type { SessionRecord } from '../../src/browser/app/types.ts';
import type { Group } from '../../src/core/session/model.ts';
import { momentInFileName, safeFileName } from './safe-file-name.ts';

/** The machine's kind of file for sessions; `description` comes with the language. */
export const sessionFileKind = {
  mediaType: 'application/vnd.caucus.session',
  extension: '.caucus',
} as const;

/**
 * "IoT security by design Group 2 2018-11-14 11.42.caucus": tells the copies of several laptops
 * apart on one stick. `whose` is the group or the role that the laptop has.
 */
export const sessionFileName = (title: string, whose: string, at: number): string =>
  safeFileName([title, whose, momentInFileName(at)], sessionFileKind.extension);

/** The group whose laptop this is; null on laptops that follow all of them. */
export const ownGroup = (
  { role, groupId }: Pick<SessionRecord, 'role' | 'groupId'>,
  groups: readonly Group[],
): Group | null =>
  role === 'facilitator' ? (groups.find(({ id }) => id === groupId) ?? null) : null;
