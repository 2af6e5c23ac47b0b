import type { Choice, PollForm } from '../../../src/core/consensus/poll.ts';
import type { Said } from '../kept.ts';
import type { Words } from '../words.ts';

/** Where one answers a question, in the way of its kind. */
export interface AnswerInput {
  readonly root: HTMLElement;
  update(answer: Said<Choice>, open: boolean): void;
  /** Whether what is on the screen differs from what was sent. */
  readonly isDraft: () => boolean;
}

export interface AnswerOptions {
  readonly form: PollForm;
  readonly words: Words;
  readonly send: (choice: Choice) => void;
  /** Called when the draft has changed. */
  readonly drafted: () => void;
  /** The id of the question's heading. */
  readonly labelledBy: string;
}
