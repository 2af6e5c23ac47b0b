import type { Given } from '../../core/protocol/voting-frames.ts';
import { giftRow } from './rows.ts';
import type { Scene } from './scene.ts';
import type { Gift } from './state.ts';

type GivenWhat = Given extends infer One
  ? One extends Given
    ? Omit<One, 'id' | 'person' | 'declared' | 'at'>
    : never
  : never;
/** What it is, and what of it. */
export type Giving = GivenWhat &
  (
    | { readonly what: 'objection'; readonly poll: string; readonly text: string }
    | { readonly what: 'hand'; readonly up: boolean }
    | { readonly what: 'question' | 'read-out'; readonly text: string }
  );

function setGift({ state, room, transaction }: Scene, gift: Gift): void {
  transaction.set(state.gifts, gift.given.id, gift, 'given', giftRow(room.session, gift));
}

/** Something for the moderators; @returns its id. */
export function give(scene: Scene, voter: string, phoneId: string, giving: Giving): string {
  const given: Given = {
    id: scene.newId(),
    person: scene.personOf(voter),
    declared: scene.state.voters.get(voter)?.declared ?? null,
    at: scene.transaction.at,
    ...giving,
  };
  setGift(scene, { given, voter, phoneId, noted: false, done: false });
  scene.transaction.after(() => scene.give(given));
  return given.id;
}

/**
 * The same, in place of what this voter gave of this kind before and no page has noted yet: only the
 * last one counts. It has an id of its own, so that noting the former one does not lose it.
 */
export function giveInstead(scene: Scene, voter: string, phoneId: string, giving: Giving): string {
  const pollOf = (given: Giving | Given): string => ('poll' in given ? given.poll : '');
  for (const gift of scene.state.gifts.values()) {
    const { given } = gift;
    const isFormer = gift.voter === voter && given.what === giving.what && !gift.noted;
    if (isFormer && pollOf(given) === pollOf(giving)) setGift(scene, { ...gift, noted: true });
  }
  return give(scene, voter, phoneId, giving);
}

export function noteGift(scene: Scene, id: string): void {
  const gift = scene.state.gifts.get(id);
  if (gift !== undefined && !gift.noted) setGift(scene, { ...gift, noted: true });
}

/** @returns what was taken, null where there is no such thing. */
export function takeGift(scene: Scene, id: string, done: boolean): Gift | null {
  const gift = scene.state.gifts.get(id);
  if (gift === undefined) return null;
  if (gift.done !== done) setGift(scene, { ...gift, done });
  return gift;
}
