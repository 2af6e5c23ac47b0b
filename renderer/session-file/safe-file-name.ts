/** Longest name in bytes of UTF-8: file systems take 255, and copies get " (2)" and more put on. */
const MAX_NAME_BYTES = 180;

/**
 * Refused by Windows or POSIX in names, or not seen by people: controls, bidirectional marks. The
 * joiners U+200C and U+200D stay, because some scripts and emoji are not the same without them.
 */
const unsafe = /[\p{Cc}\p{Cs}<>:"/\\|?*\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]+/gu;
/** Names that Windows keeps for devices, with any extension. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/**
 * A file name out of what people typed, that Windows, macOS and Linux all take: `parts` joined by
 * spaces, and `extension` (with the dot). The first part is shortened where the name gets too long.
 */
export function safeFileName(parts: readonly string[], extension: string): string {
  const [first = '', ...rest] = parts.map(clean).filter((part) => part !== '');
  const tail = [...rest.map((part) => ` ${part}`), extension].join('');
  const name = shorten(first, MAX_NAME_BYTES - byteLength(tail)) + tail;
  return reserved.test(name) ? `_${name}` : name;
}

const clean = (part: string): string =>
  part
    .replace(unsafe, ' ')
    .replace(/\s+/gu, ' ')
    // A leading dot hides a file; Windows drops dots and spaces at the end.
    .replace(/^[\s.]+|[\s.]+$/gu, '');

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** Cuts between characters that people see, never inside of one. */
function shorten(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  let kept = '';
  let bytes = byteLength('…');
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += byteLength(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** "2018-11-14": a day that sorts, by this laptop's time zone. `at` is in milliseconds since 1970. */
export function dayInFileName(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
}

/** "2018-11-14 11.42"; a colon may not stand in a name on Windows. */
export function momentInFileName(at: number): string {
  const date = new Date(at);
  return `${dayInFileName(at)} ${twoDigits(date.getHours())}.${twoDigits(date.getMinutes())}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
