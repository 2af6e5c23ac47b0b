import * as v from 'valibot';
import { MAX_OPTIONS, pollKinds } from '../consensus/poll.ts';
import { verdictStatuses } from '../consensus/verdict-status.ts';
import { parseJson } from './utf8.ts';
import { type FromDesk, MAX_PHONE_FRAME_BYTES, type PhoneFrame } from './voting-frames.ts';

/**
 * Reads what phones and the plenary laptop's page say to the hub. How long a text may be is for the
 * hub to say, in words ("too-long"): here it only has to fit into a frame.
 */

/** Ids are made by the app; a declared one may be a word, such as "government". */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const maybeId = v.pipe(v.string(), v.maxLength(100));
const text = v.pipe(v.string(), v.maxLength(MAX_PHONE_FRAME_BYTES));
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const choice = v.union([
  v.null(),
  v.picklist(['agree', 'pass', 'disagree']),
  v.pipe(v.number(), v.safeInteger()),
  v.pipe(v.array(id), v.maxLength(MAX_OPTIONS)),
  v.strictObject({ text }),
]);

const phoneFrame = v.variant('type', [
  v.strictObject({
    type: v.literal('hello'),
    version: v.number(),
    voter: v.exactOptional(maybeId),
    code: v.exactOptional(maybeId),
  }),
  v.strictObject({
    type: v.literal('me'),
    stakeholderGroup: maybeId,
    region: maybeId,
    breakoutGroup: maybeId,
  }),
  v.strictObject({ type: v.literal('ballot'), poll: id, sequence, choice }),
  v.strictObject({ type: v.literal('object'), poll: id, sequence, text }),
  v.strictObject({ type: v.literal('hand'), sequence, up: v.boolean() }),
  v.strictObject({
    type: v.literal('ask'),
    id,
    kind: v.picklist(['question', 'read-out']),
    text,
  }),
  v.strictObject({ type: v.literal('name'), name: text }),
]);

/** A room of many groups with long names, or a poll with twenty long options, fits many times. */
export const MAX_DESK_FRAME_BYTES = 256 * 1024;

const part = v.object({ id, name: v.string() });
/** So many of one list. */
export const MAX_PARTS = 500;
const parts = v.pipe(v.array(part), v.maxLength(MAX_PARTS));
const figure = v.pipe(v.number(), v.finite());
const shownVerdict = v.object({
  poll: id,
  status: v.picklist(verdictStatuses),
  threshold: figure,
  lines: v.pipe(
    v.array(v.object({ part: maybeId, agree: figure, votes: figure, percent: v.nullable(figure) })),
    v.maxLength(MAX_PARTS + 2),
  ),
  missing: v.nullable(
    v.variant('what', [
      v.object({ what: v.literal('votes'), more: figure }),
      v.object({ what: v.literal('support'), part: maybeId, more: v.nullable(figure) }),
      v.object({ what: v.literal('objections'), open: figure }),
      v.object({ what: v.literal('confirmation') }),
    ]),
  ),
});
const closesInMs = v.nullable(figure);

const deskFrame = v.variant('type', [
  v.object({
    type: v.literal('room'),
    session: id,
    title: v.string(),
    stakeholderGroups: parts,
    regions: parts,
    breakoutGroups: parts,
    codes: v.boolean(),
    verdict: v.exactOptional(shownVerdict),
  }),
  v.object({
    type: v.literal('poll'),
    form: v.object({
      id,
      kind: v.picklist(pollKinds),
      question: v.string(),
      options: v.pipe(v.array(v.object({ id, text: v.string() })), v.maxLength(MAX_OPTIONS)),
      most: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      objections: v.boolean(),
    }),
    state: v.picklist(['open', 'closed']),
    closesInMs,
    shown: v.boolean(),
    right: v.nullable(id),
    current: v.boolean(),
  }),
  v.object({ type: v.literal('no-poll') }),
  v.object({ type: v.literal('let-through'), poll: id, ballot: id, shown: v.boolean() }),
  v.object({ type: v.literal('noted'), id }),
  v.object({ type: v.literal('taken'), id, done: v.boolean() }),
  v.object({
    type: v.literal('make-codes'),
    count: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2_000)),
  }),
  v.object({ type: v.literal('export'), poll: id }),
]);

/** Null where it is no frame of a phone's. */
export function readPhoneFrame(json: string): PhoneFrame | null {
  const result = v.safeParse(phoneFrame, parseJson(json), { abortEarly: true });
  return result.success ? result.output : null;
}

/** Whether this is the greeting of a phone page of another version, of which no more can be read. */
export function isOtherVotingVersion(json: string, version: number): boolean {
  const hello = v.safeParse(
    v.object({ type: v.literal('hello'), version: v.number() }),
    parseJson(json),
  );
  return hello.success && hello.output.version !== version;
}

/** Null where it is no frame of the plenary laptop's page. */
export function readFromDesk(json: string): FromDesk | null {
  const result = v.safeParse(deskFrame, parseJson(json), { abortEarly: true });
  return result.success ? result.output : null;
}
