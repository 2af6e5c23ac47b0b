import { button, el, labelled, write } from './dom.ts';
import type { Phone } from './phone.ts';
import type { Barred, PhoneState } from './phone-state.ts';
import type { View } from './dom.ts';
import { drawResult } from './result.ts';
import { drawVerdict } from './verdict.ts';
import type { Key, Words } from './words.ts';

function headed(className: string, key: Key, words: Words): HTMLElement {
  const heading = el('h1', '', words(key));
  heading.tabIndex = -1;
  return el('section', className, heading);
}

const news: Readonly<Partial<Record<Barred, Key>>> = {
  'unknown-code': 'code.unknown',
  'code-used': 'code.used',
  'code-sent': 'ask.sending',
  'too-many-codes': 'code.too-many',
};

/** Where the moderator has given out codes, one for each voter. */
export function createCode(phone: Phone, words: Words): View<PhoneState> {
  const root = headed('who', 'code.heading', words);
  const input = el('input', 'code');
  input.type = 'text';
  input.autocomplete = 'off';
  input.setAttribute('autocapitalize', 'characters');
  input.spellcheck = false;
  input.dir = 'ltr';
  input.maxLength = 40;
  input.required = true;
  const wrong = el('p', 'state is-bad');
  wrong.setAttribute('role', 'alert');
  const go = el('button', 'primary', words('code.go'));
  go.type = 'submit';
  const form = el(
    'form',
    '',
    labelled(words('code.label'), input, words('code.why')),
    wrong,
    el('div', 'send', go),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = input.value.trim();
    if (code !== '') phone.enterCode(code);
  });
  root.append(el('div', 'space'), form, el('p', 'small', words('open')));
  return {
    root,
    update({ barred }) {
      const key = barred === null ? undefined : news[barred];
      write(wrong, key === undefined ? '' : words(key));
    },
  };
}

export function createOld(words: Words): HTMLElement {
  const root = headed('plain', 'old.heading', words);
  root.append(
    el('p', 'hint', words('old.text')),
    el('div', 'space'),
    button('primary', words('old.reload'), () => location.reload()),
  );
  return root;
}

export function createNoRoom(words: Words): HTMLElement {
  const root = headed('plain', 'no-room.heading', words);
  root.append(el('p', 'hint', words('no-room.text')));
  return root;
}

/** Between two questions: what the last one came to, where it was shown. C4 */
export function createWaiting(words: Words): View<PhoneState> {
  const root = headed('plain', 'waiting.heading', words);
  const question = el('h2');
  question.dir = 'auto';
  const result = el('div', 'result');
  const last = el('section', 'last', el('p', 'hint', words('waiting.before')), question, result);
  root.append(el('p', 'hint', words('waiting.text')), last);
  return {
    root,
    update({ before, room, kept }) {
      last.hidden = before === null;
      if (before === null) return;
      write(question, before.form.question);
      drawResult(result, before, kept.answers[before.form.id]?.counted?.value, words);
      const { verdict } = before;
      if (verdict !== null && room !== null) result.prepend(drawVerdict(verdict, room, words));
    },
  };
}
