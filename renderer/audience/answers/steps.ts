import {
  agreements,
  type Choice,
  HUM_STEPS,
  type PollForm,
} from '../../../src/core/consensus/poll.ts';
import type { Key, Words } from '../words.ts';

/** One of the answers that there are: what is sent, the key that it is counted under, its words. */
export interface Step {
  readonly choice: Exclude<Choice, null>;
  readonly key: string;
  readonly text: string;
}

const numbers = (most: number): readonly number[] =>
  Array.from({ length: most }, (_, at) => at + 1);

/** The answers in the order in which they are shown; none for a text. */
export function stepsOf(form: PollForm, words: Words): readonly Step[] {
  const numbered = (most: number, text: (step: number) => string): readonly Step[] =>
    numbers(most).map((step) => ({ choice: step, key: String(step), text: text(step) }));
  const { kind } = form;
  if (kind === 'agree') {
    return agreements.map((key) => ({ choice: key, key, text: words(`answer.${key}`) }));
  }
  if (kind === 'gradient-8') return numbered(8, (step) => words(`gradient-8.${step}` as Key));
  if (kind === 'gradient-4') return numbered(4, (step) => words(`gradient-4.${step}` as Key));
  if (kind === 'hum') return numbered(HUM_STEPS, (step) => words(`hum.${step}` as Key));
  if (kind === 'scale') return numbered(form.most, (step) => words.figure(step));
  return form.options.map(({ id, text }) => ({ choice: [id], key: id, text }));
}

/** The keys that a choice is counted under. */
export function keysOf(choice: Choice | undefined): readonly string[] {
  if (choice === null || choice === undefined) return [];
  if (typeof choice === 'string' || typeof choice === 'number') return [String(choice)];
  return 'text' in choice ? [] : choice;
}
