import { describe, expect, it } from 'vitest';
import { createTicketInbox } from '../../../renderer/join/ticket-inbox.ts';
import { readHubResult } from '../../../renderer/machine/hub-result.ts';
import { createNotices } from '../../../renderer/shared/notices.ts';
import { openedWords, roleKey } from '../../../renderer/start/session-words.ts';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import { createTranslate } from '../../../renderer/shared/translate.ts';

describe('the answer of the process beside the page', () => {
  const found = {
    hubId: 'other',
    plenary: true,
    sessions: ['aaaaaaaaaaaa'],
    addresses: ['ws://192.168.4.20:4711'],
  };
  const state = {
    localUrl: 'ws://localhost:4710',
    openToNetwork: false,
    addresses: [],
    hubId: 'this',
    found: [found],
  };

  it('is taken as it is where it is one', () => {
    expect(readHubResult({ ok: true, state })).toEqual({ ok: true, state });
    expect(readHubResult({ ok: false, reason: 'no-network' })).toEqual({
      ok: false,
      reason: 'no-network',
    });
  });

  it.each([
    null,
    'ok',
    {},
    { ok: true },
    { ok: true, state: { ...state, addresses: [1] } },
    { ok: true, state: { ...state, found: [{ ...found, plenary: 'yes' }] } },
    { ok: false, reason: 'x' },
  ])('counts as nobody there where it is something else: %j', (answer) => {
    expect(readHubResult(answer)).toEqual({ ok: false, reason: 'not-running' });
  });
});

describe('tickets that are handed over', () => {
  const file = (bytes: Uint8Array) => ({ name: 'a.caucus-ticket', bytes });

  it('come from a link or a file', () => {
    const inbox = createTicketInbox();
    inbox.take({ kind: 'link', link: 'caucus://join#abc' });
    expect(inbox.draft.getState()).toEqual({ text: 'caucus://join#abc', fault: null });
    inbox.take({ kind: 'file', file: file(new TextEncoder().encode(' xyz\n')) });
    expect(inbox.draft.getState().text).toBe('xyz');
  });

  it('are no films', () => {
    const inbox = createTicketInbox();
    inbox.take({ kind: 'file', file: file(new Uint8Array(70_000)) });
    expect(inbox.draft.getState()).toEqual({ text: '', fault: 'too-large' });
    inbox.type('abc');
    expect(inbox.draft.getState().fault).toBeNull();
  });
});

describe('toasts', () => {
  it('are few, and say nothing twice at a time', () => {
    const notices = createNotices();
    for (const message of ['a', 'b', 'b', 'c', 'd']) notices.say(message);
    expect(notices.store.getState().toasts.map(({ message }) => message)).toEqual(['b', 'c', 'd']);
  });

  it('no longer offer Undo once it was undone by keys', () => {
    const notices = createNotices();
    notices.say('Note deleted', () => undefined);
    notices.complain('That is too long');
    notices.dismissUndo();
    expect(notices.store.getState().toasts.map(({ tone }) => tone)).toEqual(['problem']);
  });
});

describe('sessions on this laptop', () => {
  const t = createTranslate(english);

  it('say as whom one takes part', () => {
    expect(t(roleKey({ role: 'moderator', plenary: true }))).toBe(
      'Moderator, on the plenary laptop',
    );
    expect(t(roleKey({ role: 'facilitator', plenary: false }))).toBe(
      'Facilitator of a breakout group',
    );
  });

  it('say when they were open', () => {
    const now = new Date(2026, 10, 22, 15, 0).getTime();
    expect(openedWords(now - 3_600_000, now, 'en', t)).toBe('today, 14:00');
    expect(openedWords(now - 20 * 3_600_000, now, 'en', t)).toBe('November 21, 2026, 19:00');
  });
});
