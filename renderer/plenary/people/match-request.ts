import type { Group } from '../../../src/core/session/model.ts';

type Named = Pick<Group, 'id' | 'number' | 'name'>;

const plain = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

/**
 * The group that somebody means who says to be "Group 2, second laptop" or "the makers' group";
 * null where none is meant, or several are. What is typed decides nothing: it is a first guess, and the
 * moderator chooses.
 */
export function groupMeant<One extends Named>(said: string, groups: readonly One[]): One | null {
  const text = plain(said);
  const byName = groups.filter(
    ({ name }) => name.trim() !== '' && text.includes(plain(name.trim())),
  );
  if (byName.length > 0) return byName.length === 1 ? (byName[0] ?? null) : null;
  // The first number that is a group's: the others count laptops.
  for (const number of text.match(/\p{Nd}+/gu) ?? []) {
    const byNumber = groups.find((group) => group.number === Number(number));
    if (byNumber !== undefined) return byNumber;
  }
  return null;
}
