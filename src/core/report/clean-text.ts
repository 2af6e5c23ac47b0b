/**
 * What people typed, made safe to write down in any format without changing what it says.
 */

const invalidInXml = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/**
 * All kinds of line break as "\n", without what XML 1.0 has no place for: control characters,
 * halves of surrogate pairs, U+FFFE and U+FFFF (https://www.w3.org/TR/xml/#charsets).
 */
export const cleanText = (text: string): string =>
  text.replace(lineBreaks, '\n').replace(invalidInXml, '');

/** The lines of a text, cleaned; each closes the bidirectional controls that it opens. */
export const cleanLines = (text: string): readonly string[] =>
  cleanText(text).split('\n').map(closeDirections);

const openers = /[\u202A-\u202E\u2066-\u2069]/;
const POP_DIRECTION = '\u202C';
const POP_ISOLATE = '\u2069';

/**
 * Ends what a line opens by LRE, RLE, LRO, RLO or an isolate (https://unicode.org/reports/tr9/),
 * so that a stray control in one note cannot turn around what the report writes after it.
 */
function closeDirections(line: string): string {
  if (!openers.test(line)) return line;
  const open: string[] = [];
  for (const character of line) {
    if (/[\u202A\u202B\u202D\u202E]/.test(character)) open.push(POP_DIRECTION);
    else if (/[\u2066-\u2068]/.test(character)) open.push(POP_ISOLATE);
    else if (character === POP_DIRECTION && open.at(-1) === POP_DIRECTION) open.pop();
    else if (character === POP_ISOLATE && open.includes(POP_ISOLATE)) {
      while (open.pop() !== POP_ISOLATE);
    }
  }
  return line + open.toReversed().join('');
}

const rightToLeft =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EEFF}\u200F]/u;
const strong = new RegExp(`${rightToLeft.source}|[\\p{L}\\u200E]`, 'u');

/** The direction of the first strong character (rule P2 of UAX 9); null where there is none. */
export function firstDirection(text: string): 'ltr' | 'rtl' | null {
  const first = strong.exec(text)?.[0];
  if (first === undefined) return null;
  return rightToLeft.test(first) ? 'rtl' : 'ltr';
}

/**
 * The text in pieces of one direction, in the order typed. What has no direction of its own goes
 * with its neighbours where both agree, and with what comes before it otherwise.
 */
export function splitByDirection(
  text: string,
): readonly { readonly text: string; readonly rtl: boolean }[] {
  if (!rightToLeft.test(text)) return [{ text, rtl: false }];
  const pieces: { text: string; rtl: boolean }[] = [];
  for (const [part] of text.matchAll(runs)) {
    const rtl = rightToLeft.test(part);
    const last = pieces.at(-1);
    if (last !== undefined && last.rtl === rtl) last.text += part;
    else pieces.push({ text: part, rtl });
  }
  return pieces;
}

const rtlCharacter = rightToLeft.source;
/** Right-to-left words with what stands between them, or anything else. */
const runs = new RegExp(
  `${rtlCharacter}(?:[^\\p{L}]*${rtlCharacter}|\\p{M})*|(?:(?!${rtlCharacter})[\\s\\S])+`,
  'gu',
);
