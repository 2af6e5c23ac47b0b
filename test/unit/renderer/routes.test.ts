import { describe, expect, it } from 'vitest';
import { readRoute, type Route, routeHash } from '../../../renderer/routes.ts';
import { homeOf, mayOpen, placesOf } from '../../../renderer/session/places.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { Role } from '../../../src/core/protocol/ticket.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import type { Group } from '../../../src/core/session/model.ts';

const sessionId = 's/1 ä' as SessionId;
const groupId = 'g#2' as GroupId;
const routes: readonly Route[] = [
  { screen: 'start' },
  { screen: 'new' },
  { screen: 'join' },
  { screen: 'ask' },
  { screen: 'board', sessionId },
  { screen: 'report', sessionId },
  { screen: 'group', sessionId, groupId },
];

describe('addresses', () => {
  it.each(routes)('come back as they were written: $screen', (route) => {
    expect(readRoute(routeHash(route))).toEqual(route);
  });

  it.each([
    '',
    '#',
    '#/nowhere',
    '#/session',
    '#/session/x',
    '#/session/x/group',
    '#/session/%E0%A4/board',
  ])('lead to the start where they name nothing: "%s"', (hash) => {
    expect(readRoute(hash)).toEqual({ screen: 'start' });
  });
});

describe('places by role', () => {
  const key = documentKeyFrom(new Uint8Array(32));
  const group = (number: number): Group => ({
    id: `g${number}` as GroupId,
    number,
    name: `Group ${number}`,
    online: false,
    order: `a${number}`,
    deleted: false,
  });
  const groups = [group(1), group(2)];
  const who = (role: Role, ...ids: readonly string[]) => ({
    sessionId,
    role,
    groupId: role === 'facilitator' ? ('g1' as GroupId) : null,
    groups: new Map(ids.map((id) => [id as GroupId, key])),
  });

  it('lead a moderator everywhere', () => {
    const kinds = placesOf(who('moderator', 'g1', 'g2'), groups).map(({ kind }) => kind);
    expect(kinds).toEqual(['board', 'report', 'group', 'group']);
    expect(homeOf(who('moderator', 'g1')).screen).toBe('board');
  });

  it('lead a rapporteur to the report and to the groups that the ticket opens (A2)', () => {
    const rapporteur = who('rapporteur', 'g2');
    expect(placesOf(rapporteur, groups).map(({ group: one }) => one?.number ?? null)).toEqual([
      null,
      2,
    ]);
    expect(mayOpen(rapporteur, { screen: 'board', sessionId })).toBe(false);
    expect(mayOpen(rapporteur, { screen: 'group', sessionId, groupId: 'g1' as GroupId })).toBe(
      false,
    );
  });

  it('lead a facilitator to the own group only', () => {
    const facilitator = who('facilitator', 'g1', 'g2');
    expect(placesOf(facilitator, groups)).toEqual([]);
    expect(homeOf(facilitator)).toEqual({ screen: 'group', sessionId, groupId: 'g1' });
    const allowed = (route: Route): boolean => mayOpen(facilitator, route);
    expect(allowed({ screen: 'group', sessionId, groupId: 'g1' as GroupId })).toBe(true);
    expect(allowed({ screen: 'group', sessionId, groupId: 'g2' as GroupId })).toBe(false);
    expect(allowed({ screen: 'report', sessionId })).toBe(false);
  });
});
