import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../../src/core/consensus/clean-line.ts';
import { pollKinds } from '../../../src/core/consensus/poll.ts';
import { readChoice } from '../../../src/core/consensus/read-choice.ts';
import { form } from './forms.ts';

describe('reading an answer', () => {
  it('lets null take back the answer to every kind of poll', () => {
    for (const kind of pollKinds) expect(readChoice(form(kind), null), kind).toBe(null);
  });

  it.each([
    ['agree', 'agree'],
    ['agree', 'pass'],
    ['agree', 'disagree'],
    ['gradient-8', 1],
    ['gradient-8', 8],
    ['gradient-4', 4],
    ['scale', 10],
    ['hum', 5],
    ['single', ['o2']],
    ['quiz', ['o4']],
    ['multiple', ['o1']],
    ['multiple', ['o1', 'o3']],
    ['ranking', ['o3', 'o1', 'o4', 'o2']],
    ['text', { text: 'A register' }],
  ] as const)('takes %s: %j as it is', (kind, value) => {
    expect(readChoice(form(kind), value)).toEqual(value);
  });

  it.each([
    ['agree', 'yes'],
    ['agree', 'toString'],
    ['agree', 1],
    ['agree', ['agree']],
    ['gradient-8', 0],
    ['gradient-8', 9],
    ['gradient-8', 2.5],
    ['gradient-8', '3'],
    ['gradient-8', Number.NaN],
    ['gradient-4', 5],
    ['scale', 11],
    ['scale', -1],
    ['hum', 6],
    ['single', []],
    ['single', ['o5']],
    ['single', ['o1', 'o2']],
    ['single', 'o1'],
    ['single', [['o1']]],
    ['single', { 0: 'o1', length: 1 }],
    ['quiz', ['__proto__']],
    ['multiple', []],
    ['multiple', ['o1', 'o1']],
    ['multiple', ['o1', 'o2', 'o3']],
    ['multiple', ['o1', 'x']],
    ['ranking', ['o1', 'o2', 'o3']],
    ['ranking', ['o1', 'o2', 'o3', 'o3']],
    ['ranking', ['o1', 'o2', 'o3', 'o5']],
    ['ranking', ['o1', 'o2', 'o3', 'o4', 'o4']],
    ['text', 'A register'],
    ['text', {}],
    ['text', { text: 3 }],
    ['text', { text: '' }],
    ['text', { text: ' \u200f\n ' }],
    ['text', { text: 'a'.repeat(281) }],
    ['text', { text: 'a'.repeat(1_000_000) }],
    ['text', { text: ' '.repeat(1_000_000) + 'a' }],
  ] as const)('C1: %s: %j is no answer', (kind, value) => {
    expect(readChoice(form(kind), value)).toBe(undefined);
  });

  it('is no answer either where nothing came at all', () => {
    for (const kind of pollKinds) {
      for (const value of [undefined, true, Symbol('x'), () => 1]) {
        expect(readChoice(form(kind), value), kind).toBe(undefined);
      }
    }
  });

  it('forgets in which order options of a multiple choice were tapped, and keeps a ranking', () => {
    expect(readChoice(form('multiple'), ['o3', 'o1'])).toEqual(['o1', 'o3']);
    expect(readChoice(form('ranking'), ['o4', 'o3', 'o2', 'o1'])).toEqual(['o4', 'o3', 'o2', 'o1']);
  });

  it('cleans a text before it measures it', () => {
    const typed = `  A\u202e register\u0000\r\nof  makers ${' '.repeat(300)}`;
    expect(readChoice(form('text'), { text: typed })).toEqual({ text: 'A register of makers' });
  });
});

describe('a line that somebody typed', () => {
  it('keeps every script, emoji put together, and the joiners of Persian', () => {
    for (const text of ['می‌خواهم', '登録簿', '👩🏽‍🚀', 'e\u0301', '<b>not bold</b>']) {
      expect(cleanLine(text, 20)).toBe(text);
    }
  });

  it('counts characters, not their halves, and cuts nothing', () => {
    expect(cleanLine('🚀'.repeat(20), 20)).toBe('🚀'.repeat(20));
    expect(cleanLine('🚀'.repeat(21), 20)).toBe(undefined);
  });

  it('is nothing where nothing can be seen', () => {
    expect(cleanLine('\u200b\u200d\ufeff\u2066', 20)).toBe(undefined);
    expect(cleanLine('\ud800', 20)).toBe(undefined);
  });
});
