import { describe, expect, it } from 'vitest';
import {
  altDigit,
  altLetter,
  ctrlDigit,
  isUndoKey,
  keyNames,
} from '../../../renderer/shared/keys.ts';

type Pressed = Parameters<typeof altLetter>[0];
const press = (change: Partial<Pressed>): Pressed => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...change,
});

describe('keys', () => {
  it('are written as the machine has them', () => {
    expect(keyNames('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(keyNames('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  });

  it('Alt and a letter choose a question, by what the key types', () => {
    expect(altLetter(press({ altKey: true, key: 'b', code: 'KeyB' }), false)).toBe('b');
    expect(altLetter(press({ altKey: true, key: 'a', code: 'KeyQ' }), false)).toBe('a');
    expect(altLetter(press({ altKey: true, key: 'ش', code: 'KeyA' }), false)).toBe('a');
  });

  it('AltGr types letters and is left alone', () => {
    expect(
      altLetter(press({ altKey: true, ctrlKey: true, key: 'ą', code: 'KeyA' }), false),
    ).toBeNull();
  });

  it('⌥ alone types letters on a Mac and is left alone; ⌃⌥ chooses', () => {
    expect(altLetter(press({ altKey: true, key: 'å', code: 'KeyA' }), true)).toBeNull();
    expect(altLetter(press({ altKey: true, ctrlKey: true, key: 'å', code: 'KeyA' }), true)).toBe(
      'a',
    );
  });

  it('Ctrl or ⌘ and a digit choose a kind, also where digits need Shift', () => {
    expect(ctrlDigit(press({ ctrlKey: true, key: '&', code: 'Digit1' }))).toBe(1);
    expect(ctrlDigit(press({ metaKey: true, key: '5', code: 'Digit5' }))).toBe(5);
    expect(ctrlDigit(press({ key: '5', code: 'Digit5' }))).toBeNull();
    expect(altDigit(press({ altKey: true, code: 'Digit0' }), false)).toBe(0);
  });

  it('undo and redo', () => {
    expect(isUndoKey(press({ ctrlKey: true, key: 'z' }), false)).toBe('undo');
    expect(isUndoKey(press({ ctrlKey: true, shiftKey: true, key: 'Z' }), false)).toBe('redo');
    expect(isUndoKey(press({ ctrlKey: true, key: 'y' }), false)).toBe('redo');
    expect(isUndoKey(press({ metaKey: true, key: 'z' }), true)).toBe('undo');
    expect(isUndoKey(press({ ctrlKey: true, key: 'z' }), true)).toBeNull();
  });
});
