import { button, el } from '../dom.ts';
import { latest } from '../kept.ts';
import type { AnswerInput, AnswerOptions } from './answer-input.ts';
import { keysOf, stepsOf } from './steps.ts';

/** One tap, and it is sent: agreement, gradient, scale, hum, single choice, quiz. */
export function createPickOne({ form, words, send, labelledBy }: AnswerOptions): AnswerInput {
  // Older browsers lay out nothing but blocks in a fieldset itself.
  const choices = el('div', `answers-${form.kind}`);
  const root = el('fieldset', 'answers', choices);
  root.setAttribute('aria-labelledby', labelledBy);
  const buttons = stepsOf(form, words).map(({ choice, key, text }, at) => {
    const one = button('answer', '', () => send(choice));
    if (form.kind.startsWith('gradient')) {
      const number = el('span', 'step', words.figure(at + 1));
      one.append(number);
    }
    if (form.kind === 'hum') {
      const loudness = el('span', `loudness loudness-${key}`);
      loudness.setAttribute('aria-hidden', 'true');
      one.append(loudness);
    }
    const label = el('span', 'answer-text', text);
    label.dir = 'auto';
    one.append(label);
    choices.append(one);
    return { key, one };
  });
  return {
    root,
    isDraft: () => false,
    update(answer, open) {
      const [chosen] = keysOf(latest(answer));
      for (const { key, one } of buttons) {
        const pressed = key === chosen;
        one.setAttribute('aria-pressed', String(pressed));
        one.classList.toggle('is-counted', pressed && answer.pending === null);
      }
      root.disabled = !open;
    },
  };
}
