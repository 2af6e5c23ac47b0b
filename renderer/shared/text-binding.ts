import { caretAfter, mergeTexts } from './merge-texts.ts';

/** One text field and the document's text that it shows. */
export interface TextBinding {
  /** The document's text has become `value`. */
  show(value: string): void;
  /** The person typed, pasted or cut. */
  typed(): void;
  compositionStarted(): void;
  compositionEnded(): void;
}

/**
 * Ties a text field to a text that others change too. What they write appears without moving the
 * caret; while an input method is composing, theirs waits, because changing the field would break
 * the composition off, and what is typed waits with it, because it would undo theirs.
 *
 * `send` gets the whole text and returns false where the document refused it.
 */
export function bindText(
  field: HTMLTextAreaElement,
  initial: string,
  send: (text: string) => boolean,
): TextBinding {
  let current = initial;
  /** The document's text that the field last agreed with. */
  let agreed = initial;
  let composing = false;

  function takeIn(): void {
    const mine = field.value;
    // A browser may put back a field's text before the document is read: the same words, once.
    const next = mine === current ? current : mergeTexts(agreed, mine, current);
    agreed = current;
    if (next === mine) return;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
    field.value = next;
    if (field.ownerDocument.activeElement !== field) return;
    field.setSelectionRange(
      caretAfter(mine, next, selectionStart),
      caretAfter(mine, next, selectionEnd),
      selectionDirection,
    );
    field.scrollTop = scrollTop;
  }
  function handOver(): void {
    const text = field.value;
    if (text === current) return;
    // Before sending, because the document answers with `show` at once.
    const before = agreed;
    agreed = text;
    if (!send(text)) agreed = before;
  }

  return {
    show(value) {
      current = value;
      if (!composing) takeIn();
    },
    typed() {
      if (composing && current !== agreed) return;
      handOver();
    },
    compositionStarted() {
      composing = true;
    },
    compositionEnded() {
      composing = false;
      if (current !== agreed) takeIn();
      handOver();
    },
  };
}
