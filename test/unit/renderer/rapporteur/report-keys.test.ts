import { describe, expect, it } from 'vitest';
import { reportKey } from '../../../../renderer/rapporteur/report-keys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({
    key,
    code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    target: null,
    ...held,
  }) as KeyboardEvent;

describe('keys of the report screen', () => {
  it('are Ctrl on most machines and ⌘ on a Mac', () => {
    expect(reportKey(press('e', { ctrlKey: true }), false)).toBe('export');
    expect(reportKey(press('e', { metaKey: true }), true)).toBe('export');
    expect(reportKey(press('e', { ctrlKey: true }), true)).toBeNull();
    expect(reportKey(press('z', { ctrlKey: true }), false)).toBe('undo');
    expect(reportKey(press('z', { metaKey: true, shiftKey: true }), true)).toBe('redo');
  });

  it('go to the next thing, back, and around the screen', () => {
    expect(reportKey(press('n', { altKey: true }), false)).toBe('next');
    expect(reportKey(press('˜', { altKey: true, ctrlKey: true, code: 'KeyN' }), true)).toBe('next');
    expect(reportKey(press('b', { altKey: true }), false)).toBe('back');
    expect(reportKey(press('F6'), false)).toBe('region');
    expect(reportKey(press('F6', { shiftKey: true }), false)).toBe('region-before');
    expect(reportKey(press('F1'), false)).toBe('keys');
  });

  it('leave typing alone: letters, AltGr, and what an input method is composing', () => {
    expect(reportKey(press('e'), false)).toBeNull();
    expect(reportKey(press('€', { ctrlKey: true, altKey: true, code: 'KeyE' }), false)).toBeNull();
    expect(reportKey(press('F6', { isComposing: true }), false)).toBeNull();
  });
});
