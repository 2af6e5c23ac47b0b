import { el, replace, type View } from './dom.ts';
import { createFoot } from './foot.ts';
import { latest } from './kept.ts';
import { createCode, createNoRoom, createOld, createWaiting } from './plain-screens.ts';
import type { Phone } from './phone.ts';
import { hasDeclared, partsOf, type PhoneState } from './phone-state.ts';
import { createQuestion, type Question } from './question.ts';
import { createStatusBar } from './status-bar.ts';
import { createWho } from './who.ts';
import type { Words } from './words.ts';

export interface ScreenOptions {
  readonly phone: Phone;
  readonly words: Words;
  readonly elapsed: () => number;
  readonly lasts: () => boolean;
}

type Scene = 'old' | 'code' | 'no-room' | 'who' | 'waiting' | 'question';

function sceneOf(state: PhoneState): Scene {
  const { barred, room, kept, poll } = state;
  if (barred === 'other-version') return 'old';
  if (barred === 'no-room' || room === null) return 'no-room';
  const needsCode = room.codeNeeded && kept.voter === '';
  if (barred !== null || needsCode) return 'code';
  if (!hasDeclared(state)) return 'who';
  return poll === null ? 'waiting' : 'question';
}

/** The whole page: one thing at a time, the tools of the thumb, and what happened to my vote. */
export function createScreen({ phone, words, elapsed, lasts }: ScreenOptions): View<PhoneState> {
  const main = el('main');
  const foot = createFoot(phone, words);
  let question: Question | null = null;
  let view: View<PhoneState> | null = null;
  let shown = '';
  const status = createStatusBar(phone, words, () => question?.isDraft() ?? false);
  const root = el('div', 'page', main, foot.root, status.root);

  /** Never taken from who is writing to the moderators. */
  function focusHeading(): void {
    if (foot.root.contains(document.activeElement)) return;
    main.querySelector('h1')?.focus();
  }
  function enter(scene: Scene, state: PhoneState): void {
    const isFirst = shown === '';
    const hadQuestion = question !== null;
    question?.leave();
    question = null;
    view = null;
    const { room, poll, kept } = state;
    if (scene === 'question' && poll !== null) {
      question = createQuestion(poll, {
        phone,
        words,
        elapsed,
        drafted: () => status.update(phone.state()),
        replaces: hadQuestion,
      });
      view = question;
      if (!isFirst) status.say(words('new-question', { text: poll.form.question }));
    } else if (scene === 'waiting') view = createWaiting(words);
    else if (scene === 'code') view = createCode(phone, words);
    else {
      let still = createNoRoom(words);
      if (scene === 'old') still = createOld(words);
      if (scene === 'who' && room !== null) {
        const before = latest(kept.declared) ?? null;
        const { declare } = phone;
        still = createWho({ room, before, words, submit: 'who.go', declare }, lasts());
      }
      view = { root: still, update: () => undefined };
    }
    replace(main, view.root);
    window.scrollTo(0, 0);
    if (!isFirst) focusHeading();
  }
  return {
    root,
    update(state) {
      const scene = sceneOf(state);
      const key = JSON.stringify([
        scene,
        scene === 'question' && state.poll?.form.id,
        scene === 'who' && partsOf(state.room),
      ]);
      document.title = state.room?.title ?? 'Caucus';
      foot.root.hidden = scene !== 'question' && scene !== 'waiting';
      if (key !== shown) {
        enter(scene, state);
        shown = key;
      }
      view?.update(state);
      foot.update(state);
      status.update(state);
    },
  };
}
