import type { SessionRecord } from '../../src/browser/app/types.ts';
import type { GroupId, SessionId } from '../../src/core/session/ids.ts';
import type { Group } from '../../src/core/session/model.ts';
import type { Route } from '../routes.ts';

export interface Place {
  readonly route: Route;
  readonly kind: 'board' | 'report' | 'group';
  readonly group: Group | null;
}

type Who = Pick<SessionRecord, 'sessionId' | 'role' | 'groupId' | 'groups'>;

const groupRoute = (sessionId: SessionId, groupId: GroupId): Route => ({
  screen: 'group',
  sessionId,
  groupId,
});

/** The screen that a person's session opens with. */
export function homeOf({ sessionId, role, groupId }: Who): Route {
  if (role === 'facilitator' && groupId !== null) return groupRoute(sessionId, groupId);
  return { screen: role === 'moderator' ? 'board' : 'report', sessionId };
}

/** Where a person may go in the session: what a role may not do is not on its screen. */
export function placesOf(who: Who, groups: readonly Group[]): readonly Place[] {
  const { sessionId, role } = who;
  if (role === 'facilitator') return [];
  const fixed: readonly Place[] =
    role === 'moderator'
      ? [
          { kind: 'board', group: null, route: { screen: 'board', sessionId } },
          { kind: 'report', group: null, route: { screen: 'report', sessionId } },
        ]
      : [{ kind: 'report', group: null, route: { screen: 'report', sessionId } }];
  const readable = groups.filter(({ id }) => who.groups.has(id));
  return [
    ...fixed,
    ...readable.map((group): Place => ({
      kind: 'group',
      group,
      route: groupRoute(sessionId, group.id),
    })),
  ];
}

/** Whether the role may see the place that an address names. */
export function mayOpen(who: Who, route: Route): boolean {
  if (route.screen === 'board') return who.role === 'moderator';
  if (route.screen === 'report') return who.role !== 'facilitator';
  if (route.screen !== 'group') return true;
  return (
    who.groups.has(route.groupId) && (who.role !== 'facilitator' || who.groupId === route.groupId)
  );
}
