import type { FromDesk, ToDesk, ToPhone } from '../../core/protocol/voting-frames.ts';
import { ballotBox } from './ballot-box.ts';
import { noteGift, takeGift } from './give.ts';
import { letThrough, makeCodes, setRoom, standPoll } from './moderate.ts';
import { type Scene, setVoter } from './scene.ts';

/** What is to be told once it is on the disk. */
export interface DeskEffects {
  readonly pollStands: (poll: string) => void;
  /** To all phones: at what the room looks now. */
  readonly tellPoll: () => void;
  /** To the page that said it. */
  readonly tell: (frame: ToDesk) => void;
  readonly tellVoter: (voter: string, frame: ToPhone) => void;
}

/** Carries out what the plenary laptop's page says. */
export function hearDesk(
  scene: Scene,
  frame: Exclude<FromDesk, { readonly type: 'room' }>,
  effects: DeskEffects,
): void {
  const { transaction, room, state } = scene;
  switch (frame.type) {
    case 'poll': {
      standPoll(scene, frame);
      const { id } = frame.form;
      transaction.after(() => {
        effects.pollStands(id);
        if (room.current === id && !frame.current) effects.tellPoll();
      });
      break;
    }
    case 'no-poll':
      if (room.current === '') break;
      setRoom(scene, { ...room, current: '' });
      transaction.after(effects.tellPoll);
      break;
    case 'let-through':
      letThrough(scene, frame);
      break;
    case 'noted':
      noteGift(scene, frame.id);
      break;
    case 'taken': {
      const { id, done } = frame;
      const gift = takeGift(scene, id, done);
      if (gift === null) break;
      if (gift.given.what === 'hand' && done) setVoter(scene, gift.voter, { handUp: false });
      // A phone knows what it asked by its own name for it.
      const known = gift.phoneId === '' ? id : gift.phoneId;
      transaction.after(() => effects.tellVoter(gift.voter, { type: 'taken', id: known, done }));
      break;
    }
    case 'make-codes': {
      const codes = makeCodes(scene, frame.count);
      transaction.after(() => effects.tell({ type: 'codes', codes }));
      break;
    }
    case 'export':
      transaction.after(() => {
        const box = ballotBox(state, frame.poll);
        if (box !== null) effects.tell({ type: 'box', box });
      });
      break;
  }
}
