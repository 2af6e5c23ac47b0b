import * as v from 'valibot';
import { fromBase64Url } from './base64url.ts';
import { wordLanguages } from './four-words.ts';
import { parseJson } from './utf8.ts';

/**
 * What a laptop that asks to join, the plenary laptop's hub and the plenary laptop's page say to each
 * other, each as one text of JSON over WebSocket. The hub stands between the two and passes on:
 *
 *   asker ── ask ──► hub ── asked ──► desk       who it is, and a promise (commitment)
 *   asker ◄─ answer ─ hub ◄─ answer ── desk      the desk's fresh key
 *   asker ── reveal ─► hub ── revealed ─► desk   what was promised; now both have the words
 *   asker ◄─ admit / refuse ─ hub ◄── desk       the sealed ticket, or no
 *   asker ◄─ ended ── hub ── gone ──► desk       it is over, and why
 */
export const JOIN_PATH = '/join';
/** Of the loopback listener only. */
export const JOIN_DESK_PATH = '/join-desk';
export const MAX_JOIN_FRAME_BYTES = 16 * 1024;
export const MAX_NAME_CHARACTERS = 80;
/** In base64url, so that the frame around it fits: more than a ticket for 100 groups takes. */
export const MAX_SEALED_CHARACTERS = 16_000;
export const JOIN_PROTOCOL = 1;

/**
 * Control and format characters: they draw nothing, and may turn round or hide what stands beside
 * them. The two joiners stay, because Persian words and families of emoji are made with them.
 */
const UNSEEN = /(?:[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf})+/gu;

const charactersOf = (text: string): number => Array.from(text).length;

/**
 * Who asks, as it may be shown: at most 80 characters on one line, without those that cannot be seen,
 * overrides of the writing direction among them.
 */
export const cleanName = (name: string): string =>
  Array.from(name.replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim())
    .slice(0, MAX_NAME_CHARACTERS)
    .join('')
    .trim();

const bytes = (length: number) =>
  v.pipe(
    v.string(),
    v.check((text) => fromBase64Url(text)?.length === length),
  );
const key = bytes(32);
const sealed = v.pipe(v.string(), v.regex(/^[\w-]{32,}$/u), v.maxLength(MAX_SEALED_CHARACTERS));
const name = v.pipe(
  v.string(),
  v.check((text) => charactersOf(text) <= MAX_NAME_CHARACTERS),
);
const request = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const ask = { name, commitment: key };
const answer = { key, words: v.picklist(wordLanguages) };
const reveal = { key, nonce: key };

/** Why it is over without an answer. */
export const endReasons = [
  /** Nobody has a session open there that takes laptops in. */
  'nobody-there',
  /** Too many have asked from this address within a minute. */
  'too-many',
  /** So many ask that the oldest request had to give way. */
  'crowded-out',
  /** Nobody has answered in ten minutes. */
  'too-long',
  /** The plenary laptop's page was closed, or no longer takes anybody in. */
  'closed',
  /** Something came that no Caucus sends here. */
  'malformed',
  /** One of the two is newer than the other. */
  'other-version',
] as const;
export type EndReason = (typeof endReasons)[number];

const fromAsker = v.variant('type', [
  v.strictObject({ type: v.literal('ask'), version: v.literal(JOIN_PROTOCOL), ...ask }),
  v.strictObject({ type: v.literal('reveal'), ...reveal }),
]);
const toAsker = v.variant('type', [
  v.strictObject({ type: v.literal('answer'), ...answer }),
  v.strictObject({ type: v.literal('admit'), sealed }),
  v.strictObject({ type: v.literal('refuse') }),
  v.strictObject({ type: v.literal('ended'), reason: v.picklist(endReasons) }),
]);
const fromDesk = v.variant('type', [
  v.strictObject({ type: v.literal('answer'), request, ...answer }),
  v.strictObject({ type: v.literal('admit'), request, sealed }),
  v.strictObject({ type: v.literal('refuse'), request }),
]);
const toDesk = v.variant('type', [
  v.strictObject({ type: v.literal('asked'), request, ...ask }),
  v.strictObject({ type: v.literal('revealed'), request, ...reveal }),
  v.strictObject({ type: v.literal('gone'), request }),
]);

export type FromAsker = v.InferOutput<typeof fromAsker>;
export type ToAsker = v.InferOutput<typeof toAsker>;
export type FromDesk = v.InferOutput<typeof fromDesk>;
export type ToDesk = v.InferOutput<typeof toDesk>;
export type JoinFrame = FromAsker | ToAsker | FromDesk | ToDesk;

export const writeJoinFrame = (frame: JoinFrame): string => JSON.stringify(frame);

/** Null for everything that is not exactly such a frame. */
const reader =
  <Frame>(schema: v.GenericSchema<unknown, Frame>) =>
  (text: string): Frame | null => {
    // A UTF-16 unit is at least a byte.
    if (text.length > MAX_JOIN_FRAME_BYTES) return null;
    const read = v.safeParse(schema, parseJson(text));
    return read.success ? read.output : null;
  };

export const readFromAsker = reader<FromAsker>(fromAsker);
export const readToAsker = reader<ToAsker>(toAsker);
export const readFromDesk = reader<FromDesk>(fromDesk);
export const readToDesk = reader<ToDesk>(toDesk);

/** Whether this is a request of another version, for which the rest may look different. */
export function isOtherVersion(text: string): boolean {
  if (text.length > MAX_JOIN_FRAME_BYTES) return false;
  const read = v.safeParse(
    v.object({ type: v.literal('ask'), version: v.pipe(v.number(), v.safeInteger()) }),
    parseJson(text),
  );
  return read.success && read.output.version !== JOIN_PROTOCOL;
}
