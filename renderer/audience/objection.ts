import { MAX_OBJECTION_CHARACTERS } from '../../src/core/consensus/poll.ts';
import { button, el, labelled, show, type View, write } from './dom.ts';
import { latest, nothingSaid, type Said } from './kept.ts';
import type { Phone } from './phone.ts';
import type { PhoneState } from './phone-state.ts';
import type { Key, Words } from './words.ts';

function news(said: Said<string>, up: boolean): Key | null {
  if (said.pending !== null) return up ? 'object.sending' : 'object.away';
  if (said.refused !== null)
    return said.refused === 'not-open' ? 'object.closed' : 'object.refused';
  return latest(said) ? 'object.counted' : null;
}

/** "I cannot live with this", and why. C3 */
export function createObjection(poll: string, phone: Phone, words: Words): View<PhoneState> {
  const root = el('section', 'objection');
  const area = el('textarea');
  area.maxLength = MAX_OBJECTION_CHARACTERS;
  area.rows = 3;
  area.dir = 'auto';
  const sendIt = button('danger', words('object.send'), () => {
    phone.object(area.value.trim());
    close();
  });
  const form = el(
    'div',
    'panel',
    labelled(words('object.label'), area, words('object.why')),
    el(
      'div',
      'row',
      sendIt,
      button('quiet', words('object.cancel'), () => close()),
    ),
  );
  const state = el('p', 'state');
  state.setAttribute('role', 'status');
  const open = button('quiet danger-quiet', words('object.open'), () => {
    const isOpening = form.hidden === true;
    show(form, isOpening);
    open.setAttribute('aria-expanded', String(isOpening));
    if (!isOpening) return;
    area.focus();
    area.scrollIntoView({ block: 'center' });
  });
  const back = button('quiet', words('object.back'), () => {
    area.value = '';
    phone.object('');
    open.focus();
  });
  open.setAttribute('aria-expanded', 'false');
  form.hidden = true;
  function close(): void {
    form.hidden = true;
    open.setAttribute('aria-expanded', 'false');
    open.focus();
  }
  const ready = (): void => {
    sendIt.disabled = area.value.trim() === '';
  };
  area.addEventListener('input', ready);
  root.append(el('div', 'row', open, back), form, state);
  let sent = '';
  return {
    root,
    update({ kept, up, poll: current }) {
      const said = kept.objections[poll] ?? nothingSaid;
      const text = latest(said) ?? '';
      if (text !== sent && form.hidden) area.value = text;
      sent = text;
      // Also once the poll is closed: who cannot live with it may say so late.
      const canObject = current?.form.id === poll;
      const key = news(said, up);
      show(open, canObject);
      show(back, canObject && text !== '');
      write(open, words(text === '' ? 'object.open' : 'object.edit'));
      write(state, key === null ? '' : words(key));
      state.className = `state ${said.pending !== null ? 'is-wait' : said.refused !== null ? 'is-bad' : 'is-good'}`;
      show(root, canObject || key !== null);
      ready();
    },
  };
}
