import * as v from 'valibot';
import { MAX_OPTIONS, type PollOption } from '../consensus/poll.ts';
import type { Leader } from '../consensus/tally.ts';
import type { Decision, PollResult } from './voting-model.ts';

/**
 * What is kept in one field and replaced as a whole, as JSON. Reads never throw: what is none of
 * ours reads as nothing.
 */
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const by = v.record(v.string(), count);
const counts = v.object({ ballots: count, by });
const parts = v.record(v.string(), counts);
const resultSchema = v.object({
  tally: v.object({
    poll: v.string(),
    version: v.number(),
    all: counts,
    byStakeholderGroup: parts,
    byRegion: parts,
    byBreakoutGroup: parts,
    texts: v.array(v.object({ ballot: v.string(), text: v.string(), shown: v.boolean() })),
  }),
  count,
  checksum: v.string(),
  at: v.pipe(v.number(), v.finite()),
});
const optionsSchema = v.pipe(
  v.array(v.object({ id: v.string(), text: v.string() })),
  v.maxLength(MAX_OPTIONS),
);
const leadersSchema = v.pipe(
  v.array(v.object({ place: count, name: v.string(), points: count })),
  v.maxLength(100),
);
const decisionSchema = v.object({
  confirmed: v.boolean(),
  reason: v.string(),
  at: v.pipe(v.number(), v.finite()),
  pollId: v.nullable(v.string()),
});

function readJson<Schema extends v.GenericSchema>(
  schema: Schema,
  text: unknown,
): v.InferOutput<Schema> | null {
  if (typeof text !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const read = v.safeParse(schema, value);
  return read.success ? read.output : null;
}

const noOptions: readonly PollOption[] = [];
export const readOptions = (text: unknown): readonly PollOption[] =>
  readJson(optionsSchema, text) ?? noOptions;
export const readResult = (text: unknown): PollResult | null => readJson(resultSchema, text);
const noLeaders: readonly Leader[] = [];
export const readLeaders = (text: unknown): readonly Leader[] =>
  readJson(leadersSchema, text) ?? noLeaders;
export const readDecision = (
  text: unknown,
): (Omit<Decision, 'proposalId' | 'pollId'> & { readonly pollId: string | null }) | null =>
  readJson(decisionSchema, text);
