import type { GroupStatus, SessionStatus } from '../../src/browser/sync/status.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { MessageKey, MessageValues } from '../shared/translate.ts';
import type { Tone } from '../shared/status-line.tsx';

export interface StatusSummary {
  readonly tone: Tone;
  readonly key: MessageKey;
  readonly values: MessageValues;
  /** Changes when a person who cannot see the line should hear of it, and not with every note. */
  readonly turn: string;
}

/**
 * The truth about this laptop's notes in one sentence (S3): of one group where `groupId` says so,
 * else of the plan, the report and all groups. `time` writes a moment as people read it.
 */
export function summariseStatus(
  status: SessionStatus,
  groupId: GroupId | null,
  time: (at: number) => string,
): StatusSummary {
  if (status.storage.state === 'failed') {
    return { tone: 'bad', key: 'status.not-saved', values: {}, turn: 'not saved' };
  }
  if (status.takenBack === true) {
    return { tone: 'bad', key: 'status.taken-back', values: {}, turn: 'taken back' };
  }
  if (status.plenary) return summariseRoom(status);

  const group = groupId === null ? undefined : status.groups.get(groupId);
  const all = [
    status.plan,
    ...(status.report === null ? [] : [status.report]),
    ...status.groups.values(),
  ];
  const parts = group === undefined ? all : [group];
  const waiting = parts.reduce((sum, part) => sum + part.waiting, 0);
  const inContact = parts.every((part) => part.inContact);
  const last = newest(parts);
  if (inContact) {
    const turn = 'in contact';
    if (waiting === 0 && status.groups.size > 1 && parts.some(({ behind }) => behind)) {
      return { tone: 'wait', key: 'status.coming', values: {}, turn };
    }
    return waiting === 0
      ? { tone: 'good', key: 'status.all-there', values: {}, turn }
      : { tone: 'wait', key: 'status.on-their-way', values: { count: waiting }, turn };
  }
  const turn = 'no contact';
  if (last === null) {
    return waiting === 0
      ? { tone: 'quiet', key: 'status.saved-here', values: {}, turn }
      : { tone: 'wait', key: 'status.waiting-never', values: { count: waiting }, turn };
  }
  const values = { count: waiting, time: time(last) };
  return waiting === 0
    ? { tone: 'quiet', key: 'status.all-there-last', values, turn }
    : { tone: 'wait', key: 'status.waiting', values, turn };
}

function newest(parts: readonly GroupStatus[]): number | null {
  const times = parts.flatMap(({ lastContactAt }) => (lastContactAt === null ? [] : lastContactAt));
  return times.length === 0 ? null : Math.max(...times);
}

/** On the plenary laptop: how many groups are in contact. */
function summariseRoom(status: SessionStatus): StatusSummary {
  const groups = [...status.groups.values()];
  const here = groups.filter(({ inContact }) => inContact).length;
  const ever = groups.some(({ lastContactAt }) => lastContactAt !== null);
  if (here === 0 && !ever)
    return { tone: 'quiet', key: 'status.room-nobody-yet', values: {}, turn: 'nobody' };
  return {
    tone: here === groups.length ? 'good' : 'wait',
    key: 'status.room',
    values: { here, count: groups.length },
    turn: `${here} here`,
  };
}
