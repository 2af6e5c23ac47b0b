import { describe, expect, it } from 'vitest';
import { groupMeant } from '../../../../renderer/plenary/people/match-request.ts';
import type { GroupId } from '../../../../src/core/session/ids.ts';

const groups = ['Makers and markets', 'Networks', 'Users 2020', 'Online'].map((name, place) => ({
  id: `group-${place + 1}` as GroupId,
  number: place + 1,
  name,
}));
const meant = (said: string): string | null => groupMeant(said, groups)?.name ?? null;

describe('the group that somebody says to be of', () => {
  it.each([
    ['Group 2, second laptop', 'Networks'],
    ['2', 'Networks'],
    ['group no. 4', 'Online'],
    ['second laptop of the makers and markets', 'Makers and markets'],
    ['NETWORKS, 1st laptop', 'Networks'],
    ['Users 2020', 'Users 2020'],
    ['３', 'Users 2020'],
  ])('is found in “%s”', (said, name) => expect(meant(said)).toBe(name));

  it.each(['', 'Rapporteur', 'Group 9', 'group two', 'Networks or Online', 'moderator'])(
    'is left open in “%s”',
    (said) => expect(meant(said)).toBeNull(),
  );

  it('is not found by a group without a name', () => {
    expect(groupMeant('anybody', [{ id: 'x' as GroupId, number: 1, name: ' ' }])).toBeNull();
  });
});
