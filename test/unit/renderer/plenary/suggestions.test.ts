import { describe, expect, it } from 'vitest';
import { createNotTheSame } from '../../../../renderer/plenary/same/not-the-same.ts';
import {
  createSuggester,
  pairKey,
  pairsOf,
  suggestionsFor,
} from '../../../../renderer/plenary/same/suggestions.ts';
import type { SessionId } from '../../../../src/core/session/ids.ts';
import {
  group,
  groupNotes,
  groupsById,
  plan,
  proposal,
  questionId,
  recommendation,
  ref,
} from '../../../fixtures/read-model.ts';

const on = { questionId: questionId('b') };
const findings = groupsById(
  groupNotes('1', {
    recommendations: [recommendation('a', 'Keep a public register of makers', [], on)],
  }),
  groupNotes('2', {
    recommendations: [
      recommendation('b', 'A public register of makers', [], on),
      recommendation('c', 'Train the staff of embassies', []),
    ],
  }),
);
const session = plan({ groups: [group('1', 1), group('2', 2)] });
const nothing: ReadonlySet<string> = new Set();
const both = [ref('1', 'a'), ref('2', 'b')];

describe('what is asked about', () => {
  it('is what seems to be the same, with the words that both name', () => {
    const [first, ...rest] = createSuggester()(session, findings, nothing);
    expect(rest).toEqual([]);
    expect(first?.members).toEqual(both);
    expect(first?.sharedWords).toEqual(expect.arrayContaining(['public', 'register']));
  });

  it('is not what stands in one proposal, nor what a person has kept apart', () => {
    const merged = { ...session, proposals: [proposal('p', '', both)] };
    expect(createSuggester()(merged, findings, nothing)).toEqual([]);
    expect(createSuggester()(session, findings, new Set(pairsOf(both)))).toEqual([]);
  });

  it('is not worked out again while only a proposal’s text changes', () => {
    const suggest = createSuggester();
    const typed = (text: string) => ({ ...session, proposals: [proposal('p', text)] });
    const before = suggest(typed('A'), findings, nothing);
    expect(suggest(typed('A public'), findings, nothing)).toBe(before);
    expect(suggest(typed('A'), findings, new Set(pairsOf(both)))).not.toBe(before);
  });

  it('is about the question shown', () => {
    const all = createSuggester()(session, findings, nothing);
    expect(suggestionsFor(all, 'all', findings)).toEqual(all);
    expect(suggestionsFor(all, questionId('b'), findings)).toEqual(all);
    expect(suggestionsFor(all, questionId('c'), findings)).toEqual([]);
    const many = Array.from({ length: 7 }, () => all[0]).filter((one) => one !== undefined);
    expect(suggestionsFor(many, 'all', findings)).toHaveLength(3);
  });
});

describe('what was kept apart', () => {
  const id = 'session' as SessionId;
  const memory = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  };

  it('is remembered on this laptop, by session, whichever came first', () => {
    const storage = memory();
    createNotTheSame(storage, id).add(both);
    expect(createNotTheSame(storage, id).pairs.getState()).toEqual(
      new Set([pairKey('2/b', '1/a')]),
    );
    expect(createNotTheSame(storage, 'other' as SessionId).pairs.getState()).toEqual(new Set());
  });

  it('can be taken back', () => {
    const storage = memory();
    const apart = createNotTheSame(storage, id);
    apart.add(both);
    apart.remove(both);
    expect(createNotTheSame(storage, id).pairs.getState().size).toBe(0);
  });

  it('is nothing where what is stored makes no sense', () => {
    for (const rubbish of ['', '{', '{"a":1}', '[1]', 'null']) {
      const storage = memory();
      storage.setItem(`caucus/not-the-same/${id}`, rubbish);
      expect(createNotTheSame(storage, id).pairs.getState().size).toBe(0);
    }
  });
});
