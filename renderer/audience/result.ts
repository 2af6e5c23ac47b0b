import { HUM_STEPS } from '../../src/core/consensus/poll.ts';
import type { Choice } from '../../src/core/consensus/poll.ts';
import { loudness, stepResult } from '../../src/core/consensus/step-result.ts';
import type { Counts } from '../../src/core/consensus/tally.ts';
import type { PhonePoll } from '../../src/core/protocol/voting-frames.ts';
import { keysOf, stepsOf } from './answers/steps.ts';
import { el, replace } from './dom.ts';
import type { Key, Words } from './words.ts';

/** The average place that each option of a ranking was given, the best first; null where none was. */
export function averagePlaces(
  { by }: Counts,
  ids: readonly string[],
): readonly { readonly id: string; readonly place: number | null }[] {
  const places = ids.map((id) => {
    let n = 0;
    let sum = 0;
    for (let place = 1; place <= ids.length; place += 1) {
      const here = by[`${id}/${place}`] ?? 0;
      n += here;
      sum += here * place;
    }
    return { id, place: n === 0 ? null : sum / n };
  });
  return places.sort((one, other) => (one.place ?? Infinity) - (other.place ?? Infinity));
}

/** A line of a list of bars, and what more may be put into it. `share` is between 0 and 1. */
export function barLine(text: string, figures: string, share: number) {
  const label = el('span', 'bar-text', text);
  label.dir = 'auto';
  const fill = el('span', 'bar-fill');
  fill.style.width = `${Math.round(share * 100)}%`;
  const track = el('span', 'bar', fill);
  track.setAttribute('aria-hidden', 'true');
  const head = el('p', 'bar-head', label, el('span', 'bar-figures', figures));
  return { root: el('li', '', head, track), label, fill, track };
}

function bar(text: string, figures: string, share: number, marks: readonly string[]): HTMLElement {
  const { root, label } = barLine(text, figures, share);
  marks.forEach((mark) => label.append(' ', el('span', 'mark', mark)));
  return root;
}

/** What a poll came to, as bars with words. Nothing of it where it is not shown. C4 */
export function drawResult(
  root: HTMLElement,
  { form, tally, open, right }: PhonePoll,
  mine: Choice | undefined,
  words: Words,
): void {
  if (tally === null) {
    replace(root);
    return;
  }
  const { all } = tally;
  const heading = el('p', 'hint', words('result.answers', { n: all.ballots }));
  if (open) heading.prepend(`${words('result.so-far')}: `);
  const own = keysOf(mine);
  const list = el('ul', 'bars');
  if (form.kind === 'text') {
    const texts = tally.texts.filter(({ shown }) => shown);
    for (const { text } of texts) {
      const line = el('li', 'said', text);
      line.dir = 'auto';
      list.append(line);
    }
    replace(root, heading, texts.length === 0 ? el('p', 'hint', words('result.no-texts')) : list);
    return;
  }
  if (all.ballots === 0) {
    replace(root, el('p', 'hint', words('result.none')));
    return;
  }
  if (form.kind === 'hum') {
    // As a loudness, and never as counts.
    const share = loudness(all);
    const text = words(`hum.${1 + Math.round(share * (HUM_STEPS - 1))}` as Key);
    list.append(bar(words('result.hum', { text }), '', share, []));
    replace(root, list);
    return;
  }
  const steps = stepsOf(form, words);
  if (form.kind === 'ranking') {
    for (const { id, place } of averagePlaces(
      all,
      steps.map(({ key }) => key),
    )) {
      const text = steps.find(({ key }) => key === id)?.text ?? '';
      const share = place === null ? 0 : (steps.length - place + 1) / steps.length;
      list.append(bar(text, place === null ? '' : words('result.place', { n: place }), share, []));
    }
  } else {
    for (const { key, text } of steps) {
      const n = all.by[key] ?? 0;
      const marks = [
        ...(own.includes(key) ? [words('result.yours')] : []),
        ...(right === key ? [words('result.right')] : []),
      ];
      list.append(bar(text, words('result.line', { n, of: all.ballots }), n / all.ballots, marks));
    }
  }
  replace(root, heading, list);
  const { mean } = stepResult(form.most, all);
  if (form.kind === 'scale' && mean !== null) {
    root.append(el('p', 'hint', words('result.average', { n: mean })));
  }
}
