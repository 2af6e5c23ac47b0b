import { paragraph, pending, typed, words } from '../blocks.ts';
import { linkLabels } from '../link-labels.ts';
import type { Block, Line } from '../model.ts';
import type { ReportWords } from '../report-words.ts';

/** The rapporteur's own text, or in its place that it is still to be written. */
export const writtenOrPending = (
  text: string,
  whenEmpty: string,
  anchors: ReadonlyMap<string, string>,
): Block =>
  text.trim() === '' ? pending(whenEmpty) : paragraph('body', linkLabels(text, anchors));

/** What somebody typed, or that nothing stands there. */
export const textOf = (text: string, say: ReportWords): Line =>
  text.trim() === '' ? [words(say.messages.recommendation.empty)] : [typed(text)];
