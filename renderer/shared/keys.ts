/** Keys as people see and press them, for the machine at hand. */
export const isMac = (): boolean => /Mac|iPhone|iPad/u.test(navigator.userAgent);

const macNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌃⌥',
  Shift: '⇧',
  Enter: '↵',
};
const otherNames: Readonly<Record<string, string>> = { Mod: 'Ctrl', Enter: 'Enter' };

/**
 * How a chord like "Mod+Shift+Z" is written on this machine. `Mod` is ⌘ on a Mac and Ctrl
 * elsewhere. `Alt` is ⌃⌥ on a Mac, where ⌥ alone types letters.
 */
export function keyNames(chord: string, mac: boolean): readonly string[] {
  const names = mac ? macNames : otherNames;
  return chord.split('+').map((key) => names[key] ?? key);
}

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

/** Whether ⌘ (Mac) or Ctrl (elsewhere) is held, and Alt is not: AltGr counts as Ctrl+Alt. */
const modHeld = (event: Pressed, mac: boolean): boolean =>
  (mac ? event.metaKey : event.ctrlKey) && !event.altKey;

export function isUndoKey(event: Pressed, mac: boolean): 'undo' | 'redo' | null {
  if (!modHeld(event, mac)) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !mac ? 'redo' : null;
}

/** The digit of Ctrl+1 … Ctrl+9 (on a Mac also ⌘), or null. By place, as French rows need Shift. */
export function ctrlDigit(event: Pressed): number | null {
  if ((!event.ctrlKey && !event.metaKey) || event.altKey || event.shiftKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/u.exec(event.code)?.[1];
  return digit === undefined ? null : Number(digit);
}

/**
 * The letter of Alt+A … Alt+Z (on a Mac ⌃⌥), in lower case, or null. Keyboards that type no Latin
 * letters go by the key's place. AltGr, which types letters, is none of it.
 */
export function altLetter(event: Pressed, mac: boolean): string | null {
  if (!event.altKey || event.metaKey || event.shiftKey || event.ctrlKey !== mac) return null;
  const typed = event.key.toLowerCase();
  if (!mac && /^[a-z]$/u.test(typed)) return typed;
  return /^Key([A-Z])$/u.exec(event.code)?.[1]?.toLowerCase() ?? null;
}

/** The digit of Alt+0 … Alt+9 (on a Mac ⌃⌥), or null. */
export function altDigit(event: Pressed, mac: boolean): number | null {
  if (!event.altKey || event.metaKey || event.shiftKey || event.ctrlKey !== mac) return null;
  const digit = /^Digit([0-9])$/u.exec(event.code)?.[1];
  return digit === undefined ? null : Number(digit);
}

/** Whether the key goes into a text that is being typed. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, input:not([type=checkbox])'))
  );
}
