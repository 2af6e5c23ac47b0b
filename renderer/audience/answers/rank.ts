import { button, el, replace } from '../dom.ts';
import type { AnswerInput, AnswerOptions } from './answer-input.ts';
import { sendingDraft } from './draft.ts';
import { keysOf } from './steps.ts';

/** The options in order of preference: tapped one after the other, moved by one place at a time. */
export function createRank(options: AnswerOptions): AnswerInput {
  const { form, words, labelledBy } = options;
  const root = el('fieldset', 'answers');
  root.setAttribute('aria-labelledby', labelledBy);
  const list = el('ol', 'ranking');
  root.append(list);
  let order: readonly string[] = [];

  const rows = form.options.map(({ id, text }) => {
    const place = el('span', 'place');
    place.setAttribute('aria-hidden', 'true');
    const placed = el('span', 'aloud');
    const label = el('span', 'answer-text', text);
    label.dir = 'auto';
    const pick = button('answer', '', () => {
      order = order.includes(id) ? order.filter((one) => one !== id) : [...order, id];
      const [last, ...more] = rows.filter((row) => !order.includes(row.id));
      // Where only one is left there is nothing to choose.
      if (order.includes(id) && last !== undefined && more.length === 0) {
        order = [...order, last.id];
      }
      shown();
    });
    pick.append(place, label, placed);
    const up = mover('ranking.up', -1);
    const down = mover('ranking.down', 1);
    function mover(key: 'ranking.up' | 'ranking.down', by: -1 | 1): HTMLButtonElement {
      const one = button(`move ${by < 0 ? 'move-up' : 'move-down'}`, '', () => {
        const others = order.filter((other) => other !== id);
        others.splice(Math.max(0, order.indexOf(id) + by), 0, id);
        order = others;
        shown();
        // What was moved keeps the focus, or gives it on where there is nowhere to go.
        (one.disabled ? (by < 0 ? down : up) : one).focus();
      });
      one.setAttribute('aria-label', words(key, { text }));
      return one;
    }
    return { id, pick, place, placed, up, down, row: el('li', 'ranked', pick, up, down) };
  });

  function shown(): void {
    draw();
    input.changed();
  }
  function draw(): void {
    const focused = document.activeElement;
    const isWhole = order.length === rows.length;
    // Nothing moves under the thumb before all have their place.
    const inOrder = isWhole ? order.flatMap((id) => rows.filter((row) => row.id === id)) : rows;
    if (inOrder.some(({ row }, at) => list.children[at] !== row)) {
      replace(list, ...inOrder.map(({ row }) => row));
      if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
    }
    for (const { id, pick, place, placed, up, down } of rows) {
      const at = order.indexOf(id);
      const isRanked = at >= 0;
      place.textContent = isRanked ? words.figure(at + 1) : '';
      pick.setAttribute('aria-pressed', String(isRanked));
      const where = isRanked ? words('ranking.place', { n: at + 1 }) : words('ranking.none');
      placed.textContent = where;
      up.hidden = down.hidden = !isWhole;
      up.disabled = at <= 0;
      down.disabled = at === order.length - 1;
    }
  }
  const input = sendingDraft(
    root,
    {
      read: () => (order.length === 0 ? null : order),
      write(choice) {
        order = keysOf(choice);
        draw();
      },
      isWhole: () => order.length === 0 || order.length === rows.length,
    },
    options,
  );
  draw();
  return input;
}
