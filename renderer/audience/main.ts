import './style.css';
import {
  type PhonePoll,
  type PhoneRoom,
  VOTE_PATH,
  VOTE_SUBPROTOCOL,
} from '../../src/core/protocol/voting-frames.ts';
import { createShelf, latest } from './kept.ts';
import { languages } from './languages.ts';
import { createLink, type Link } from './link.ts';
import { createPhone } from './phone.ts';
import type { PhoneState } from './phone-state.ts';
import { createScreen } from './screen.ts';
import { chooseLanguage, createWords } from './words.ts';

interface InPage {
  readonly room: PhoneRoom;
  readonly poll: PhonePoll | null;
}

/** What the plenary laptop has put into the page, so that the question is there with the page itself. */
function readRoom(): InPage | null {
  try {
    return JSON.parse(document.getElementById('room')?.textContent ?? 'null') as InPage | null;
  } catch {
    return null;
  }
}

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
const elapsed = (): number => performance.now();

const language = chooseLanguage(languages, navigator.languages ?? [navigator.language]);
const english = chooseLanguage(languages, ['en']);
if (language === undefined || english === undefined) throw new Error('There are no words.');
document.documentElement.lang = language.language;
document.documentElement.dir = language.direction;
const words = createWords(language, english);

const shelf = createShelf(() => localStorage);
const inPage = readRoom();
// The link is made after what it reports to, and is there before anything is said over it.
let link: Link | undefined;
const notYet: Link = { send: () => false, again: () => undefined, stop: () => undefined };
const phone = createPhone({
  shelf,
  link: () => link ?? notYet,
  changed: () => screen.update(phone.state()),
  elapsed,
  newId,
  after: (ms, run) => setTimeout(run, ms),
  room: inPage?.room ?? null,
  poll: inPage?.poll ?? null,
});
const screen = createScreen({ phone, words, elapsed, lasts: shelf.lasts });
document.body.append(screen.root);
screen.update(phone.state());

const voter = (): string => phone.state().kept.voter;
link = createLink({
  open: () =>
    new WebSocket(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${VOTE_PATH}`,
      voter() === '' ? [VOTE_SUBPROTOCOL] : [VOTE_SUBPROTOCOL, voter()],
    ),
  onUp: phone.onUp,
  onDown: phone.onDown,
  onFrame: phone.onFrame,
  probe: phone.greet,
});

/** A phone that was put away has lost its connection more often than it knows. */
const AWAY_MS = 3_000;
let hiddenAt: number | null = null;
document.addEventListener('visibilitychange', () => {
  if (document.hidden) hiddenAt = elapsed();
  else if (hiddenAt === null || elapsed() - hiddenAt > AWAY_MS || !isUp(phone.state())) {
    link?.again();
  }
});
window.addEventListener('online', () => link?.again());
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) link?.again();
});

function isUp({ up, kept }: PhoneState): boolean {
  return up && latest(kept.declared) !== undefined;
}
