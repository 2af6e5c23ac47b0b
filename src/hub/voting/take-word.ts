import { cleanLine } from '../../core/consensus/clean-line.ts';
import { MAX_OBJECTION_CHARACTERS } from '../../core/consensus/poll.ts';
import type { Declared, PhoneRefusal, ToPhone } from '../../core/protocol/voting-frames.ts';
import { give, giveInstead } from './give.ts';
import { type Frame, mayHaveVoter, refuse, type Scene, setPoll, setVoter } from './scene.ts';
import { newVoter } from './state.ts';
import { setBallot } from './take-ballot.ts';

const MAX_NAME_CHARACTERS = 40;
/** Of one voter, that no moderator is done with: more is no help to anybody. */
const MAX_ASKED = 10;
/** Of all voters in one session. */
const MAX_GIFTS = 20_000;

function whyNot(scene: Scene, voter: string): PhoneRefusal | null {
  if (!mayHaveVoter(scene, voter)) return 'too-many';
  const known = scene.state.voters.get(voter) ?? newVoter;
  return scene.room.codes && known.code === '' ? 'code-needed' : null;
}

/** Who the voter says to be. In polls that are open, its ballots count there from now on. */
export function takeDeclared(scene: Scene, voter: string, frame: Frame<'me'>): ToPhone {
  const { room, state, transaction } = scene;
  const refusal = whyNot(scene, voter);
  if (refusal !== null) return refuse(refusal);
  const { stakeholderGroup, region, breakoutGroup } = frame;
  const declared: Declared = { stakeholderGroup, region, breakoutGroup };
  const isKnown = (id: string, parts: readonly { readonly id: string }[]): boolean =>
    id === '' || parts.some((part) => part.id === id);
  if (
    !isKnown(stakeholderGroup, room.stakeholderGroups) ||
    !isKnown(region, room.regions) ||
    !isKnown(breakoutGroup, room.breakoutGroups)
  ) {
    return refuse('not-a-choice');
  }
  setVoter(scene, voter, { declared });
  for (const poll of state.polls.values()) {
    const { id } = poll.form;
    const ballot = poll.open ? state.ballots.get(id)?.get(voter) : undefined;
    if (ballot === undefined) continue;
    setBallot(scene, id, voter, { ...ballot, ...declared });
    setPoll(scene, { ...poll, version: poll.version + 1 });
    transaction.after(() => scene.counted(id));
  }
  return { type: 'kept', what: 'me' };
}

export function takeName(scene: Scene, voter: string, frame: Frame<'name'>): ToPhone {
  const refusal = whyNot(scene, voter);
  if (refusal !== null) return refuse(refusal);
  const name = cleanLine(frame.name, MAX_NAME_CHARACTERS) ?? '';
  if (name === '' && frame.name.trim() !== '') return refuse('too-long');
  setVoter(scene, voter, { name });
  return { type: 'kept', what: 'name' };
}

export function takeHand(scene: Scene, voter: string, frame: Frame<'hand'>): ToPhone {
  const { up, sequence } = frame;
  const refusal = whyNot(scene, voter);
  if (refusal !== null) return refuse(refusal, { sequence });
  const known = scene.state.voters.get(voter) ?? newVoter;
  if (sequence === known.handSequence && up === known.handUp) return { type: 'kept', what: 'hand' };
  if (sequence <= known.handSequence) return refuse('late', { sequence });
  if (scene.state.gifts.size >= MAX_GIFTS) return refuse('too-many', { sequence });
  setVoter(scene, voter, { handUp: up, handSequence: sequence });
  if (up === known.handUp) return { type: 'kept', what: 'hand' };
  const id = giveInstead(scene, voter, '', { what: 'hand', up });
  return { type: 'kept', what: 'hand', id };
}

export function takeQuestion(scene: Scene, voter: string, frame: Frame<'ask'>): ToPhone {
  const { id, kind } = frame;
  const refusal = whyNot(scene, voter);
  if (refusal !== null) return refuse(refusal);
  const text = cleanLine(frame.text, MAX_OBJECTION_CHARACTERS);
  if (text === undefined) return refuse(frame.text.trim() === '' ? 'malformed' : 'too-long');
  const theirs = [...scene.state.gifts.values()].filter((gift) => gift.voter === voter);
  if (!theirs.some(({ phoneId }) => phoneId === id)) {
    const open = theirs.filter(({ phoneId, done }) => phoneId !== '' && !done);
    if (open.length >= MAX_ASKED || scene.state.gifts.size >= MAX_GIFTS) return refuse('too-many');
    if (!scene.state.voters.has(voter)) setVoter(scene, voter, {});
    give(scene, voter, id, { what: kind, text });
  }
  return { type: 'kept', what: 'ask', id };
}
