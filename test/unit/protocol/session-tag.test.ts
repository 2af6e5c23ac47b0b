import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import { sessionTag, sessionTagPattern } from '../../../src/core/protocol/session-tag.ts';

it('a session is called by 12 characters that nobody can lead back to its plan (F1)', () => {
  const { documentId } = documentKeyFrom(new Uint8Array(32).fill(7));
  const tag = sessionTag(documentId);
  const hash = createHash('sha256').update(`caucus/found/1\0${documentId}`).digest('base64url');
  expect(tag).toBe(hash.slice(0, 12));
  expect(tag).toMatch(sessionTagPattern);
  expect(documentId).not.toContain(tag);
  expect(sessionTag(documentKeyFrom(new Uint8Array(32).fill(8)).documentId)).not.toBe(tag);
});
