import type { Laptop } from '../../../src/browser/sync/status.ts';
import type { Tone } from '../../shared/status-line.tsx';
import type { MessageKey, MessageValues } from '../../shared/translate.ts';

export interface GroupWords {
  readonly tone: Tone;
  readonly key: MessageKey;
  readonly values: MessageValues;
}

export interface GroupFacts {
  /** All laptops that were ever heard in the group, in contact or as they last spoke. */
  readonly laptops: readonly Laptop[];
  /** When anybody in the group was last in contact, also before this screen was opened. */
  readonly lastContactAt: number | null;
  /** Whether the screen is on the plenary laptop; only there "last contact" is about the group. */
  readonly plenary: boolean;
  /** When the group said that its report-back is ready; null while it is not. */
  readonly readyAt: number | null;
  /** Whether any of the group's notes are here, however they came. */
  readonly hasNotes: boolean;
}

/**
 * How a group stands, in a few words, and never more than is known (S3). Only laptops of the
 * group's facilitators count: another moderator's laptop says nothing about the group. `time`
 * writes a moment as people read it.
 */
export function groupWords(facts: GroupFacts, time: (at: number) => string): GroupWords {
  const { plenary, readyAt, hasNotes } = facts;
  const laptops = facts.laptops.filter(({ role }) => role === 'facilitator');
  const here = laptops.filter(({ inContact }) => inContact);
  const ready = readyAt !== null;

  if (here.length > 0) {
    const writing = here.some((laptop) => laptop.writing);
    const waiting = Math.max(0, ...here.map((laptop) => laptop.waiting ?? 0));
    if (writing) {
      return {
        tone: ready ? 'good' : 'quiet',
        key: ready ? 'plenary.group-ready-writing' : 'plenary.group-writing',
        values: {},
      };
    }
    if (waiting > 0)
      return { tone: 'wait', key: 'plenary.group-on-their-way', values: { count: waiting } };
    return ready
      ? { tone: 'good', key: 'plenary.group-ready', values: {} }
      : { tone: 'quiet', key: 'plenary.group-in-contact', values: {} };
  }

  const last =
    newest(laptops.map(({ heardAt }) => heardAt)) ?? (plenary ? facts.lastContactAt : null);
  const left = Math.max(0, ...laptops.map((laptop) => laptop.waiting ?? 0));
  if (left > 0 && last !== null) {
    return {
      tone: 'wait',
      key: 'plenary.group-waiting',
      values: { count: left, time: time(last) },
    };
  }
  if (last !== null) {
    const key = ready ? 'plenary.group-ready-no-contact' : 'plenary.group-no-contact';
    return { tone: 'wait', key, values: { time: time(last) } };
  }
  if (ready) return { tone: 'quiet', key: 'plenary.group-ready-away', values: {} };
  return {
    tone: 'quiet',
    key: hasNotes || !plenary ? 'plenary.group-away' : 'plenary.group-never',
    values: {},
  };
}

const newest = (times: readonly number[]): number | null =>
  times.length === 0 ? null : Math.max(...times);
