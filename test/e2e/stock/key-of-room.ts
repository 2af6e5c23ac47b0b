import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type DocumentKey, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';

/** Rooms have names in these tests; ours have keys. */
export const keyOfRoom = (room: string): DocumentKey => documentKeyFrom(sha256(utf8ToBytes(room)));
