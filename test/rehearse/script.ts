import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import * as v from 'valibot';
import { noteKinds } from '../../src/core/session/model.ts';
import { randomFrom, type Random } from '../tools/seeded-random.ts';

/** One thing that is said in a group and typed by its facilitator. */
export interface ScriptNote {
  readonly kind: (typeof noteKinds)[number];
  /** The question's letter. */
  readonly question: string;
  readonly stakeholderGroup: string | null;
  readonly region: string | null;
  readonly text: string;
}
export interface ScriptRecommendation {
  readonly question: string;
  readonly text: string;
  readonly rationale: string;
  /** Places among the group's notes, from 0. */
  readonly notes: readonly number[];
}
export interface ScriptGroup {
  readonly notes: readonly ScriptNote[];
  readonly recommendations: readonly ScriptRecommendation[];
  readonly reportBack: string;
}
export interface ScriptProposal {
  readonly question: string;
  readonly text: string;
  /** Group and recommendation, both from 0. */
  readonly sources: readonly (readonly [group: number, recommendation: number])[];
}
/** What a rehearsal plays. */
export interface Script {
  readonly groups: readonly ScriptGroup[];
  readonly proposals: readonly ScriptProposal[];
  readonly report: {
    readonly summary: string;
    readonly advice: string;
    readonly assessments: Readonly<Record<string, string>>;
  } | null;
}

const nullable = v.nullable(v.string());
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const sampleSchema = v.object({
  groups: v.array(
    v.object({
      notes: v.array(
        v.object({
          kind: v.picklist(noteKinds),
          question: v.string(),
          stakeholderGroup: nullable,
          region: nullable,
          text: v.string(),
        }),
      ),
      recommendations: v.array(
        v.object({
          question: v.string(),
          text: v.string(),
          rationale: v.string(),
          notes: v.array(index),
        }),
      ),
      reportBack: v.string(),
    }),
  ),
  proposals: v.array(
    v.object({
      question: v.string(),
      text: v.string(),
      sources: v.array(v.tuple([index, index])),
    }),
  ),
  report: v.object({
    summary: v.string(),
    advice: v.string(),
    assessments: v.record(v.string(), v.string()),
  }),
});
const transcriptSchema = v.object({
  meeting_transcripts: v.array(v.object({ speaker: v.string(), content: v.string() })),
});

/** A transcript's paragraph can be a speech; a note is what a facilitator would get down of it. */
const MAX_SPOKEN_CHARACTERS = 600;

/** What people say in a transcript or minutes: one remark each, without the speakers' names. */
function remarks(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8');
  if (extname(path) === '.json') {
    const transcript = v.parse(transcriptSchema, JSON.parse(text));
    return transcript.meeting_transcripts.map(({ content }) => content);
  }
  return text
    .split('\n')
    .filter((line) => /^\s*(?:[*-]\s+)?\S/u.test(line) && !line.startsWith('#'))
    .map((line) => line.replace(/^\s*[*-]\s+/u, '').replace(/^[\p{L}.' ]{2,30}:\s+/u, ''));
}

/** A script from any text: kinds, questions and speakers' groups by the seed, two notes a draft. */
function scriptFromRemarks(
  said: readonly string[],
  groupCount: number,
  perGroup: number,
  random: Random,
): Script {
  const times = new Map<string, number>();
  /** What is said twice is told apart, so that each note can be looked for. */
  const unique = (text: string): string => {
    const time = (times.get(text) ?? 0) + 1;
    times.set(text, time);
    return time === 1 ? text : `${text} (${time})`;
  };
  const notes = said
    .map((text) => text.replaceAll(/\s+/gu, ' ').trim().slice(0, MAX_SPOKEN_CHARACTERS))
    .filter((text) => text.length >= 12)
    .slice(0, groupCount * perGroup)
    .map((text): ScriptNote => ({
      kind: random.pick(noteKinds) ?? 'point',
      question: random.pick(letters) ?? 'a',
      stakeholderGroup: random.pick(stakeholders),
      region: random.pick(regions),
      text: unique(text),
    }));
  const groups = Array.from({ length: groupCount }, (_, group): ScriptGroup => {
    const mine = notes.filter((_note, place) => place % groupCount === group);
    const drafts = Math.min(4, Math.floor(mine.length / 2));
    const recommendations = Array.from({ length: drafts }, (_draft, draft) => {
      const sources = [draft * 2, draft * 2 + 1];
      const first = mine[draft * 2];
      return {
        question: first?.question ?? 'a',
        text: `Follow up: ${(first?.text ?? '').slice(0, 120)}`,
        rationale: '',
        notes: sources,
      };
    });
    return { notes: mine, recommendations, reportBack: `Group ${group + 1} reports back.` };
  });
  const merged = [0, 1].filter((draft) =>
    groups.slice(0, 2).every(({ recommendations }) => recommendations.length > draft),
  );
  return {
    groups,
    proposals: merged.map((draft) => ({
      question: groups[0]?.recommendations[draft]?.question ?? 'a',
      text: groups[0]?.recommendations[draft]?.text ?? '',
      sources: [
        [0, draft],
        [1, draft],
      ],
    })),
    report: null,
  };
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
const stakeholders = ['Government', 'Civil society', 'Technical community', 'Private sector', null];
const regions = ['African', 'Asia-Pacific', 'Eastern European', null];

/** Reads what is to be played. Throws with a sentence where the file cannot be used. */
export function readScript(
  path: string,
  options: { readonly groups: number; readonly perGroup: number; readonly seed: number },
): Script {
  const random = randomFrom(options.seed);
  if (extname(path) === '.json') {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const sample = v.safeParse(sampleSchema, json);
    if (sample.success) return fitSample(sample.output, options.groups, options.perGroup);
    if (!v.is(transcriptSchema, json)) {
      throw new Error(`${path} is neither a sample's notes nor a meeting transcript.`);
    }
  }
  const said = remarks(path);
  if (said.length < options.groups) throw new Error(`${path} has too little in it for a workshop.`);
  return scriptFromRemarks(said, options.groups, options.perGroup, random);
}

/** The sample for another number of groups: fewer leave some out, more repeat what others said. */
function fitSample(sample: Script, groupCount: number, perGroup: number): Script {
  const whole = groupCount === sample.groups.length && perGroup >= 40;
  const groups = Array.from({ length: groupCount }, (_, group): ScriptGroup => {
    const from = sample.groups[group % sample.groups.length];
    if (from === undefined) throw new Error('The sample has no groups');
    const repeated = group >= sample.groups.length ? ` (group ${group + 1})` : '';
    const notes = from.notes
      .slice(0, perGroup)
      .map((note) => ({ ...note, text: `${note.text}${repeated}` }));
    return {
      notes,
      recommendations: from.recommendations.filter((recommendation) =>
        recommendation.notes.every((place) => place < notes.length),
      ),
      reportBack: from.reportBack,
    };
  });
  const there = ([group, recommendation]: readonly [number, number]): boolean =>
    whole || groups[group]?.recommendations[recommendation] !== undefined;
  const proposals = sample.proposals.filter(
    ({ sources }) => sources.length > 1 && (whole || sources.every(there)),
  );
  const [first] = groups[0]?.recommendations ?? [];
  // So little was said that none of the sample's came about: then what two groups said first is one.
  const sources = [[0, 0] as const, [1, 0] as const].filter(there);
  if (proposals.length === 0 && first !== undefined && sources.length === 2) {
    proposals.push({ question: first.question, text: first.text, sources });
  }
  return {
    groups,
    proposals,
    // The sample's conclusions are about all of its notes.
    report: whole ? sample.report : null,
  };
}
