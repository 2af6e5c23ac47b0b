import { randomInt } from 'node:crypto';
import { createCounter } from '../../core/consensus/count.ts';
import type { FromDesk } from '../../core/protocol/voting-frames.ts';
import { codeRow, roomRow } from './rows.ts';
import { type Scene, setPoll } from './scene.ts';
import type { Poll, Room } from './state.ts';
import { ROOM } from './state.ts';
import { setBallot } from './take-ballot.ts';

type Said<Type extends FromDesk['type']> = FromDesk & { readonly type: Type };

export function setRoom(
  { state, transaction }: Pick<Scene, 'state' | 'transaction'>,
  room: Room,
): void {
  transaction.set(state.room, ROOM, room, 'rooms', roomRow(room));
}

/**
 * How a poll stands, as the page says it. What is asked does not change once somebody has answered;
 * what is closed by the hub's own clock stays closed though a page that has not heard of it says
 * "open" with the time that has run out.
 */
export function standPoll(scene: Scene, said: Said<'poll'>): void {
  const { state, transaction, room } = scene;
  const { id } = said.form;
  const before = state.polls.get(id);
  const wasAnswered = (state.ballots.get(id)?.size ?? 0) > 0;
  const form = before !== undefined && wasAnswered ? before.form : said.form;
  if (before !== undefined && form.kind !== before.form.kind) {
    transaction.set(state.counters, id, createCounter(form));
  }
  const isOver = said.closesInMs !== null && said.closesInMs <= 0;
  const open = said.state === 'open' && !isOver;
  const opens = open && before?.open !== true;
  const openedAt = opens ? transaction.at : (before?.openedAt ?? transaction.at);
  const isFirst = opens && before?.limitMs === undefined;
  const poll: Poll = {
    form,
    right: said.right,
    open,
    shown: said.shown,
    openedAt,
    limitMs: isFirst ? said.closesInMs : (before?.limitMs ?? null),
    closesAt: open && said.closesInMs !== null ? transaction.at + said.closesInMs : null,
    version: (before?.version ?? 0) + 1,
    nextNumber: before?.nextNumber ?? 1,
  };
  setPoll(scene, poll);
  const current = said.current ? id : room.current === id ? '' : room.current;
  if (current !== room.current) setRoom(scene, { ...room, current });
}

/** Closing what is closed changes nothing: of two who close at once, one closes. */
export function closePoll(scene: Scene, id: string): void {
  const poll = scene.state.polls.get(id);
  if (poll?.open !== true) return;
  setPoll(scene, { ...poll, open: false, closesAt: null, version: poll.version + 1 });
}

/** Lets the room see a short text, or takes it away again. */
export function letThrough(scene: Scene, { poll: id, ballot, shown }: Said<'let-through'>): void {
  const poll = scene.state.polls.get(id);
  if (poll === undefined) return;
  for (const [voter, entry] of scene.state.ballots.get(id) ?? []) {
    if (String(entry.number) !== ballot || entry.shown === shown) continue;
    setBallot(scene, id, voter, { ...entry, shown });
    setPoll(scene, { ...poll, version: poll.version + 1 });
    scene.transaction.after(() => scene.counted(id));
    return;
  }
}

/** Without letters that look or sound like others, and without vowels, so that no word comes out. */
const LETTERS = 'BCDFGHJKMNPQRSTVWXZ';
const CODE_LETTERS = 8;
const MAX_CODES = 5_000;

/** A code as it was typed: printed ones may be read with spaces, dashes or small letters. */
export const readCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/gu, '');

/** Makes so many new admission codes; none for 0, which asks for those that there are. */
export function makeCodes(scene: Scene, count: number): readonly string[] {
  const { state, transaction, room } = scene;
  if (count === 0) return [...state.codes.keys()];
  const made: string[] = [];
  while (made.length < count && state.codes.size < MAX_CODES) {
    const code = Array.from({ length: CODE_LETTERS }, () =>
      LETTERS.charAt(randomInt(LETTERS.length)),
    ).join('');
    if (state.codes.has(code)) continue;
    transaction.set(state.codes, code, '', 'codes', codeRow(room.session, code, ''));
    made.push(code);
  }
  return made;
}
