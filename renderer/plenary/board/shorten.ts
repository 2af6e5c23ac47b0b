/**
 * The beginning of a very long text, cut between words where there are any, with an ellipsis; the
 * text itself where it is not longer than `most` characters. Never cuts an emoji in half.
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const space = cut.search(/\s\S*$/u);
  // Without spaces, as in Chinese, or with a word as long as the whole: by code point.
  const kept = space > most / 2 ? cut.slice(0, space) : cut.replace(/[\u{D800}-\u{DBFF}]$/u, '');
  return `${kept.trimEnd()}…`;
}
