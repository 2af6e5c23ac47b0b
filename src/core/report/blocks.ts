import type { Anchor, Block, Heading, Inline, Line, Paragraph } from './model.ts';

/** Short names for the pieces that the sections are put together from. */

export interface Labelled {
  readonly label: string;
  readonly anchor: Anchor;
}

export const words = (text: string): Inline => ({ kind: 'words', text });
export const typed = (text: string): Inline => ({ kind: 'typed', text });
export const missing = (text: string): Inline => ({ kind: 'missing', text });
export const reference = ({ label, anchor }: Labelled) =>
  ({ kind: 'reference', label, anchor }) as const;
export const target = ({ label, anchor }: Labelled) => ({ kind: 'target', label, anchor }) as const;

export const paragraph = (tone: Paragraph['tone'], line: Line): Block => ({
  kind: 'paragraph',
  tone,
  line,
});
export const quiet = (text: string): Block => paragraph('quiet', [words(text)]);
export const pending = (text: string): Block => paragraph('pending', [words(text)]);
/** Names what follows, below the level of headings. */
export const subtitle = (text: string): Block => paragraph('label', [words(text)]);

export const heading = (level: 1 | 2 | 3, anchor: Anchor, text: string): Heading => ({
  kind: 'heading',
  level,
  newPage: false,
  anchor,
  text,
});
