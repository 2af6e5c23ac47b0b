import type { Choice } from '../../../src/core/consensus/poll.ts';
import { button, el, write } from '../dom.ts';
import { latest, type Said } from '../kept.ts';
import type { AnswerInput, AnswerOptions } from './answer-input.ts';

/** What is put together on the screen before it is sent. */
export interface Draft {
  /** Null where there is nothing to send yet. */
  readonly read: () => Choice;
  readonly write: (choice: Choice) => void;
  /** Whether it is whole; always so where it is left out. */
  readonly isWhole?: () => boolean;
}

const same = (one: Choice, other: Choice): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Adds to an answer in several steps the button that sends it, and follows what was sent. */
export function sendingDraft(
  root: HTMLFieldSetElement,
  draft: Draft,
  { words, send, drafted }: AnswerOptions,
): AnswerInput & { readonly changed: () => void } {
  let sent: Choice = null;
  const press = button('primary', words('send'), () => send(draft.read()));
  root.append(el('div', 'send', press));
  const isDraft = (): boolean => !same(draft.read(), sent);
  function refresh(): void {
    press.disabled = !isDraft() || draft.isWhole?.() === false;
    write(press, words(sent === null ? 'send' : 'send.changed'));
  }
  return {
    root,
    isDraft,
    changed() {
      refresh();
      drafted();
    },
    update(answer: Said<Choice>, open: boolean) {
      const now = latest(answer) ?? null;
      if (!same(now, sent)) {
        const untouched = !isDraft();
        sent = now;
        if (untouched || now === null) draft.write(now);
      }
      root.disabled = !open;
      refresh();
    },
  };
}
