import { describe, expect, it } from 'vitest';
import {
  dropOnto,
  findRecommendation,
  joinTogether,
  missingFrom,
  proposalFrom,
  refOf,
} from '../../../../renderer/plenary/merge-decisions.ts';
import {
  countNotes,
  sortedSources,
} from '../../../../renderer/plenary/proposals/proposal-sources.ts';
import { recommendationKey } from '../../../../src/core/session/provenance.ts';
import {
  group,
  groupNotes,
  groupsById,
  proposal,
  questionId,
  recommendation,
  ref,
} from '../../../fixtures/read-model.ts';

const findings = groupsById(
  groupNotes('1', {
    recommendations: [
      recommendation('a', 'Public register', ['n1', 'n2'], { questionId: questionId('b') }),
      recommendation('gone', 'Taken back', ['n2'], { deleted: true }),
    ],
  }),
  groupNotes('2', {
    recommendations: [recommendation('b', 'Register of makers', ['n1'])],
  }),
);

describe('M1 a new proposal', () => {
  it('keeps every source, and starts with the first one’s words and question', () => {
    expect(proposalFrom(['1/a', '2/b'], findings)).toEqual({
      text: 'Public register',
      questionId: 'b',
      sources: [ref('1', 'a'), ref('2', 'b')],
    });
  });

  it('leaves out only what is not on this laptop', () => {
    expect(proposalFrom(['3/x', '2/b'], findings)?.sources).toEqual([ref('2', 'b')]);
    expect(proposalFrom(['3/x'], findings)).toBeNull();
    expect(proposalFrom([], findings)).toBeNull();
  });

  it('finds recommendations that the group has taken back, by keys that go both ways', () => {
    expect(findRecommendation(findings, ref('1', 'gone'))?.text).toBe('Taken back');
    expect(refOf(recommendationKey(ref('1', 'a')))).toEqual(ref('1', 'a'));
  });
});

describe('M1 what dropping onto a recommendation means', () => {
  const holding = proposal('p', '', [ref('2', 'b')]);

  it('is a new proposal with the words of the one that was there', () => {
    expect(dropOnto(['1/a'], '2/b', [])).toEqual({ kind: 'merge', keys: ['2/b', '1/a'] });
  });

  it('is joining the proposal that the one that was there is in', () => {
    expect(dropOnto(['1/a'], '2/b', [holding])).toEqual({
      kind: 'add',
      proposalId: 'p',
      keys: ['1/a'],
    });
  });

  it('is a new proposal where it is in several, so that nobody guesses', () => {
    const second = proposal('q', '', [ref('2', 'b')]);
    expect(dropOnto(['1/a'], '2/b', [holding, second]).kind).toBe('merge');
  });

  it('is nothing onto itself, or where all are in that proposal', () => {
    expect(dropOnto(['2/b'], '2/b', [])).toEqual({ kind: 'nothing' });
    const both = proposal('p', '', [ref('1', 'a'), ref('2', 'b')]);
    expect(dropOnto(['1/a'], '2/b', [both])).toEqual({ kind: 'nothing' });
  });

  it('does not go by the proposals of what is dropped', () => {
    const ofDropped = proposal('p', '', [ref('1', 'a')]);
    expect(dropOnto(['1/a'], '2/b', [ofDropped])).toEqual({ kind: 'merge', keys: ['2/b', '1/a'] });
  });
});

describe('M1 taking recommendations for the same', () => {
  it('joins the one proposal that has some of them', () => {
    const holding = proposal('p', '', [ref('2', 'b')]);
    expect(joinTogether(['1/a', '2/b', '3/c'], [holding])).toEqual({
      kind: 'add',
      proposalId: 'p',
      keys: ['1/a', '3/c'],
    });
    expect(joinTogether(['1/a', '1/a'], [])).toEqual({ kind: 'nothing' });
    expect(missingFrom(holding, ['2/b', '1/a'])).toEqual(['1/a']);
  });
});

describe('the sources of a proposal', () => {
  it('count each note once, and notes of different groups apart', () => {
    const sources = [ref('1', 'a'), ref('1', 'gone'), ref('2', 'b'), ref('3', 'unknown')];
    expect(countNotes(proposal('p', '', sources), findings)).toBe(3);
  });

  it('stand in the order of the columns', () => {
    const groups = [group('z', 1), group('a', 2)];
    const sources = [ref('a', '1'), ref('gone', '2'), ref('z', '3')];
    expect(sortedSources(sources, groups).map(({ groupId }) => groupId)).toEqual([
      'z',
      'a',
      'gone',
    ]);
  });
});
