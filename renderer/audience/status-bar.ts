import { button, el, show, type View, write } from './dom.ts';
import { latest, nothingSaid } from './kept.ts';
import type { Phone } from './phone.ts';
import { hasDeclared, type PhoneState } from './phone-state.ts';
import { type VoteNews, voteNews } from './vote-words.ts';
import type { Words } from './words.ts';

/** Long enough to be read out; who reads on by voice is not to find it again. */
const SAID_MS = 5_000;

/** What happened to my vote, always in the same place. */
export function createStatusBar(
  phone: Phone,
  words: Words,
  isDraft: () => boolean,
): View<PhoneState> & { say(text: string): void } {
  const text = el('p', 'news');
  text.setAttribute('role', 'status');
  /** For ears only: what eyes see on the screen anyway. */
  const aloud = el('p', 'aloud');
  aloud.setAttribute('role', 'status');
  const back = button('take-back', words('take-back'), () => phone.answer(null));
  const root = el('div', 'status', text, aloud, back);
  function news(state: PhoneState): VoteNews {
    const { poll, up, isNew, kept, missed } = state;
    const key = isNew ? 'link.first' : 'link.away';
    const away: VoteNews = { keys: [key], tone: isNew ? 'none' : 'wait' };
    if (missed) return { keys: ['vote.missed'], tone: 'bad' };
    if (poll === null || !hasDeclared(state))
      return up ? { keys: ['link.up'], tone: 'none' } : away;
    const said = kept.answers[poll.form.id] ?? nothingSaid;
    const own = voteNews(said, poll, up || isNew, isDraft());
    return up || isNew || said.pending !== null
      ? own
      : { keys: [...own.keys, 'link.away'], tone: 'wait' };
  }
  return {
    root,
    say(message) {
      write(aloud, message);
      setTimeout(() => write(aloud, ''), SAID_MS);
    },
    update(state) {
      const { keys, tone } = news(state);
      write(text, keys.map((key) => words(key)).join(' '));
      root.className = `status is-${tone}`;
      const { poll, kept, up } = state;
      const mine =
        poll?.open === true ? (latest(kept.answers[poll.form.id] ?? nothingSaid) ?? null) : null;
      const waits = poll !== null && (kept.answers[poll.form.id]?.pending ?? null) !== null;
      show(back, mine !== null && !waits && hasDeclared(state));
      show(root, !up || hasDeclared(state));
    },
  };
}
