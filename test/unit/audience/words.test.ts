import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clockText } from '../../../renderer/audience/countdown.ts';
import { backoff } from '../../../renderer/audience/link.ts';
import english from '../../../renderer/audience/messages/en.json' with { type: 'json' };
import { voteNews } from '../../../renderer/audience/vote-words.ts';
import { chooseLanguage, createWords, type Language } from '../../../renderer/audience/words.ts';
import type { PhonePoll } from '../../../src/core/protocol/voting-frames.ts';

const language = (tag: string, messages: Language['messages'] = {}): Language => ({
  language: tag,
  direction: 'ltr',
  messages,
});
const folder = new URL('../../../renderer/audience/', import.meta.url);

describe('the words of the phone page', () => {
  it('fill in values and the plural form, as figures of the language', () => {
    const words = createWords(english, english);
    expect(words('result.answers', { n: 1 })).toBe('one answer');
    expect(words('result.answers', { n: 1_200 })).toBe('1,200 answers');
    expect(words('new-question', { text: '{n} $& <b>' })).toBe('New question: {n} $& <b>');
    expect(words('result.place', { n: 1.75 })).toBe('on average place 1.8');
  });

  it('are those of the language that the phone asks for, and else English', () => {
    const all = [language('en'), language('pt'), language('zh-Hant')];
    expect(chooseLanguage(all, ['fr', 'pt-BR', 'en'])?.language).toBe('pt');
    expect(chooseLanguage(all, ['zh-hant'])?.language).toBe('zh-Hant');
    expect(chooseLanguage(all, ['fr'])?.language).toBe('en');
    const words = createWords(language('pt', { send: 'Enviar' }), english);
    expect([words('send'), words('closed')]).toEqual(['Enviar', 'Closed']);
  });

  it('are all used, and all there', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const code = files
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const unused = Object.keys(english.messages).filter((key) => {
      const beginning = key.slice(0, key.lastIndexOf('.') + 1);
      return (
        !code.includes(`'${key}'`) && !(beginning !== '' && code.includes(`\`${beginning}\${`))
      );
    });
    expect(unused).toEqual([]);
  });
});

describe('what is said of a vote', () => {
  const poll = { open: true } as PhonePoll;
  const one = { sequence: 1, value: 'agree' };

  it('C1 "counted" is said of nothing that is on its way', () => {
    const pending = { counted: one, pending: { sequence: 2, value: 'pass' }, refused: null };
    expect(voteNews(pending, poll, true, false).keys).toEqual(['vote.sending']);
    expect(voteNews(pending, poll, false, false).keys).toEqual(['vote.away']);
    const held = { ...pending, refused: 'not-kept' } as const;
    expect(voteNews(held, poll, true, false).keys).toEqual(['vote.not-kept']);
    const counted = { counted: one, pending: null, refused: null };
    expect(voteNews(counted, poll, true, false).keys).toEqual(['vote.counted']);
    expect(voteNews(counted, poll, true, true).keys).toEqual(['vote.changed']);
  });

  it('says what counts instead of what was refused', () => {
    const refused = { counted: one, pending: null, refused: 'not-open' } as const;
    const keys = ['vote.not-open', 'vote.before-counts'];
    expect(voteNews(refused, poll, true, false).keys).toEqual(keys);
    expect(voteNews({ ...refused, counted: null }, poll, true, false).keys).toEqual([
      'vote.not-open',
    ]);
  });
});

describe('time', () => {
  it('is shown until it is over, and not longer', () => {
    expect([65_000, 59_001, 1, 0, -5].map(clockText)).toEqual([
      '1:05',
      '1:00',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });

  it('between two tries is 0.3 to 1 s at first, up to 3 s later, and not the same for all', () => {
    const least = [0, 1, 5, 6, 9].map((failures) => backoff(failures, () => 0));
    const most = [0, 1, 5, 6, 9].map((failures) => backoff(failures, () => 1));
    expect(least).toEqual([300, 300, 300, 300, 300]);
    expect(most).toEqual([1_000, 1_000, 1_000, 2_000, 3_000]);
  });
});
