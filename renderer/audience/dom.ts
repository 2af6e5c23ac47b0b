/** A part of the screen that follows what the phone knows. */
export interface View<S> {
  readonly root: HTMLElement;
  update(state: S): void;
}

export type Child = Node | string;

/** An element with a class and what is in it. Texts stay texts, whatever stands in them. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

export function button(className: string, text: string, press: () => void): HTMLButtonElement {
  const element = el('button', className, text);
  element.type = 'button';
  element.addEventListener('click', press);
  return element;
}

/** Writes only what differs: a screen reader reads out what is written anew. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}

export function replace(element: Element, ...children: readonly Child[]): void {
  element.textContent = '';
  element.append(...children);
}

let ids = 0;
export function newId(): string {
  ids += 1;
  return `e${ids}`;
}

/** A label and what it is the label of. */
export function labelled(text: string, control: HTMLElement, hint = ''): HTMLElement {
  control.id = newId();
  const label = el('label', 'label', text);
  label.htmlFor = control.id;
  const field = el('div', 'field', label);
  if (hint !== '') {
    const note = el('p', 'hint', hint);
    note.id = newId();
    control.setAttribute('aria-describedby', note.id);
    field.append(note);
  }
  field.append(control);
  return field;
}
