import type { Choice } from '../../src/core/consensus/poll.ts';
import type {
  Declared,
  PhoneFrame,
  PhonePoll,
  PhoneRefusal,
  PhoneRoom,
  PhoneSelf,
  ShownVerdict,
  ToPhone,
} from '../../src/core/protocol/voting-frames.ts';
import { VOTING_PROTOCOL } from '../../src/core/protocol/voting-frames.ts';
import { type Asked, nothingSaid, type Said, type Shelf } from './kept.ts';
import type { Link } from './link.ts';
import { createOutbox } from './outbox.ts';
import type { Barred, PhoneState, PollBefore } from './phone-state.ts';
import { count, lastFew, refuse, restate, say, stillStands, WORTH_TRYING_AGAIN } from './said.ts';

/** What the voter does, and what comes from the plenary laptop. */
export interface Phone {
  state(): PhoneState;
  readonly declare: (declared: Declared) => void;
  enterCode(code: string): void;
  answer(choice: Choice): void;
  object(text: string): void;
  raiseHand(up: boolean): void;
  ask(kind: Asked['kind'], text: string): void;
  callMe(name: string): void;
  /** What the link tells. */
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onFrame: (frame: ToPhone) => void;
  readonly greet: () => void;
}

export interface PhoneOptions {
  readonly shelf: Shelf;
  readonly link: () => Link;
  readonly changed: () => void;
  /** Milliseconds by a clock that nobody sets. */
  readonly elapsed: () => number;
  readonly newId: () => string;
  readonly after: (ms: number, run: () => void) => void;
  readonly room: PhoneRoom | null;
  readonly poll: PhonePoll | null;
}

const AGAIN_MS = 2_500;

export function createPhone(options: PhoneOptions): Phone {
  const { shelf, link, changed, elapsed, newId, after } = options;
  const kept = shelf.read();
  let { room } = options;
  /** As told last: the room says none any more before it looks away from the poll. */
  let verdict: ShownVerdict | null = room?.verdict ?? null;
  let poll: PhonePoll | null = null;
  let before: PollBefore | null = null;
  let closesAt: number | null = null;
  let up = false;
  let isNew = true;
  let barred: Barred | null = null;
  let points = 0;
  let place = 0;
  let missed = false;
  let willTryAgain = false;
  lookAt(options.poll);

  function keep(): void {
    shelf.write(kept);
    changed();
  }
  /** A number that nothing of this voter has had, in another tab neither. */
  function number(): number {
    kept.last = Math.max(kept.last, shelf.read().last) + 1;
    return kept.last;
  }
  const send = (frame: PhoneFrame): void => {
    if (up) link().send(frame);
  };
  function greet(): void {
    const { voter, code } = kept;
    link().send({
      type: 'hello',
      version: VOTING_PROTOCOL,
      ...(voter === '' ? {} : { voter }),
      ...(code === '' ? {} : { code }),
    });
  }

  const outbox = createOutbox({ kept, room: () => room, send });
  function tryAgainSoon(): void {
    if (willTryAgain) return;
    willTryAgain = true;
    after(AGAIN_MS, () => {
      willTryAgain = false;
      if (up) outbox.all();
      else greet();
    });
  }

  function enter(next: PhoneRoom): void {
    room = next;
    verdict = next.verdict ?? verdict;
  }
  function lookAt(next: PhonePoll | null): void {
    if (poll !== null && poll.form.id !== next?.form.id) {
      const its = verdict?.poll === poll.form.id ? verdict : null;
      before = poll.tally !== null && !poll.open ? { ...poll, verdict: its } : null;
    }
    const answer = next === null ? undefined : kept.answers[next.form.id];
    if (next?.open === true && answer?.refused === 'not-open') {
      // Opened again: what was too late then can be said now.
      kept.answers[next.form.id] = { ...answer, refused: null };
    }
    // What is asked again has come to nothing yet. C4
    if (next?.open === true) verdict = null;
    poll = next;
    closesAt =
      next === null || !next.open || next.closesInMs === null ? null : elapsed() + next.closesInMs;
  }

  function welcome(voter: string, self: PhoneSelf): void {
    kept.voter = voter;
    barred = null;
    up = true;
    isNew = false;
    ({ points, place } = self);
    kept.declared = restate(kept.declared, self.declared, 0);
    kept.name = restate(kept.name, self.name === '' ? null : self.name, 0);
    kept.hand = stillStands(kept.hand, self.handUp);
    if (!self.handUp) kept.handTaken = false;
    if (poll !== null) {
      const { id } = poll.form;
      kept.last = Math.max(kept.last, self.sequence);
      kept.answers[id] = restate(
        kept.answers[id] ?? nothingSaid,
        self.sequence > 0 ? self.choice : undefined,
        self.sequence,
      );
      kept.objections[id] = stillStands(kept.objections[id] ?? nothingSaid, self.objection);
    }
    outbox.all();
  }

  /** What the plenary laptop does not take, by its number, or by what can be too long or too many. */
  function refused(reason: PhoneRefusal, sequence: number | undefined): void {
    const again = WORTH_TRYING_AGAIN.has(reason);
    if (again) tryAgainSoon();
    if (sequence === undefined) {
      const waiting = kept.asked.findIndex(({ state }) => state === 'sending');
      const first = kept.asked[waiting];
      if (first !== undefined && !again) {
        kept.asked = kept.asked.map((asked, at) =>
          at === waiting ? { ...asked, state: reason } : asked,
        );
      } else if (reason === 'not-a-choice') {
        kept.declared = refuse(kept.declared, reason, kept.declared.pending?.sequence);
      } else if (!again) kept.name = refuse(kept.name, reason, kept.name.pending?.sequence);
      return;
    }
    const apply = <T>(said: Said<T>): Said<T> => refuse(said, reason, sequence, again);
    for (const [id, said] of Object.entries(kept.answers)) {
      const next = apply(said);
      if (next !== said && !again && id !== poll?.form.id) missed = true;
      kept.answers[id] = next;
    }
    for (const [id, said] of Object.entries(kept.objections)) kept.objections[id] = apply(said);
    kept.hand = apply(kept.hand);
    // Something later counts already, said in another tab: the greeting tells what.
    if (reason === 'late') greet();
  }

  /** Whether the refusal was one of the voter itself, and not of something that it has said. */
  function bar(reason: PhoneRefusal): boolean {
    if (reason === 'other-version') {
      barred = reason;
      link().stop();
      return true;
    }
    if (reason === 'no-room') {
      room = null;
      poll = null;
      barred = reason;
    } else if (reason === 'code-needed' || reason === 'code-used') {
      kept.code = '';
      barred = reason;
    } else if (reason === 'unknown-voter' && kept.voter === '') {
      kept.code = '';
      barred = 'unknown-code';
    } else if (reason === 'unknown-voter') {
      kept.voter = '';
      greet();
    } else if (reason === 'too-many' && !up && kept.code !== '') {
      barred = 'too-many-codes';
      tryAgainSoon();
    } else return false;
    up = false;
    return true;
  }

  function onFrame(frame: ToPhone): void {
    switch (frame.type) {
      case 'welcome':
        enter(frame.room);
        lookAt(frame.poll);
        welcome(frame.voter, frame.self);
        break;
      case 'room':
        enter(frame.room);
        break;
      case 'poll':
        if (frame.poll !== null && frame.poll.form.id !== poll?.form.id) missed = false;
        lookAt(frame.poll);
        break;
      case 'counted': {
        const { poll: id, sequence } = frame;
        if (frame.what === 'ballot') kept.answers[id] = count(kept.answers[id], sequence);
        else kept.objections[id] = count(kept.objections[id], sequence);
        break;
      }
      case 'kept':
        if (frame.what === 'me') kept.declared = count(kept.declared, undefined);
        else if (frame.what === 'name') kept.name = count(kept.name, undefined);
        else if (frame.what === 'hand') kept.hand = count(kept.hand, undefined);
        else setAsked(frame.id, 'kept');
        break;
      case 'taken':
        if (kept.asked.some(({ id }) => id === frame.id)) {
          setAsked(frame.id, frame.done ? 'done' : 'taken');
        } else {
          kept.handTaken = !frame.done;
          if (frame.done) kept.hand = nothingSaid;
        }
        break;
      case 'points':
        ({ points, place } = frame);
        break;
      case 'refused':
        if (!bar(frame.reason)) refused(frame.reason, frame.sequence);
        break;
      default:
        // A newer plenary laptop may say more than this page knows of.
        return;
    }
    keep();
  }
  function setAsked(id: string | undefined, state: Asked['state']): void {
    kept.asked = kept.asked.map((asked) => (asked.id === id ? { ...asked, state } : asked));
  }

  return {
    state: () => ({ room, poll, closesAt, before, up, isNew, barred, kept, points, place, missed }),
    declare(declared) {
      kept.declared = say(kept.declared, number(), declared);
      outbox.declared();
      keep();
    },
    enterCode(code) {
      kept.code = code;
      barred = 'code-sent';
      greet();
      keep();
    },
    answer(choice) {
      if (poll === null) return;
      const { id } = poll.form;
      missed = false;
      kept.answers = lastFew(kept.answers, id, say(kept.answers[id], number(), choice));
      // Kept before it is sent: a phone that is reloaded in between sends it again.
      keep();
      outbox.answer(id);
    },
    object(text) {
      if (poll === null) return;
      const { id } = poll.form;
      kept.objections = lastFew(kept.objections, id, say(kept.objections[id], number(), text));
      keep();
      outbox.objection(id);
    },
    raiseHand(up) {
      kept.hand = say(kept.hand, number(), up);
      kept.handTaken = false;
      outbox.hand();
      keep();
    },
    ask(kind, text) {
      kept.asked = [{ id: newId(), kind, text, state: 'sending' as const }, ...kept.asked].slice(
        0,
        8,
      );
      outbox.asked();
      keep();
    },
    callMe(name) {
      kept.name = say(kept.name, number(), name);
      outbox.name();
      keep();
    },
    greet,
    onUp: greet,
    onDown() {
      up = false;
      isNew = false;
      changed();
    },
    onFrame,
  };
}
