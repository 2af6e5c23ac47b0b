import { cleanLine } from './clean-line.ts';
import {
  agreements,
  type Choice,
  HUM_STEPS,
  MAX_POLL_TEXT_CHARACTERS,
  type PollForm,
} from './poll.ts';

/** How many steps there are to choose from, for the kinds that are answered by a step; otherwise 0. */
export function stepsOf(form: Pick<PollForm, 'kind' | 'most'>): number {
  if (form.kind === 'gradient-8') return 8;
  if (form.kind === 'gradient-4') return 4;
  if (form.kind === 'hum') return HUM_STEPS;
  return form.kind === 'scale' ? form.most : 0;
}

/** The chosen options, each once; undefined where one is unknown, doubled, or there are too many. */
function readOptions(
  form: PollForm,
  value: unknown,
  least: number,
  most: number,
): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length < least || value.length > most) return undefined;
  const chosen = new Set<unknown>(value);
  const known = form.options.map((option) => option.id).filter((id) => chosen.has(id));
  // As many known ones as were sent: so none is unknown, and none was sent twice.
  if (known.length !== value.length) return undefined;
  // In the order of the poll, but for a ranking: in which order somebody tapped is nobody's business.
  return form.kind === 'ranking' ? value.map(String) : known;
}

function readText(value: unknown): Choice | undefined {
  const typed = typeof value === 'object' && value && 'text' in value ? value.text : undefined;
  if (typeof typed !== 'string') return undefined;
  const text = cleanLine(typed, MAX_POLL_TEXT_CHARACTERS);
  return text === undefined ? undefined : { text };
}

/**
 * Reads an answer to a poll from whatever came. Null is an answer too: it takes the answer back.
 * Undefined is none: an option that the poll has not, one twice, too many, a ranking that is not of
 * all options, a step out of range, a text that is empty or too long. A text comes back cleaned.
 */
export function readChoice(form: PollForm, value: unknown): Choice | undefined {
  if (value === null) return null;
  const all = form.options.length;
  switch (form.kind) {
    case 'agree':
      return agreements.find((agreement) => agreement === value);
    case 'single':
    case 'quiz':
      return readOptions(form, value, 1, 1);
    case 'multiple':
      return readOptions(form, value, 1, Math.min(form.most, all));
    case 'ranking':
      return readOptions(form, value, all, all);
    case 'text':
      return readText(value);
    case 'gradient-8':
    case 'gradient-4':
    case 'scale':
    case 'hum':
      break;
  }
  const isStep = typeof value === 'number' && Number.isInteger(value);
  return isStep && value >= 1 && value <= stepsOf(form) ? value : undefined;
}
