import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  checkSessionFile,
  type FileableSession,
  importSessionFile,
  saveSessionFile,
} from '../../../src/browser/app/session-file.ts';
import { unpackSessionFile } from '../../../src/core/bundle/session-file.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { initialisePlanDocument } from '../../../src/core/session/plan-document.ts';
import { testContext } from '../../tools/context.ts';

const key = (byte: number) => documentKeyFrom(new Uint8Array(32).fill(byte));
const planInput = {
  title: 'A workshop',
  description: '',
  attribution: false,
  questions: [{ title: 'Value', text: 'What value?' }],
  groups: [{ name: 'Group 1', online: false }],
  agenda: [],
  stakeholderGroups: [],
  regions: [],
};
const groupId = 'g1' as GroupId;

/** A session with a plan and one group; `copy` is another laptop with the same documents. */
function session() {
  const planDoc = new Y.Doc();
  const { sessionId } = initialisePlanDocument(planDoc, planInput, testContext('plenary'));
  const groupDoc = new Y.Doc();
  initialiseGroupDocument(groupDoc, groupId);
  const laptop = (plan: Y.Doc, group: Y.Doc): FileableSession & { readonly group: Y.Doc } => ({
    sessionId,
    title: 'A workshop',
    group,
    documents: [
      { doc: plan, key: key(1), groupId: null },
      { doc: group, key: key(2), groupId },
    ],
  });
  const copyOf = (doc: Y.Doc): Y.Doc => {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    return copy;
  };
  return {
    mine: laptop(planDoc, groupDoc),
    copy: () => laptop(copyOf(planDoc), copyOf(groupDoc)),
  };
}
const note = (doc: Y.Doc, text: string) =>
  openGroupDocument(doc, testContext(`laptop-${text}`)).addNote({
    kind: 'point',
    questionId: null,
    text,
  });
const texts = (doc: Y.Doc) =>
  openGroupDocument(doc, testContext('reader'))
    .view.snapshot()
    .notes.map(({ text }) => text)
    .toSorted();
const state = (doc: Y.Doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');

describe('a session file', () => {
  it('says what is in it before, and brings it to a laptop that lacks it', () => {
    const { mine, copy } = session();
    const other = copy();
    note(mine.group, 'one');
    note(mine.group, 'two');
    const file = saveSessionFile(mine, 5_000);
    const before = state(other.group);
    const contents = { title: 'A workshop', savedAt: 5_000, groups: [groupId], news: 2 };
    expect(checkSessionFile(file, other)).toEqual({ ok: true, contents });
    expect(state(other.group)).toBe(before);
    expect(importSessionFile(file, other)).toEqual({ ok: true, contents });
    expect(texts(other.group)).toEqual(['one', 'two']);
  });

  it('S5: changes nothing the second time, nor when it is older than what is there', () => {
    const { mine, copy } = session();
    const other = copy();
    note(mine.group, 'old');
    const old = saveSessionFile(mine, 1);
    note(mine.group, 'new');
    const recent = saveSessionFile(mine, 2);
    importSessionFile(recent, other);
    note(other.group, 'theirs');
    const before = state(other.group);
    for (const file of [recent, old]) {
      expect(importSessionFile(file, other)).toMatchObject({ ok: true, contents: { news: 0 } });
    }
    expect(state(other.group)).toBe(before);
    expect(texts(other.group)).toEqual(['new', 'old', 'theirs']);
  });

  it('A1: opens only with the documents’ secrets, and holds none of what was typed in clear', () => {
    const { mine } = session();
    note(mine.group, 'a very recognisable sentence');
    const file = saveSessionFile(mine, 1);
    expect(unpackSessionFile(file, [key(9)])).toMatchObject({ ok: true, locked: 2 });
    const inClear = Buffer.from(file).toString('latin1');
    for (const secret of ['a very recognisable sentence', 'What value?', key(1).secret]) {
      expect(inClear).not.toContain(secret);
    }
  });

  it('takes only the groups that this laptop may open', () => {
    const { mine, copy } = session();
    note(mine.group, 'for group 1');
    const other = copy();
    const stranger: FileableSession = {
      ...other,
      documents: [{ doc: new Y.Doc(), key: key(7), groupId: 'g7' as GroupId }],
    };
    expect(checkSessionFile(saveSessionFile(mine, 1), stranger)).toEqual({
      ok: false,
      reason: 'no-access',
      title: 'A workshop',
    });
  });

  it('refuses the file of another session by its title', () => {
    const { mine } = session();
    const other = { ...mine, sessionId: 'another' as SessionId };
    expect(checkSessionFile(saveSessionFile(mine, 1), other)).toEqual({
      ok: false,
      reason: 'other-session',
      title: 'A workshop',
    });
  });
});

describe('a bad session file is refused, and nothing is changed', () => {
  const { mine, copy } = session();
  note(mine.group, 'x'.repeat(20_000));
  const file = saveSessionFile(mine, 1);
  const other = copy();
  const before = state(other.group);
  function expectRefused(bytes: Uint8Array, reason: string): void {
    expect(importSessionFile(bytes, other)).toMatchObject({ ok: false, reason });
    expect(state(other.group)).toBe(before);
  }
  /** Bytes with a checksum that fits, as somebody would make who means harm. */
  function resealed(change: (body: Uint8Array) => Uint8Array): Uint8Array {
    const body = change(file.slice(0, -32));
    return Uint8Array.from([...body, ...sha256(body)]);
  }

  it('cut off at every 1/50 of its length', () => {
    for (let part = 0; part < 50; part += 1) {
      const cut = file.slice(0, Math.floor((file.length * part) / 50));
      expectRefused(cut, cut.length < 8 ? 'not-a-session-file' : 'damaged');
    }
  });

  it('with any one bit flipped behind its name', () => {
    for (let at = 9; at < file.length; at += 7) {
      const flipped = file.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      expectRefused(flipped, 'damaged');
    }
  });

  it('with a checksum that fits but contents that were changed', () => {
    for (let at = 13; at < file.length - 32; at += 3) {
      const changed = resealed((body) => {
        body[at] = (body[at] ?? 0) ^ 1;
        return body;
      });
      expect(importSessionFile(changed, other).ok, `byte ${at}`).toBe(false);
      expect(state(other.group)).toBe(before);
    }
  });

  it('of a newer version', () => {
    const newer = file.slice();
    newer[8] = 2;
    expectRefused(newer, 'newer-version');
  });

  it('that is something else altogether', () => {
    expectRefused(new Uint8Array(0), 'not-a-session-file');
    expectRefused(Buffer.from('PK\u0003\u0004 a word document'), 'not-a-session-file');
    expectRefused(Buffer.from('CAUCUSSF'), 'damaged');
  });

  it('that claims to unpack to gigabytes', () => {
    const bomb = resealed((body) => {
      const text = Buffer.from(body).toString('latin1');
      return Buffer.from(text.replace(/"size":\d/u, '"size":9'), 'latin1');
    });
    expectRefused(bomb, 'damaged');
  });
});
