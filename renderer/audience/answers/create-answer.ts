import type { PollKind } from '../../../src/core/consensus/poll.ts';
import type { AnswerInput, AnswerOptions } from './answer-input.ts';
import { createPickOne } from './pick-one.ts';
import { createPickSome } from './pick-some.ts';
import { createRank } from './rank.ts';
import { createWriteText } from './write-text.ts';

type Create = (options: AnswerOptions) => AnswerInput;
const ways: Readonly<Record<PollKind, Create>> = {
  agree: createPickOne,
  'gradient-8': createPickOne,
  'gradient-4': createPickOne,
  single: createPickOne,
  multiple: createPickSome,
  ranking: createRank,
  scale: createPickOne,
  hum: createPickOne,
  text: createWriteText,
  quiz: createPickOne,
};

export const createAnswer: Create = (options) => ways[options.form.kind](options);
