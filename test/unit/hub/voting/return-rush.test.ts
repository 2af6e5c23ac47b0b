import { beforeEach, describe, expect, it } from 'vitest';
import { createReturnRush, type ReturnRush } from '../../../../src/hub/voting/return-rush.ts';

describe('words, while a whole room comes back', () => {
  let time = 0;
  let due: { readonly at: number; readonly act: () => void }[] = [];
  let done: string[] = [];
  let rush: ReturnRush;

  beforeEach(() => {
    time = 1_000;
    due = [];
    done = [];
    rush = createReturnRush({
      now: () => time,
      later: (act, ms) => void due.push({ at: time + ms, act }),
    });
  });
  function pass(ms: number): void {
    const end = time + ms;
    for (;;) {
      const next = due.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
      if (next === undefined) break;
      due.splice(due.indexOf(next), 1);
      time = Math.max(time, next.at);
      next.act();
    }
    time = end;
  }
  const greet = (count: number): void => {
    for (let phone = 0; phone < count; phone += 1) rush.greeted();
  };
  const say = (word: string): void => rush.orLater(() => void done.push(word));

  it('are heard at once where nobody comes, or a few do', () => {
    say('before');
    greet(19);
    say('with a few');
    pass(100);
    greet(19);
    say('with a few more');
    expect(done).toEqual(['before', 'with a few', 'with a few more']);
    expect(due).toEqual([]);
  });

  it('wait until most are in, and keep their order', () => {
    greet(20);
    say('first');
    pass(60);
    greet(20);
    say('second');
    expect(done).toEqual([]);
    pass(90);
    expect(done).toEqual([]);
    pass(110);
    expect(done).toEqual(['first', 'second']);
    say('third');
    expect(done).toEqual(['first', 'second', 'third']);
    expect(due).toEqual([]);
  });

  it('wait for a second and a half at most, however many come', () => {
    for (let moment = 0; moment < 28; moment += 1) {
      greet(20);
      if (moment === 0) say('first');
      pass(50);
    }
    expect(done).toEqual([]);
    for (let moment = 0; moment < 6; moment += 1) {
      greet(20);
      pass(50);
    }
    expect(done).toEqual(['first']);
    // Nor again in the same rush.
    greet(20);
    say('second');
    expect(done).toEqual(['first', 'second']);
  });

  it('wait no longer once they are let go', () => {
    greet(20);
    say('first');
    say('second');
    rush.release();
    expect(done).toEqual(['first', 'second']);
    pass(1_000);
    expect(done).toEqual(['first', 'second']);
  });
});
