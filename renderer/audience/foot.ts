import { button, el, labelled, replace, show, type View, write } from './dom.ts';
import type { Asked, AskState } from './kept.ts';
import { latest } from './kept.ts';
import type { Phone } from './phone.ts';
import { partsOf, type PhoneState } from './phone-state.ts';
import { createDeclaration } from './who.ts';
import type { Key, Words } from './words.ts';

const MAX_ASK_CHARACTERS = 500;

function handNews({ kept, up }: PhoneState): Key | null {
  const { hand, handTaken } = kept;
  if (hand.pending !== null) {
    if (up) return 'hand.sending';
    return hand.pending.value ? 'hand.away' : 'hand.lowering';
  }
  if (hand.counted?.value !== true) return null;
  return handTaken ? 'hand.taken' : 'hand.up';
}

function askNews(state: AskState, up: boolean): Key {
  if (state === 'sending') return up ? 'ask.sending' : 'ask.away';
  if (state === 'kept' || state === 'taken' || state === 'done') return `ask.${state}`;
  return 'ask.refused';
}

/** Asking a question, or having something read out; below, what has become of it. */
function createAsk(phone: Phone, words: Words, close: () => void): View<PhoneState> {
  const area = el('textarea');
  area.rows = 3;
  area.maxLength = MAX_ASK_CHARACTERS;
  area.dir = 'auto';
  const say = (kind: Asked['kind']) => () => {
    phone.ask(kind, area.value.trim());
    area.value = '';
    ready();
    area.focus();
  };
  const question = button('quiet', words('ask.question'), say('question'));
  const readOut = button('quiet', words('ask.read-out'), say('read-out'));
  const ready = (): void => {
    question.disabled = readOut.disabled = area.value.trim() === '';
  };
  area.addEventListener('input', ready);
  ready();
  const list = el('ul', 'asked-list');
  const told = el('div', '', list);
  told.setAttribute('role', 'status');
  const root = el(
    'section',
    'panel',
    el('h2', '', words('ask.heading')),
    labelled(words('ask.label'), area),
    el('div', 'row', question, readOut),
    told,
    el('div', 'row', button('quiet', words('ask.close'), close)),
  );
  let drawn = '';
  return {
    root,
    update({ kept, up }) {
      const lines = kept.asked.map(({ text, state }) => [text, words(askNews(state, up))] as const);
      const picture = JSON.stringify(lines);
      if (picture === drawn) return;
      drawn = picture;
      replace(
        list,
        ...lines.map(([text, news]) => {
          const said = el('p', 'said', text);
          said.dir = 'auto';
          return el('li', '', said, el('p', 'hint', news));
        }),
      );
    },
  };
}

/** Who one is counted as, and what this page does not protect. */
function createYou(phone: Phone, words: Words, close: () => void): View<PhoneState> {
  const place = el('div');
  const title = el('p', 'hint');
  title.dir = 'auto';
  const root = el(
    'section',
    'panel',
    el('h2', '', words('you.heading')),
    place,
    el('p', 'small', words('open')),
    title,
    el('div', 'row', button('quiet', words('you.close'), close)),
  );
  let drawn = '';
  return {
    root,
    update({ room, kept }) {
      if (room === null) return;
      write(title, room.title);
      const before = latest(kept.declared) ?? null;
      const picture = JSON.stringify([partsOf(room), before]);
      if (picture === drawn) return;
      drawn = picture;
      const declare = (declared: Parameters<Phone['declare']>[0]): void => {
        phone.declare(declared);
        close();
      };
      replace(place, createDeclaration({ room, before, words, submit: 'who.save', declare }));
    },
  };
}

/** What is always within reach of the thumb: a hand, a question, oneself. */
export function createFoot(phone: Phone, words: Words): View<PhoneState> {
  const hand = button('quiet', words('hand.raise'), () => {
    phone.raiseHand(latest(phone.state().kept.hand) !== true);
  });
  const handState = el('p', 'state');
  handState.setAttribute('role', 'status');
  function panel(key: Key, create: typeof createAsk): readonly [HTMLElement, View<PhoneState>] {
    const open = button('quiet', words(key), () => toggle(view.root.hidden === true));
    const view = create(phone, words, () => {
      toggle(false);
      open.focus();
    });
    function toggle(isOpen: boolean): void {
      for (const [other, { root }] of panels) {
        root.hidden = !isOpen || root !== view.root;
        other.setAttribute('aria-expanded', String(!root.hidden));
      }
      if (!isOpen) return;
      const first = view.root.querySelector<HTMLElement>('textarea, select');
      first?.focus();
      first?.scrollIntoView({ block: 'center' });
    }
    open.setAttribute('aria-expanded', 'false');
    view.root.hidden = true;
    return [open, view];
  }
  const panels: readonly (readonly [HTMLElement, View<PhoneState>])[] = [
    panel('ask.open', createAsk),
    panel('you.open', createYou),
  ];
  const root = el(
    'footer',
    'foot',
    ...panels.map(([, { root }]) => root),
    handState,
    el('div', 'tools', hand, ...panels.map(([open]) => open)),
  );
  return {
    root,
    update(state) {
      const up = latest(state.kept.hand) === true;
      write(hand, words(up ? 'hand.lower' : 'hand.raise'));
      const key = handNews(state);
      write(handState, key === null ? '' : words(key));
      handState.className = `state ${state.kept.hand.pending === null ? 'is-good' : 'is-wait'}`;
      show(handState, key !== null);
      for (const [, view] of panels) view.update(state);
    },
  };
}
