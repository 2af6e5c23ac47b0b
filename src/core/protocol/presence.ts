import * as decoding from 'lib0/decoding';
import { isShallow } from './read-update.ts';

const MAX_STATES = 64;
const MAX_CHARACTERS = 100_000;
/** A laptop says a few things a second. */
const MAX_CLOCK = 2 ** 48;

/**
 * Whose states a presence holds, as y-protocols/awareness writes it: clients, each with its clock
 * and a state in JSON, null where it left. Null where it is none. What the states say is looked at
 * by who reads them.
 */
export function readSpeakers(bytes: Uint8Array): readonly number[] | null {
  const decoder = decoding.createDecoder(bytes);
  const speakers: number[] = [];
  try {
    const count = decoding.readVarUint(decoder);
    if (count > MAX_STATES) return null;
    for (let left = count; left > 0; left -= 1) {
      speakers.push(decoding.readVarUint(decoder));
      if (decoding.readVarUint(decoder) > MAX_CLOCK) return null;
      const text = decoding.readVarString(decoder);
      if (text.length > MAX_CHARACTERS) return null;
      const state: unknown = JSON.parse(text);
      if (typeof state !== 'object' || Array.isArray(state) || !isShallow(state)) return null;
    }
    return decoding.hasContent(decoder) ? null : speakers;
  } catch {
    return null;
  }
}

export const isPresence = (bytes: Uint8Array): boolean => readSpeakers(bytes) !== null;
