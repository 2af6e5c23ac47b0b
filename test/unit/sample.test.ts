import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { noteKinds, segmentKinds } from '../../src/core/session/model.ts';
import { checkPlanInput, type PlanInput } from '../../src/core/session/plan-input.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../assets/sample/${name}`, import.meta.url), 'utf8'));

/** Text as a person would leave it: something in it, and no space at either end. */
const tidyText = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.check((text) => text === text.trim(), 'space at an end'),
);
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

const sessionSchema = v.strictObject({
  title: tidyText,
  description: tidyText,
  attribution: v.boolean(),
  questions: v.array(v.strictObject({ title: tidyText, text: tidyText })),
  groups: v.array(v.strictObject({ name: tidyText, online: v.boolean() })),
  agenda: v.array(
    v.strictObject({ title: tidyText, kind: v.picklist(segmentKinds), minutes: v.number() }),
  ),
  stakeholderGroups: v.array(tidyText),
  regions: v.array(tidyText),
});

const notesSchema = v.strictObject({
  groups: v.array(
    v.strictObject({
      notes: v.array(
        v.strictObject({
          kind: v.picklist(noteKinds),
          question: tidyText,
          stakeholderGroup: v.nullable(tidyText),
          region: v.nullable(tidyText),
          text: tidyText,
        }),
      ),
      recommendations: v.array(
        v.strictObject({
          question: tidyText,
          text: tidyText,
          rationale: tidyText,
          notes: v.array(index),
        }),
      ),
      reportBack: tidyText,
    }),
  ),
  proposals: v.array(
    v.strictObject({
      question: tidyText,
      text: tidyText,
      sources: v.array(v.strictTuple([index, index])),
    }),
  ),
  report: v.strictObject({
    summary: tidyText,
    advice: tidyText,
    assessments: v.record(v.string(), tidyText),
  }),
});

const session: PlanInput = v.parse(sessionSchema, read('session.json'));
const sample = v.parse(notesSchema, read('notes.json'));

const letters = session.questions.map((_, place) => String.fromCharCode(97 + place));
const groups = sample.groups.map((group, place) => ({
  ...group,
  name: session.groups[place]?.name ?? `no group ${place}`,
}));
const allNotes = groups.flatMap((group) => group.notes);

const countWords = (text: string): number => text.split(/\s+/u).length;
const countSentences = (text: string): number => text.split(/(?<=[.!?])\s+/u).length;
const isUnique = (items: readonly unknown[]): boolean => new Set(items).size === items.length;
const distinct = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];
const sorted = (items: readonly string[]): readonly string[] => items.toSorted();

describe('the sample session', () => {
  it('is a plan that can be started as it is', () => {
    expect(checkPlanInput(session)).toEqual([]);
    expect(session.title).toBe('IoT security by design');
    expect(session.attribution).toBe(false);
    expect(countSentences(session.description)).toBeGreaterThanOrEqual(2);
    expect(countSentences(session.description)).toBeLessThanOrEqual(3);
  });

  it('asks six questions, each with a title that fits a tab', () => {
    expect(letters).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    for (const question of session.questions) {
      expect(countWords(question.title)).toBeLessThanOrEqual(2);
      expect(question.title.length).toBeLessThanOrEqual(16);
      expect(question.text).toMatch(/\?$/u);
    }
    expect(isUnique(session.questions.map((question) => question.title))).toBe(true);
  });

  it('has three groups in the room and one online', () => {
    expect(session.groups.map((group) => group.online)).toEqual([false, false, false, true]);
    expect(isUnique(session.groups.map((group) => group.name))).toBe(true);
  });

  it('fills ninety minutes, five of them in hand', () => {
    expect(session.agenda.map((segment) => [segment.kind, segment.minutes])).toEqual([
      ['introduction', 5],
      ['breakout', 30],
      ['plenary', 30],
      ['conclusions', 20],
      ['other', 5],
    ]);
  });

  it('declares the stakeholder groups and regions of the scenario', () => {
    expect(session.stakeholderGroups).toEqual([
      'Government',
      'Intergovernmental organisation',
      'Civil society',
      'Technical community',
      'Private sector',
    ]);
    expect(session.regions).toEqual([
      'African',
      'Asia-Pacific',
      'Eastern European',
      'Latin American and Caribbean',
      'Western European and Others',
    ]);
  });
});

describe('the sample notes', () => {
  it('come from as many groups as the session has', () => {
    expect(groups.length).toBe(session.groups.length);
  });

  describe.each(groups)('of $name', ({ notes, recommendations, reportBack }) => {
    it('are as many and as long as a facilitator types in half an hour', () => {
      expect(notes.length).toBeGreaterThanOrEqual(24);
      expect(notes.length).toBeLessThanOrEqual(30);
      for (const { text } of notes) {
        expect(text.length, text).toBeGreaterThanOrEqual(20);
        expect(text.length, text).toBeLessThanOrEqual(200);
        // One line each: Enter ends a note.
        expect(text).not.toContain('\n');
      }
    });

    it('cover every kind, question, stakeholder group and region', () => {
      const named = (values: readonly (string | null)[]): readonly string[] =>
        sorted(distinct(values.filter((value) => value !== null)));
      expect(named(notes.map((note) => note.kind))).toEqual(sorted(noteKinds));
      expect(named(notes.map((note) => note.question))).toEqual(letters);
      expect(named(notes.map((note) => note.stakeholderGroup))).toEqual(
        sorted(session.stakeholderGroups),
      );
      expect(named(notes.map((note) => note.region))).toEqual(sorted(session.regions));
    });

    it('M1: carry each recommendation, on its question, and some notes carry none', () => {
      expect(recommendations.length).toBeGreaterThanOrEqual(4);
      expect(recommendations.length).toBeLessThanOrEqual(5);
      for (const recommendation of recommendations) {
        expect(letters).toContain(recommendation.question);
        expect(recommendation.notes.length, recommendation.text).toBeGreaterThanOrEqual(2);
        expect(recommendation.notes.length, recommendation.text).toBeLessThanOrEqual(5);
        expect(isUnique(recommendation.notes), recommendation.text).toBe(true);
        const cited = recommendation.notes.map((place) => notes[place]);
        expect(cited, recommendation.text).not.toContain(undefined);
        expect(cited.map((note) => note?.question)).toContain(recommendation.question);
        expect(countWords(recommendation.text)).toBeLessThanOrEqual(45);
        expect(countWords(recommendation.rationale)).toBeLessThanOrEqual(60);
      }
      const used = distinct(recommendations.flatMap((recommendation) => recommendation.notes));
      expect(used.length).toBeLessThanOrEqual(notes.length - 5);
    });

    it('end in a report-back of two to four sentences', () => {
      expect(countSentences(reportBack)).toBeGreaterThanOrEqual(2);
      expect(countSentences(reportBack)).toBeLessThanOrEqual(4);
    });
  });

  it('are all different, and some have no stakeholder group or region', () => {
    expect(isUnique(allNotes.map((note) => note.text))).toBe(true);
    expect(allNotes.some((note) => note.stakeholderGroup === null)).toBe(true);
    expect(allNotes.some((note) => note.region === null)).toBe(true);
  });

  it('speak French, Arabic, Chinese and emoji in the online group', () => {
    const online = groups.filter((_, place) => session.groups[place]?.online === true);
    const texts = online.flatMap((group) => group.notes.map((note) => note.text));
    for (const script of [
      /\bregistre\b/u,
      /\p{sc=Arabic}/u,
      /\p{sc=Han}/u,
      /\p{Emoji_Presentation}/u,
    ]) {
      expect(texts.filter((text) => script.test(text)).length, script.source).toBe(1);
    }
  });

  it('give no percentages, addresses or telephone numbers that nobody could vouch for', () => {
    expect(JSON.stringify(sample)).not.toMatch(/\d\s?%|per cent|https?:|www\.|\w@\w|\+\d{4}/u);
  });
});

describe('the sample proposals', () => {
  const { proposals } = sample;

  it('M1: merge recommendations of several groups on the same question, each once at most', () => {
    expect(proposals.length).toBe(5);
    for (const proposal of proposals) {
      const merged = proposal.sources.map(
        ([group, place]) => groups[group]?.recommendations[place],
      );
      expect(merged, proposal.text).not.toContain(undefined);
      expect(distinct(merged.map((recommendation) => recommendation?.question))).toEqual([
        proposal.question,
      ]);
      expect(
        distinct(proposal.sources.map(([group]) => group)).length,
        proposal.text,
      ).toBeGreaterThanOrEqual(2);
    }
    expect(isUnique(proposals.flatMap(({ sources }) => sources.map(String)))).toBe(true);
  });

  it('R1: leave some recommendations unmerged, for the report to show too', () => {
    const made = groups.flatMap((group) => group.recommendations).length;
    const merged = proposals.flatMap((proposal) => proposal.sources).length;
    expect(made - merged).toBeGreaterThanOrEqual(3);
  });
});

describe('the sample report', () => {
  const { summary, advice, assessments } = sample.report;

  it('has a summary, an advice and an assessment of every question, none too long to read', () => {
    expect(countWords(summary)).toBeGreaterThanOrEqual(120);
    expect(countWords(summary)).toBeLessThanOrEqual(180);
    expect(countWords(advice)).toBeGreaterThanOrEqual(100);
    expect(countWords(advice)).toBeLessThanOrEqual(150);
    expect(Object.keys(assessments)).toEqual(letters);
    for (const [letter, text] of Object.entries(assessments)) {
      expect(countWords(text), letter).toBeGreaterThanOrEqual(40);
      expect(countWords(text), letter).toBeLessThanOrEqual(80);
    }
  });
});
