import { expect, it } from 'vitest';
import { floorOf } from '../../../../renderer/plenary/polls/speakers.ts';
import type { InboxItemId, TurnId } from '../../../../src/core/session/ids.ts';
import type { InboxItem, SpeakerTurn } from '../../../../src/core/session/voting-model.ts';

const hand = (id: string, change: Partial<InboxItem>): InboxItem => ({
  id: id as InboxItemId,
  kind: 'hand',
  person: id,
  text: '',
  stakeholderGroup: '',
  region: '',
  online: false,
  at: 0,
  takenBy: null,
  takenAt: null,
  doneAt: null,
  deleted: false,
  ...change,
});
const turn = (person: string, change: Partial<SpeakerTurn>): SpeakerTurn => ({
  id: person as TurnId,
  inboxId: null,
  person,
  label: '',
  stakeholderGroup: '',
  online: false,
  startedAt: 0,
  endedAt: 60_000,
  deleted: false,
  ...change,
});

it('who has not spoken comes first, room and online alike; hands that are down do not wait', () => {
  const inbox = [
    hand('spoke', { at: 1 }),
    hand('first', { at: 3, online: true }),
    hand('second', { at: 4 }),
    hand('down', { at: 2, doneAt: 5 }),
    hand('question', { at: 2, kind: 'question' }),
  ];
  const { turn: now, waiting } = floorOf({ inbox, turns: [turn('spoke', {})] }, 100_000);
  expect(now).toBeNull();
  expect(waiting.map(({ item }) => item.id)).toEqual(['first', 'second', 'spoke']);
  expect(waiting.at(-1)?.why).toMatchObject({ turns: 1, personMs: 60_000 });
});

it('who speaks now has spoken so long already; somebody without a phone is known by the label', () => {
  const inbox = [hand('a', { person: '', text: 'Second row', at: 1 }), hand('b', { at: 2 })];
  const turns = [turn('', { label: 'Second row', startedAt: 40_000, endedAt: null })];
  const { turn: now, waiting } = floorOf({ inbox, turns }, 100_000);
  expect(now?.label).toBe('Second row');
  expect(waiting.map(({ item }) => item.id)).toEqual(['b', 'a']);
  expect(waiting[1]?.why.personMs).toBe(60_000);
});
