import type { PhoneRefusal } from '../../core/protocol/voting-frames.ts';
import { readCode } from './moderate.ts';
import { codeRow } from './rows.ts';
import { mayHaveVoter, type Scene, setVoter } from './scene.ts';

export type Greeted =
  | { readonly ok: true; readonly voter: string }
  | { readonly ok: false; readonly reason: PhoneRefusal };

const no = (reason: PhoneRefusal): Greeted => ({ ok: false, reason });

/**
 * Who comes, and whether it may come in. A voter is written down with the first thing that it gives,
 * or with its admission code: a greeting alone costs the disk nothing.
 *
 * @param shown the voter; empty for one that is new, null for one that this hub has not made.
 */
export function greet(
  scene: Scene,
  shown: string | null,
  typed: string,
  { newVoter, mayGuess }: { readonly newVoter: () => string; readonly mayGuess: () => boolean },
): Greeted {
  if (shown === null) return no('unknown-voter');
  const { state, room, transaction } = scene;
  const voter = shown === '' ? newVoter() : shown;
  const isAdmitted = !room.codes || (state.voters.get(voter)?.code ?? '') !== '';
  if (isAdmitted) return { ok: true, voter };
  const code = readCode(typed);
  if (code === '') return no('code-needed');
  if (!mayGuess()) return no('too-many');
  const usedBy = state.codes.get(code);
  if (usedBy === undefined) return no('unknown-voter');
  if (usedBy !== '' && usedBy !== voter) return no('code-used');
  if (!mayHaveVoter(scene, voter)) return no('too-many');
  setVoter(scene, voter, { code });
  transaction.set(state.codes, code, voter, 'codes', codeRow(room.session, code, voter));
  return { ok: true, voter };
}
