import * as decoding from 'lib0/decoding';
import { isShallow } from './read-update.ts';

const MAX_STATES = 64;
const MAX_CHARACTERS = 100_000;

/**
 * Whether this is a presence as y-protocols/awareness writes it: clients, each with its clock and
 * a state in JSON, null where it left. What it says is looked at by who reads it.
 */
export function isPresence(bytes: Uint8Array): boolean {
  const decoder = decoding.createDecoder(bytes);
  try {
    const count = decoding.readVarUint(decoder);
    if (count > MAX_STATES) return false;
    for (let left = count; left > 0; left -= 1) {
      decoding.readVarUint(decoder);
      if (!Number.isSafeInteger(decoding.readVarUint(decoder) + 1)) return false;
      const text = decoding.readVarString(decoder);
      if (text.length > MAX_CHARACTERS) return false;
      const state: unknown = JSON.parse(text);
      if (typeof state !== 'object' || Array.isArray(state) || !isShallow(state)) return false;
    }
    return !decoding.hasContent(decoder);
  } catch {
    return false;
  }
}
