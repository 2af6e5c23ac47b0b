import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { parseJson, utf8Decode } from '../protocol/utf8.ts';
import { roles } from '../protocol/ticket.ts';
import { MAX_TITLE_LENGTH } from '../session/schema.ts';
import { wellFormed } from '../session/text.ts';

/** What stands open at the beginning of a session file: see `session-file.ts`. */

const MAGIC = utf8ToBytes('CAUCUSSF');
const LENGTH_BYTES = 4;
const FIXED_BYTES = MAGIC.length + 1 + LENGTH_BYTES;
const MAX_HEADER_BYTES = 256 * 1024;
const MAX_PARTS = 200;
/** A laptop's state vector is some ten bytes for each time that a laptop opened the document. */
const MAX_BASE_BYTES = 1024 * 1024;
export const TAG_BYTES = 16;

/** Sizes of anything in the file; what they may add up to is looked at later. */
const size = (min: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(Number.MAX_SAFE_INTEGER / 1024));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const partSchema = v.object({
  id: v.pipe(v.string(), v.length(43)),
  kind: v.picklist(['plan', 'group', 'report']),
  nonce: v.pipe(v.string(), v.maxLength(64)),
  /** Bytes of the sealed part in the file. */
  sealed: size(TAG_BYTES),
  /** Bytes that it unpacks to. */
  size: size(0),
  /** From version 2 on: how many of those, at the beginning, are the state vector that it stands on. */
  base: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_BASE_BYTES))),
  /** When the plenary laptop had said that it is there; milliseconds since 1970. */
  since: v.optional(v.pipe(v.number(), v.integer())),
  /** By who may write the document, over what `session-file.ts` says; without it by who may only read. */
  sig: v.optional(v.pipe(v.string(), v.length(86))),
});
const headerSchema = v.object({
  session: id,
  title: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
  savedAt: v.pipe(v.number(), v.integer()),
  /** Whose laptop it was; older files do not say. */
  from: v.optional(
    v.object({
      device: id,
      role: v.picklist(roles),
      group: v.nullable(id),
      plenary: v.boolean(),
    }),
  ),
  parts: v.pipe(v.array(partSchema), v.maxLength(MAX_PARTS)),
});
export type FilePart = v.InferOutput<typeof partSchema>;
export type FileHeader = v.InferOutput<typeof headerSchema>;

/** 32 bits, little endian. */
export const littleEndian = (value: number): Uint8Array =>
  Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255);

/** A title from another laptop may be longer than a header has room for. */
export const titleInHeader = (title: string): string =>
  wellFormed(title.slice(0, MAX_TITLE_LENGTH));

/** The beginning of a file, and in it the JSON by itself. */
export function writeHeader(
  version: number,
  header: FileHeader,
): { readonly json: Uint8Array; readonly start: Uint8Array } {
  const json = utf8ToBytes(JSON.stringify(header satisfies v.InferInput<typeof headerSchema>));
  return {
    json,
    start: concatBytes(MAGIC, Uint8Array.of(version), littleEndian(json.length), json),
  };
}

export type BeginningResult =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: 'not-a-session-file' | 'damaged' };

/** Whether `bytes` begin as a session file of any version does. */
export function readBeginning(bytes: Uint8Array): BeginningResult {
  const start = bytes.subarray(0, MAGIC.length);
  if (!start.every((byte, index) => byte === MAGIC[index])) {
    return { ok: false, reason: 'not-a-session-file' };
  }
  const version = bytes[MAGIC.length] ?? 0;
  return version === 0 ? { ok: false, reason: 'damaged' } : { ok: true, version };
}

/** The header of a file whose version is known, its JSON, and where the parts begin; null where it is none. */
export function readHeader(
  bytes: Uint8Array,
  version: number,
): { readonly header: FileHeader; readonly json: Uint8Array; readonly end: number } | null {
  if (bytes.length < FIXED_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(MAGIC.length + 1, true);
  const end = FIXED_BYTES + length;
  if (length > MAX_HEADER_BYTES || end > bytes.length) return null;
  const json = bytes.subarray(FIXED_BYTES, end);
  const parsed = v.safeParse(headerSchema, parseJson(utf8Decode(json) ?? ''));
  if (!parsed.success) return null;
  const { parts } = parsed.output;
  if (version < 2 && parts.some(({ base }) => base !== undefined)) return null;
  if (version < 3 && parts.some(({ kind }) => kind === 'report')) return null;
  return { header: parsed.output, json, end };
}
