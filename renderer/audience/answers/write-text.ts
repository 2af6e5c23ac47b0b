import { MAX_POLL_TEXT_CHARACTERS } from '../../../src/core/consensus/poll.ts';
import { readChoice } from '../../../src/core/consensus/read-choice.ts';
import { el, labelled, write } from '../dom.ts';
import type { AnswerInput, AnswerOptions } from './answer-input.ts';
import { sendingDraft } from './draft.ts';

/** A short text in one's own words. */
export function createWriteText(options: AnswerOptions): AnswerInput {
  const { words } = options;
  const root = el('fieldset', 'answers');
  root.setAttribute('aria-labelledby', options.labelledBy);
  const area = el('textarea');
  area.maxLength = MAX_POLL_TEXT_CHARACTERS;
  area.rows = 4;
  area.dir = 'auto';
  const left = el('p', 'hint');
  const count = (): void =>
    write(left, words('text.left', { n: MAX_POLL_TEXT_CHARACTERS - area.value.length }));
  area.addEventListener('input', () => {
    count();
    input.changed();
  });
  root.append(labelled(words('text.label'), area), left);
  const input = sendingDraft(
    root,
    {
      // Cleaned as the plenary laptop cleans it, so that what it says it has is what was sent.
      read: () => readChoice(options.form, { text: area.value }) ?? null,
      write(choice) {
        area.value =
          typeof choice === 'object' && choice !== null && 'text' in choice ? choice.text : '';
        count();
      },
    },
    options,
  );
  count();
  return input;
}
