import { createAnswer } from './answers/create-answer.ts';
import { createCountdown } from './countdown.ts';
import { el, newId, show, type View, write } from './dom.ts';
import { nothingSaid } from './kept.ts';
import { createNickname } from './nickname.ts';
import { createObjection } from './objection.ts';
import type { Phone } from './phone.ts';
import type { PhoneState } from './phone-state.ts';
import type { PollKind } from '../../src/core/consensus/poll.ts';
import type { PhonePoll } from '../../src/core/protocol/voting-frames.ts';
import { drawResult } from './result.ts';
import { drawVerdict } from './verdict.ts';
import type { Key, Words } from './words.ts';

export interface Question extends View<PhoneState> {
  readonly heading: HTMLElement;
  readonly isDraft: () => boolean;
  readonly leave: () => void;
}

/** A thumb that comes down just when the question changes must not answer the new one. */
const SETTLE_MS = 350;

/** How the answers are meant, where they do not say so themselves. */
const hints: Readonly<Partial<Record<PollKind, Key>>> = {
  single: 'single.how',
  multiple: 'multiple.how',
  ranking: 'ranking.how',
  scale: 'scale.how',
  hum: 'hum.how',
  text: 'text.how',
  quiz: 'quiz.how',
};

function quizNews({ right, form }: PhonePoll, state: PhoneState, words: Words): readonly string[] {
  if (form.kind !== 'quiz') return [];
  const points = words('quiz.points', { n: state.points });
  const place = state.place > 0 ? `, ${words('quiz.place', { n: state.place })}` : '';
  if (right === null) return state.points > 0 ? [points + place] : [];
  const counted = state.kept.answers[form.id]?.counted?.value;
  const isRight = Array.isArray(counted) && counted[0] === right;
  const text = form.options.find(({ id }) => id === right)?.text ?? '';
  return [
    ...(counted === null || counted === undefined
      ? []
      : [words(isRight ? 'quiz.right' : 'quiz.wrong')]),
    ...(isRight ? [] : [words('quiz.solution', { text })]),
    points + place,
  ];
}

/** One question: what is asked, large answers, and after it closed what it came to. */
export function createQuestion(
  poll: PhonePoll,
  {
    phone,
    words,
    elapsed,
    drafted,
    replaces,
  }: {
    readonly phone: Phone;
    readonly words: Words;
    readonly elapsed: () => number;
    readonly drafted: () => void;
    /** Whether another question stood here a moment ago. */
    readonly replaces: boolean;
  },
): Question {
  const { form } = poll;
  const heading = el('h1', '', form.question);
  heading.id = newId();
  heading.tabIndex = -1;
  heading.dir = 'auto';
  const countdown = createCountdown(elapsed, words);
  const closed = el('p', 'countdown');
  const answer = createAnswer({
    form,
    words,
    send: (choice) => phone.answer(choice),
    drafted,
    labelledBy: heading.id,
  });
  const result = el('section', 'result');
  const quiz = el('div', 'quiz-news');
  const objection = form.objections ? createObjection(form.id, phone, words) : null;
  const nickname = form.kind === 'quiz' ? createNickname(phone, words) : null;
  const hint = hints[form.kind];
  const space = el('div', 'space');
  const how = el('p', 'hint', hint === undefined ? '' : words(hint, { n: form.most }));
  const root = el(
    'section',
    'question',
    el('div', 'asked', el('div', 'times', countdown.root, closed), heading, how),
    space,
    quiz,
    answer.root,
    result,
    ...[nickname, objection].flatMap((view) => (view === null ? [] : [view.root])),
  );
  let settled = !replaces;
  let drawn = '';
  function update(state: PhoneState): void {
    const now = state.poll?.form.id === form.id ? state.poll : poll;
    const said = state.kept.answers[form.id] ?? nothingSaid;
    const hasResult = now.tally !== null;
    // A result that is shown early does not take the answers away. C4
    const hides = !now.open && hasResult;
    if (hides && answer.root.contains(document.activeElement)) heading.focus();
    answer.update(said, now.open && settled);
    show(answer.root, !hides);
    // What is tapped lies near the thumb, what is read near the question.
    show(space, !hides);
    show(how, how.textContent !== '' && now.open);
    write(closed, words('closed'));
    show(closed, !now.open);
    countdown.until(state.closesAt);
    // Drawn only when it differs: who reads it is not to lose the place.
    const { room } = state;
    const verdict = !now.open && room?.verdict?.poll === form.id ? room.verdict : undefined;
    const picture = JSON.stringify([now.tally, now.open, now.right, said.counted, verdict]);
    if (picture !== drawn) {
      drawn = picture;
      drawResult(result, now, said.counted?.value, words);
      if (verdict !== undefined && room !== null) {
        result.prepend(drawVerdict(verdict, room, words));
      }
      if (!now.open && !hasResult) result.append(el('p', 'hint', words('closed.hidden')));
    }
    show(result, hasResult || !now.open);
    const news = quizNews(now, state, words);
    write(quiz, news.join(' · '));
    show(quiz, news.length > 0);
    objection?.update(state);
    nickname?.update(state);
  }
  if (replaces) {
    setTimeout(() => {
      settled = true;
      update(phone.state());
    }, SETTLE_MS);
  }
  return { root, heading, isDraft: answer.isDraft, update, leave: countdown.stop };
}
