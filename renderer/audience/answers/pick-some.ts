import { el, write } from '../dom.ts';
import type { AnswerInput, AnswerOptions } from './answer-input.ts';
import { sendingDraft } from './draft.ts';
import { keysOf } from './steps.ts';

/** Several options, at most so many; then it is sent. */
export function createPickSome(options: AnswerOptions): AnswerInput {
  const { form, words, labelledBy } = options;
  const root = el('fieldset', 'answers');
  root.setAttribute('aria-labelledby', labelledBy);
  const full = el('p', 'hint keeps-line');
  full.setAttribute('role', 'status');
  const boxes = form.options.map(({ id, text }) => {
    const box = el('input');
    box.type = 'checkbox';
    const label = el('span', 'answer-text', text);
    label.dir = 'auto';
    root.append(el('label', 'answer check', box, label));
    box.addEventListener('change', () => {
      limit();
      input.changed();
    });
    return { id, box };
  });
  const chosen = (): readonly string[] =>
    boxes.filter(({ box }) => box.checked).map(({ id }) => id);
  /** What is too much cannot be chosen; the hint says why. */
  function limit(): void {
    const n = chosen().length;
    const isFull = n >= form.most;
    for (const { box } of boxes) box.disabled = isFull && !box.checked;
    write(full, isFull && n < boxes.length ? words('multiple.full', { n }) : '');
  }
  root.append(full);
  const draft = {
    read: () => (chosen().length === 0 ? null : chosen()),
    write(choice: Parameters<typeof keysOf>[0]) {
      const keys = keysOf(choice);
      for (const { id, box } of boxes) box.checked = keys.includes(id);
      limit();
    },
  };
  const input = sendingDraft(root, draft, options);
  return input;
}
