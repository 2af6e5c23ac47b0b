import type { PhoneRoom, ShownVerdict } from '../../src/core/protocol/voting-frames.ts';
import { el } from './dom.ts';
import { barLine } from './result.ts';
import type { Words } from './words.ts';

/** What the small parts taken together are called on the wire: `POOL` of core/consensus. */
const POOL = '~';

const GOOD: readonly ShownVerdict['status'][] = ['rough-consensus', 'to-confirm'];

function partName(part: string, { stakeholderGroups }: PhoneRoom, words: Words): string {
  if (part === POOL) return words('part.pool');
  if (part === '') return words('part.unsaid');
  return stakeholderGroups.find(({ id }) => id === part)?.name ?? words('part.unknown');
}

function missingWords(
  missing: NonNullable<ShownVerdict['missing']>,
  room: PhoneRoom,
  words: Words,
): string {
  if (missing.what === 'votes') return words('missing.votes', { n: missing.more });
  if (missing.what === 'objections') return words('missing.objections', { n: missing.open });
  if (missing.what === 'confirmation') return words('missing.confirmation');
  const text = partName(missing.part, room, words);
  return missing.more === null
    ? words('missing.all', { text })
    : words('missing.support', { text, n: missing.more });
}

/** What the room's screen says: the word, what is missing, and a line for each group. C2, C3 */
export function drawVerdict(
  { status, missing, lines, threshold }: ShownVerdict,
  room: PhoneRoom,
  words: Words,
): HTMLElement {
  const isGood = GOOD.includes(status);
  const root = el(
    'section',
    'verdict',
    el('h2', isGood ? 'is-good' : '', words(`status.${status}`)),
  );
  if (missing !== null) root.append(el('p', '', missingWords(missing, room, words)));
  const list = el('ul', 'bars');
  for (const { part, agree, votes, percent } of lines) {
    const name = partName(part, room, words);
    const of = words('verdict.agree', { n: agree, of: votes });
    const figures =
      percent === null ? words('verdict.too-few') : `${words.percent(percent)} · ${of}`;
    const bar = barLine(name, figures, percent === null ? 0 : percent / 100);
    if (percent !== null) {
      const mark = el('span', 'threshold');
      mark.style.marginInlineStart = `${threshold}%`;
      bar.track.append(mark);
      bar.fill.className = `bar-fill ${percent >= threshold ? 'is-enough' : 'is-short'}`;
    }
    list.append(bar.root);
  }
  root.append(list);
  if (lines.length > 0) {
    root.append(el('p', 'hint', words('verdict.threshold', { text: words.percent(threshold) })));
  }
  return root;
}
