import type * as Y from 'yjs';
import type { DeviceId, PollId } from './ids.ts';
import type { EnteredCount, HandCount } from './voting-model.ts';

/**
 * Shows of hands in the plan: a flat key for each poll, stakeholder group, answer and laptop. With the
 * laptop in it, two moderators who count the same hands at once both stay on record, and neither
 * number is lost in silence.
 */

const MAX_HANDS = 100_000;

/** Null where one of the ids could not be told from two. */
export function handKey(
  pollId: string,
  stakeholderGroup: string,
  answer: string,
  deviceId: string,
): string | null {
  const parts = [pollId, stakeholderGroup, answer, deviceId];
  return parts.some((part) => part.includes('/')) ? null : parts.join('/');
}

export const isHandCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_HANDS;

const differs = (entered: readonly EnteredCount[]): boolean =>
  entered.some(({ count }) => count !== entered[0]?.count);

/** The answers of a row that were counted differently, and the counts, the smallest first. */
export const disputedIn = ({
  entered,
}: HandCount): readonly { readonly answer: string; readonly counts: readonly number[] }[] =>
  Object.entries(entered)
    .filter(([, each]) => differs(each))
    .map(([answer, each]) => ({
      answer,
      counts: [...new Set(each.map(({ count }) => count))].toSorted((a, b) => a - b),
    }));

/** All rows that have anything in them, in one order on every laptop. */
export function readHandCounts(map: Y.Map<unknown>): readonly HandCount[] {
  const rows = new Map<
    string,
    { pollId: string; group: string; cells: [string, EnteredCount][] }
  >();
  for (const [key, count] of [...map].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [pollId, group, answer, deviceId, ...more] = key.split('/');
    if (!pollId || group === undefined || !answer || deviceId === undefined) continue;
    if (more.length > 0 || !isHandCount(count) || count === 0) continue;
    const row = rows.get(`${pollId}/${group}`) ?? { pollId, group, cells: [] };
    row.cells.push([answer, { deviceId: deviceId as DeviceId, count }]);
    rows.set(`${pollId}/${group}`, row);
  }
  return [...rows.values()].map(({ pollId, group, cells }) => {
    const entered: Record<string, EnteredCount[]> = {};
    for (const [answer, one] of cells) (entered[answer] ??= []).push(one);
    const isDisputed = Object.values(entered).some(differs);
    const by = Object.fromEntries(cells.map(([answer, { count }]) => [answer, count]));
    return {
      pollId: pollId as PollId,
      stakeholderGroup: group,
      by: isDisputed ? {} : by,
      entered,
    };
  });
}
