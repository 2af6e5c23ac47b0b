import { reference, typed } from './blocks.ts';
import type { Inline, Line } from './model.ts';
import type { SessionRecord } from './session-record.ts';

/** A label as people type it: P3, O2, R2.1, N2b.14, NX1.2. */
const labelPattern = /\b([PO]\d+|[RN](?:\d+[a-z]*|X\d+)\.\d+)\b/;

/** Where every label of the report leads to. */
export function labelAnchors({
  groups,
  proposals,
  votes,
}: SessionRecord): ReadonlyMap<string, string> {
  return new Map(
    [
      ...proposals,
      ...votes.objections,
      ...groups.flatMap((group) => [...group.recommendations, ...group.notes]),
    ].map(({ label, anchor }) => [label, anchor]),
  );
}

/**
 * The rapporteur's text with the labels that it names turned into references, so that a sentence
 * of advice leads back to what it rests on (M1). What looks like a label but is none stays text.
 */
export function linkLabels(text: string, anchors: ReadonlyMap<string, string>): Line {
  return text.split(labelPattern).flatMap((part, index): Inline[] => {
    const anchor = index % 2 === 0 ? undefined : anchors.get(part);
    if (anchor !== undefined) return [reference({ label: part, anchor })];
    return part === '' ? [] : [typed(part)];
  });
}
