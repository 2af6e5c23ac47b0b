import { button, el, labelled, show, type View, write } from './dom.ts';
import { latest } from './kept.ts';
import type { Phone } from './phone.ts';
import type { PhoneState } from './phone-state.ts';
import type { Words } from './words.ts';

const MAX_NAME_CHARACTERS = 24;

/** What the leaderboard of a quiz calls this voter; nobody has to. */
export function createNickname(phone: Phone, words: Words): View<PhoneState> {
  const input = el('input');
  input.type = 'text';
  input.maxLength = MAX_NAME_CHARACTERS;
  input.autocomplete = 'off';
  input.dir = 'auto';
  const save = button('quiet', words('quiz.name-save'), () => phone.callMe(input.value.trim()));
  const state = el('p', 'state');
  state.setAttribute('role', 'status');
  const fold = el(
    'details',
    'fold',
    el('summary', '', words('quiz.name')),
    labelled(words('quiz.name'), input, words('quiz.name-why')),
    el('div', 'row', save),
  );
  const root = el('section', '', fold, state);
  const ready = (): void => {
    save.disabled = input.value.trim() === '';
  };
  input.addEventListener('input', ready);
  ready();
  return {
    root,
    update({ kept, up }) {
      const name = latest(kept.name) ?? '';
      const waits = kept.name.pending !== null;
      const waiting = words(up ? 'ask.sending' : 'ask.away');
      write(state, waits ? waiting : name === '' ? '' : words('quiz.name-kept', { text: name }));
      show(state, name !== '');
    },
  };
}
