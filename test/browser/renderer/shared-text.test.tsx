import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { SharedText } from '../../../renderer/shared/shared-text.tsx';
import { useView } from '../../../renderer/shared/use-view.ts';
import { editText } from '../../../src/core/session/text.ts';
import { clear, render } from './render.tsx';

interface Fixture {
  readonly text: Y.Text;
  readonly field: HTMLTextAreaElement;
  /** Writes as another laptop would. */
  readonly remote: (value: string) => void;
}

/** A field on a Y.Text; texts above `longest` characters are refused. */
function fixture(initial: string, longest = 1000): Fixture {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  text.insert(0, initial);
  let current = initial;
  const view = {
    snapshot: () => current,
    subscribe(listener: () => void) {
      const changed = (): void => {
        current = text.toString();
        listener();
      };
      text.observe(changed);
      return () => text.unobserve(changed);
    },
  };
  function Field() {
    const value = useView(view);
    const [refused, setRefused] = useState(false);
    return (
      <>
        <SharedText
          value={value}
          label="Text"
          onEdit={(typed) => {
            const fits = typed.length <= longest;
            if (fits) editText(text, typed);
            setRefused(!fits);
            return fits;
          }}
        />
        <output>{refused ? 'too long' : ''}</output>
      </>
    );
  }
  const place = render(<Field />);
  const field = place.querySelector('textarea');
  if (field === null) throw new Error('There is no field');
  return { text, field, remote: (value) => void editText(text, value) };
}

afterEach(clear);

describe('a text that several laptops write in', () => {
  it('hands over what is typed at once (S1)', async () => {
    const { text, field } = fixture('');
    await userEvent.type(field, 'Makers must answer');
    expect(text.toString()).toBe('Makers must answer');
  });

  it('keeps the caret where it was when others write before and behind it', async () => {
    const { text, field, remote } = fixture('makers answer');
    await userEvent.click(field);
    field.setSelectionRange(6, 6);
    remote('all makers answer in time');
    await expect.poll(() => field.value).toBe('all makers answer in time');
    await userEvent.keyboard(' must');
    expect(text.toString()).toBe('all makers must answer in time');
  });

  it('keeps a selection, and where it began', async () => {
    const { field, remote } = fixture('one two three');
    field.focus();
    field.setSelectionRange(4, 7, 'backward');
    remote('zero one two three');
    await expect.poll(() => field.value).toBe('zero one two three');
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('two');
    expect(field.selectionDirection).toBe('backward');
  });

  it('does not take the focus when others write', async () => {
    const { field, remote } = fixture('one');
    remote('one two');
    await expect.poll(() => field.value).toBe('one two');
    expect(document.activeElement).not.toBe(field);
  });

  it('holds what others write back while an input method composes, and then keeps both (S2)', async () => {
    const { text, field } = fixture('前');
    await userEvent.click(field);
    field.setSelectionRange(1, 1);
    await cdp().send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    text.insert(0, '会議 ');
    await cdp().send('Input.imeSetComposition', {
      text: '日本',
      selectionStart: 2,
      selectionEnd: 2,
    });
    expect(field.value).toBe('前日本');
    expect(text.toString()).toBe('会議 前に');
    await cdp().send('Input.insertText', { text: '日本' });
    await expect.poll(() => field.value).toBe('会議 前日本');
    expect(text.toString()).toBe('会議 前日本');
    await userEvent.keyboard('語');
    expect(text.toString()).toBe('会議 前日本語');
  });

  it('hands over while composing where nobody else writes', async () => {
    const { text, field } = fixture('');
    await userEvent.click(field);
    await cdp().send('Input.imeSetComposition', {
      text: 'かんじ',
      selectionStart: 3,
      selectionEnd: 3,
    });
    expect(text.toString()).toBe('かんじ');
    await cdp().send('Input.insertText', { text: '漢字' });
    await expect.poll(() => text.toString()).toBe('漢字');
  });

  it('keeps what was typed where it is refused, and takes it once it fits', async () => {
    const { text, field, remote } = fixture('12345', 6);
    await userEvent.click(field);
    field.setSelectionRange(5, 5);
    await userEvent.keyboard('678');
    await expect.element(page.getByText('too long')).toBeInTheDocument();
    expect(field.value).toBe('12345678');
    expect(text.toString()).toBe('123456');
    remote('23456');
    await expect.poll(() => field.value).toBe('2345678');
    await userEvent.keyboard('{Backspace}{Backspace}{Backspace}');
    expect(text.toString()).toBe('2345');
  });

  it('never cuts an emoji in half', async () => {
    const { text, field } = fixture('👩‍🌾👍');
    await userEvent.click(field);
    field.setSelectionRange(field.value.length, field.value.length);
    await userEvent.keyboard('{Backspace}');
    await cdp().send('Input.insertText', { text: '👎' });
    expect(text.toString()).toBe('👩‍🌾👎');
  });

  it('reads from the right where its text does', async () => {
    const { field } = fixture('مرحبا');
    expect(field.dir).toBe('auto');
    expect(getComputedStyle(field).direction).toBe('rtl');
  });

  it('takes a note of 100 KB', async () => {
    const { text, field, remote } = fixture('', 1_000_000);
    const long = 'Small makers cannot staff a response desk. '.repeat(2400);
    field.focus();
    field.value = long;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(text.toString().length).toBe(long.length);
    remote(`First. ${long}`);
    await expect.poll(() => field.value.length).toBe(long.length + 7);
  });
});
