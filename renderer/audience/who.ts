import type { Declared, Part, PhoneRoom } from '../../src/core/protocol/voting-frames.ts';
import { button, el, labelled } from './dom.ts';
import type { Key, Words } from './words.ts';

export const undeclared: Declared = { stakeholderGroup: '', region: '', breakoutGroup: '' };

export interface DeclareOptions {
  readonly room: PhoneRoom;
  /** What was declared before; null where nothing was yet. */
  readonly before: Declared | null;
  readonly words: Words;
  readonly submit: Key;
  readonly declare: (declared: Declared) => void;
}

function picker(parts: readonly Part[], before: string | null, words: Words): HTMLSelectElement {
  const select = el('select');
  const add = (value: string, text: string): HTMLOptionElement => {
    const option = el('option', '', text);
    option.value = value;
    select.append(option);
    return option;
  };
  if (before === null) add('', words('who.choose')).disabled = true;
  for (const { id, name } of parts) add(id, name);
  add('', words('who.unsaid'));
  select.selectedIndex = 0;
  const known = parts.findIndex(({ id }) => id === before);
  if (before !== null) select.selectedIndex = known < 0 ? parts.length : known;
  return select;
}

/** Stakeholder group, region and breakout group, each with "rather not say". */
export function createDeclaration(options: DeclareOptions): HTMLFormElement {
  const { room, before, words, submit, declare } = options;
  const form = el('form', 'declaration');
  const fields: readonly (readonly [keyof Declared, readonly Part[]])[] = [
    ['stakeholderGroup', room.stakeholderGroups],
    ['region', room.regions],
    ['breakoutGroup', room.breakoutGroups],
  ];
  const selects = fields
    .filter(([, parts]) => parts.length > 0)
    .map(([name, parts]) => {
      const select = picker(parts, before?.[name] ?? null, words);
      form.append(labelled(words(`who.${name}`), select));
      return { name, select };
    });
  const go = el('button', 'primary', words(submit));
  go.type = 'submit';
  form.append(el('div', 'send', go));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const said = selects.map(({ name, select }) => [name, select.value] as const);
    declare(Object.assign({}, undeclared, ...said.map(([name, id]) => ({ [name]: id }))));
  });
  return form;
}

/** The first screen: who one is here, or not, and on to the question. */
export function createWho(options: DeclareOptions, lasts: boolean): HTMLElement {
  const { room, words, declare } = options;
  const heading = el('h1', '', words('who.heading'));
  heading.tabIndex = -1;
  const title = el('p', 'title', room.title);
  title.dir = 'auto';
  const form = createDeclaration(options);
  form.append(button('quiet', words('who.skip'), () => declare(undeclared)));
  return el(
    'section',
    'who',
    title,
    heading,
    el('p', 'hint', words('who.why')),
    el('div', 'space'),
    form,
    el('p', 'small', words('open')),
    ...(lasts ? [] : [el('p', 'small', words('session-only'))]),
  );
}
