import { describe, expect, it } from 'vitest';
import { createSessionFileInbox } from '../../../../renderer/session-file/session-file-inbox.ts';
import { packSessionFile } from '../../../../src/core/bundle/session-file.ts';
import type { SessionId } from '../../../../src/core/session/ids.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file that was handed over', () => {
  it('waits to be looked at where it is a session file, whatever it is called', () => {
    const inbox = createSessionFileInbox();
    const bytes = packSessionFile(
      { sessionId: 'session' as SessionId, title: 'IoT', savedAt: 0, documents: [] },
      [],
      (length) => new Uint8Array(length),
    );
    expect(inbox.take({ name: 'copy.bin', bytes })).toBe(true);
    expect(inbox.waiting.getState()?.name).toBe('copy.bin');
    inbox.clear();
    expect(inbox.waiting.getState()).toBeNull();
  });

  it('is left to others where it is something else', () => {
    const inbox = createSessionFileInbox();
    for (const text of ['', 'CAUCUS', 'CAUCUSSF', 'caucus://join#x']) {
      expect(inbox.take({ name: 'ticket.caucus', bytes: bytesOf(text) })).toBe(false);
    }
    expect(inbox.waiting.getState()).toBeNull();
  });
});
