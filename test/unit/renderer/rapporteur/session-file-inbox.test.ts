import { describe, expect, it } from 'vitest';
import { createSessionFileInbox } from '../../../../renderer/session-file/session-file-inbox.ts';
import { packSessionFile } from '../../../../src/core/bundle/session-file.ts';
import { documentKeyFrom } from '../../../../src/core/protocol/document-key.ts';
import { signingSeedFrom } from '../../../../src/core/protocol/session-key.ts';
import { encodeTicket, issueTicket } from '../../../../src/core/protocol/ticket.ts';
import type { SessionId } from '../../../../src/core/session/ids.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file that was handed over', () => {
  it('waits to be looked at where it is a session file, whatever it is called', () => {
    const inbox = createSessionFileInbox();
    const bytes = packSessionFile(
      { sessionId: 'session' as SessionId, title: 'IoT', savedAt: 0, from: null, documents: [] },
      [],
      (length) => new Uint8Array(length),
    );
    expect(inbox.take({ name: 'copy.bin', bytes })).toBe(true);
    expect(inbox.waiting.getState()?.name).toBe('copy.bin');
    inbox.clear();
    expect(inbox.waiting.getState()).toBeNull();
  });

  it('waits also where a stick has left nothing of it, if its name says what it was', () => {
    const inbox = createSessionFileInbox();
    for (const text of ['', 'CAUCUS', 'CAUCUSSF', 'holiday']) {
      expect(inbox.take({ name: 'Group 2.CAUCUS', bytes: bytesOf(text) })).toBe(true);
    }
  });

  it('is left to others where it is something else', () => {
    const inbox = createSessionFileInbox();
    for (const text of ['', 'CAUCUS', 'CAUCUSSF', 'caucus://join#x']) {
      expect(inbox.take({ name: 'a.caucus-ticket', bytes: bytesOf(text) })).toBe(false);
    }
    const ticket = encodeTicket(
      issueTicket(
        {
          ticketId: 'ticket',
          title: 'IoT',
          role: 'moderator',
          groupId: null,
          plan: documentKeyFrom(new Uint8Array(32)).secret,
          groups: new Map(),
          addresses: [],
          hubId: null,
        },
        signingSeedFrom(new Uint8Array(32)),
        Date.now(),
      ),
    );
    expect(inbox.take({ name: 'ticket.caucus', bytes: bytesOf(ticket) })).toBe(false);
    expect(inbox.waiting.getState()).toBeNull();
  });
});
