import { cleanLine } from '../../core/consensus/clean-line.ts';
import { replaceBallot } from '../../core/consensus/count.ts';
import {
  type Choice,
  MAX_OBJECTION_CHARACTERS,
  MAX_POLL_TEXT_CHARACTERS,
  type PollForm,
} from '../../core/consensus/poll.ts';
import { readChoice } from '../../core/consensus/read-choice.ts';
import type { Declared, PhoneRefusal, ToPhone } from '../../core/protocol/voting-frames.ts';
import { giveInstead } from './give.ts';
import { ballotRow, objectionRow } from './rows.ts';
import { type Frame, mayHaveVoter, refuse, type Scene, setPoll, setVoter } from './scene.ts';
import { type Ballot, countedOf, counterOf, entriesOf, nothingDeclared } from './state.ts';

const isSame = (a: Choice, b: Choice): boolean => JSON.stringify(a) === JSON.stringify(b);

const charactersOf = (text: string): number => Array.from(text).length;

function isTooLong({ kind }: PollForm, choice: Choice): boolean {
  const text = kind === 'text' && typeof choice === 'object' && choice !== null && 'text' in choice;
  return text && charactersOf(choice.text) > MAX_POLL_TEXT_CHARACTERS;
}

/** Puts a ballot in place of the voter's former one, in the count and on the disk. */
export function setBallot(scene: Scene, poll: string, voter: string, ballot: Ballot): void {
  const { state, transaction, room } = scene;
  const entry = state.polls.get(poll);
  if (entry === undefined) return;
  const ballots = entriesOf(state.ballots, poll);
  const counter = counterOf(state, entry);
  const [before, after] = [countedOf(ballots.get(voter)), countedOf(ballot)];
  replaceBallot(counter, before, after);
  transaction.undo(() => replaceBallot(counter, after, before));
  const row = ballotRow(room.session, poll, voter, ballot);
  transaction.set(ballots, voter, ballot, 'ballots', row);
}

/** One ballot per voter and poll; the last one before closing counts; again is harmless. C1 */
export function takeBallot(scene: Scene, voter: string, frame: Frame<'ballot'>): ToPhone {
  const { state, transaction } = scene;
  const { poll: id, sequence } = frame;
  const about = { poll: id, sequence };
  const poll = state.polls.get(id);
  if (poll === undefined) return refuse('unknown-poll', about);
  const choice = readChoice(poll.form, frame.choice);
  const before = state.ballots.get(id)?.get(voter);
  const done: ToPhone = { type: 'counted', what: 'ballot', ...about };
  if (before !== undefined && sequence <= before.sequence) {
    const isAgain =
      sequence === before.sequence && choice !== undefined && isSame(choice, before.choice);
    return isAgain ? done : refuse('late', about);
  }
  if (!poll.open) return refuse('not-open', about);
  if (choice === undefined) {
    return refuse(isTooLong(poll.form, frame.choice) ? 'too-long' : 'not-a-choice', about);
  }
  const refusal = whyNoVoter(scene, voter);
  if (refusal !== null) return refuse(refusal, about);
  const declared = voterDeclared(scene, voter);
  setBallot(scene, id, voter, {
    sequence,
    choice,
    // A text that was changed is one that nobody has let through yet.
    number: poll.nextNumber,
    shown: false,
    ...declared,
    ms: Math.max(0, transaction.at - poll.openedAt),
  });
  setPoll(scene, { ...poll, version: poll.version + 1, nextNumber: poll.nextNumber + 1 });
  transaction.after(() => scene.counted(id));
  return done;
}

/** "I cannot live with this", and why; taken back by saying nothing. C3 */
export function takeObjection(scene: Scene, voter: string, frame: Frame<'object'>): ToPhone {
  const { state, room, transaction } = scene;
  const { poll: id, sequence } = frame;
  const about = { poll: id, sequence };
  const poll = state.polls.get(id);
  if (poll === undefined) return refuse('unknown-poll', about);
  const text = cleanLine(frame.text, MAX_OBJECTION_CHARACTERS) ?? '';
  if (text === '' && frame.text.trim() !== '') return refuse('too-long', about);
  const objections = entriesOf(state.objections, id);
  const before = objections.get(voter);
  const done: ToPhone = { type: 'counted', what: 'object', ...about };
  if (before !== undefined && sequence <= before.sequence) {
    return sequence === before.sequence && text === before.text ? done : refuse('late', about);
  }
  // Who cannot live with it may say so late, but not to what was never asked so.
  if (!poll.form.objections) return refuse('not-open', about);
  const refusal = whyNoVoter(scene, voter);
  if (refusal !== null) return refuse(refusal, about);
  const entry = { sequence, text };
  transaction.set(
    objections,
    voter,
    entry,
    'objections',
    objectionRow(room.session, id, voter, entry),
  );
  if (text !== '' || before !== undefined) {
    giveInstead(scene, voter, '', { what: 'objection', poll: id, text });
  }
  return done;
}

/** Makes a voter of who has none yet; why not, where that cannot be. */
function whyNoVoter(scene: Scene, voter: string): PhoneRefusal | null {
  const known = scene.state.voters.get(voter);
  if (scene.room.codes && (known === undefined || known.code === '')) return 'code-needed';
  if (known !== undefined) return null;
  if (!mayHaveVoter(scene, voter)) return 'too-many';
  setVoter(scene, voter, {});
  return null;
}

const voterDeclared = ({ state }: Scene, voter: string): Declared =>
  state.voters.get(voter)?.declared ?? nothingDeclared;
