import { describe, expect, it } from 'vitest';
import { suggestMerges } from '../../../src/core/merge/suggest-merges.ts';
import { significantWords } from '../../../src/core/merge/significant-words.ts';
import { englishWords } from '../../../src/core/merge/word-rules.ts';
import {
  type GroupRecommendation,
  recommendationKey,
} from '../../../src/core/session/provenance.ts';
import { groupId, questionId, recommendation } from '../../fixtures/read-model.ts';

/** "group text" or "group/question text"; ids run on. */
const made = (...lines: readonly string[]): GroupRecommendation[] =>
  lines.map((line, index) => {
    const [, group = '', question = 'b', text = ''] = /^(\w+)(?:\/(\w+))? (.*)$/su.exec(line) ?? [];
    return {
      groupId: groupId(group),
      recommendation: recommendation(`r${index}`, text, [], { questionId: questionId(question) }),
    };
  });

const idsOf = (suggestions: ReturnType<typeof suggestMerges>): string[][] =>
  suggestions.map(({ members }) => members.map(({ recommendationId }) => recommendationId));

const stemsOf = (text: string): string[] =>
  significantWords(text, englishWords).map(({ stem }) => stem);

describe('significant words', () => {
  it('leaves out what says nothing and takes endings off', () => {
    expect(
      stemsOf('The makers should be sharing their reports with a register of vulnerabilities'),
    ).toEqual(stemsOf('Maker shares report: registers, vulnerability!'));
  });

  it.each([
    ['Japanese', '登録簿は誰でも読める', '登録'],
    ['Chinese', '公开的登记册', '登记'],
    ['Arabic, with and without vowel signs', 'سِجِلّ عام', 'سجل'],
    ['Russian', 'Открытый реестр изготовителей', 'реестр'],
    ['Hindi', 'निर्माताओं की सार्वजनिक सूची', 'सूची'],
    ['French, with an accent left out', 'Un régistre public', 'registr'],
  ])('finds words in %s', (_, text, stem) => {
    expect(stemsOf(text)).toContain(stem);
  });
});

describe('suggested merges', () => {
  it('joins what several groups say and gives the words they share as the reason', () => {
    const suggestions = suggestMerges(
      made(
        '1 Public register of makers',
        '1 Time limit to answer',
        '2 A register of makers, open to the public',
        '2 Ninety days to answer',
        '3 Publish nothing about owners',
        '4 Makers are listed in a public register',
      ),
    );
    expect(idsOf(suggestions)[0]).toEqual(['r0', 'r2', 'r5']);
    expect(suggestions[0]?.sharedWords.toSorted()).toEqual(['makers', 'public', 'register']);
    expect(idsOf(suggestions)).toContainEqual(['r1', 'r3']);
    expect(idsOf(suggestions).flat()).not.toContain('r4');
  });

  it('joins nothing within a group', () => {
    expect(suggestMerges(made('1 A public register', '1 A public register'))).toEqual([]);
    const three = suggestMerges(
      made('1 A public register', '1 A public register', '2 A public register'),
    );
    for (const { members } of three) {
      expect(new Set(members.map((member) => member.groupId)).size).toBe(members.length);
    }
    expect(idsOf(three).flat()).toEqual(expect.arrayContaining(['r0', 'r1', 'r2']));
  });

  it('does not take one word in common for the same', () => {
    expect(
      suggestMerges(
        made(
          '1 Small makers need a shared desk that answers reports in their name',
          '2 Owners of cameras want updates that come from makers on their own',
        ),
      ),
    ).toEqual([]);
  });

  it('counts the same question for more', () => {
    const [same] = suggestMerges(made('1/a A public register', '2/a A register for the public'));
    const [other] = suggestMerges(made('1/a A public register', '2/c A register for the public'));
    expect(same?.score).toBeGreaterThan(other?.score ?? 1);
    expect(same?.score).toBeCloseTo(1);
  });

  it('counts rare words for more than common ones', () => {
    const suggestions = suggestMerges(
      made(
        '1 Makers publish signed firmware hashes',
        '2 Makers publish yearly figures',
        '3 Makers publish plain labels',
        '4 Signed firmware hashes from makers',
      ),
    );
    expect(idsOf(suggestions)[0]).toEqual(['r0', 'r3']);
    expect(suggestions[0]?.sharedWords.slice(0, 3).toSorted()).toEqual([
      'firmware',
      'hashes',
      'signed',
    ]);
  });

  it('leaves alone what a person has settled', () => {
    const recommendations = made(
      '1 A public register',
      '2 A public register',
      '3 A public register',
    );
    const isSettled: NonNullable<Parameters<typeof suggestMerges>[1]>['isSettled'] = (a, b) =>
      [a.recommendationId, b.recommendationId].toSorted().join() === 'r0,r1';
    for (const { members } of suggestMerges(recommendations, { isSettled })) {
      const ids = members.map(({ recommendationId }) => recommendationId as string);
      expect(ids.includes('r0') && ids.includes('r1')).toBe(false);
    }
  });

  it('gives the same whatever the order', () => {
    const recommendations = made(
      '1 Public register of makers',
      '2 A register of makers, open to the public',
      '3 One shared desk for small makers',
      '4 Small makers answer through a shared desk',
      '5 A register that the public can read',
      '6 Desk shared by small makers',
      '7 Translate the yearly figures',
      '8 Yearly figures in every language',
    );
    const normal = (given: readonly GroupRecommendation[]) =>
      suggestMerges(given, { threshold: 0.05 }).map(({ members, score, sharedWords }) => ({
        members: members.map(recommendationKey).toSorted(),
        score,
        sharedWords,
      }));
    const expected = normal(recommendations);
    expect(expected.length).toBeGreaterThan(1);
    for (let turn = 1; turn < recommendations.length; turn += 1) {
      const turned = [...recommendations.slice(turn), ...recommendations.slice(0, turn)];
      expect(normal(turned)).toEqual(expected);
      expect(normal(turned.toReversed())).toEqual(expected);
    }
  });

  it('works in other scripts', () => {
    const suggestions = suggestMerges(
      made(
        '1 誰でも読める登録簿を公開する',
        '2 公開の登録簿をつくる',
        '3 سجل عام للشركات المصنعة',
        '4 سِجل للشركات المصنعة مفتوح للجميع',
      ),
    );
    expect(idsOf(suggestions)).toContainEqual(['r0', 'r1']);
    expect(idsOf(suggestions)).toContainEqual(['r2', 'r3']);
  });

  it('copes with nothing, with empty texts and with a text of 100 KB', () => {
    expect(suggestMerges([])).toEqual([]);
    expect(suggestMerges(made('1 ', '2 ', '3 the of and'))).toEqual([]);
    const long = 'public register of makers '.repeat(4_000);
    expect(idsOf(suggestMerges(made(`1 ${long}`, '2 Public register of makers')))).toEqual([
      ['r0', 'r1'],
    ]);
  });

  it('takes 400 recommendations', () => {
    const subjects = [
      'register',
      'desk',
      'label',
      'update',
      'owner',
      'format',
      'forum',
      'deadline',
    ];
    const verbs = ['publish', 'share', 'sign', 'link', 'test', 'print', 'fund', 'translate'];
    const recommendations = made(
      ...Array.from(
        { length: 400 },
        (_, index) =>
          `g${index % 40} ${verbs[index % 8]} the ${subjects[Math.floor(index / 8) % 8]} of makers in year ${2000 + (index % 30)}`,
      ),
    );
    const started = performance.now();
    const suggestions = suggestMerges(recommendations);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(suggestions.length).toBeGreaterThan(10);
    for (const { members, sharedWords } of suggestions) {
      expect(members.length).toBeGreaterThan(1);
      expect(sharedWords.length).toBeGreaterThan(0);
    }
  });
});
