/** How often tallies go out. Milliseconds. */
const DESK_EVERY_MS = 250;
const PHONES_EVERY_MS = 1_000;
/**
 * To tell thousands of phones takes as long as to acknowledge thousands of ballots, and these come
 * first: phones hear of it when nobody has voted for a moment, or has waited so long. Milliseconds.
 */
const LULL_MS = 300;
const PHONES_AT_LATEST_MS = 10_000;

export interface TallyPaceOptions {
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
  /** Calls back after so many milliseconds, when nothing is on its way to the disk. */
  readonly later: (act: () => void, ms: number) => void;
  /** Whether everybody who is there has answered the poll that the room looks at. */
  readonly haveAllAnswered: () => boolean;
  readonly tellDesk: (polls: ReadonlySet<string>) => void;
  readonly tellPhones: (polls: ReadonlySet<string>) => void;
}

export interface TallyPace {
  /** What this poll has come to is another. Called when nothing is on its way to the disk. */
  readonly changed: (poll: string) => void;
}

/**
 * Tells what polls have come to, at a bounded rate: the plenary laptop four times a second, phones
 * once, and not in the middle of a rush. Only when everybody has answered it is told at once, since
 * nothing more is to be waited for.
 */
export function createTallyPace(options: TallyPaceOptions): TallyPace {
  const { now, later, haveAllAnswered } = options;

  interface Listener {
    readonly everyMs: number;
    readonly tell: (polls: ReadonlySet<string>) => void;
    polls: Set<string>;
    toldAt: number;
    isDue: boolean;
    /** Since when there is something to tell. */
    pendingSince: number;
  }
  const listener = (everyMs: number, tell: Listener['tell']): Listener => ({
    everyMs,
    tell,
    polls: new Set(),
    toldAt: Number.NEGATIVE_INFINITY,
    isDue: false,
    pendingSince: 0,
  });
  let changedAt = Number.NEGATIVE_INFINITY;
  const desk = listener(DESK_EVERY_MS, options.tellDesk);
  const phones = listener(PHONES_EVERY_MS, options.tellPhones);
  let isNoticing = false;

  function tell(one: Listener): void {
    if (one.polls.size === 0) return;
    const { polls } = one;
    one.polls = new Set();
    one.toldAt = now();
    one.tell(polls);
  }
  function schedule(one: Listener, waitMs: number): void {
    if (one.isDue) return;
    one.isDue = true;
    later(() => {
      one.isDue = false;
      const waits = one === phones && one.polls.size > 0 && isInRush(one);
      if (waits) schedule(one, LULL_MS);
      else tell(one);
    }, waitMs);
  }
  const isInRush = (one: Listener): boolean =>
    now() - changedAt < LULL_MS && now() - one.pendingSince < PHONES_AT_LATEST_MS;
  /** Once for all that has changed in one transaction. */
  function notice(): void {
    isNoticing = false;
    const isComplete = haveAllAnswered();
    for (const one of [desk, phones]) {
      // No more often than the plenary laptop hears it, however often people change their minds.
      const mayHurry = isComplete && now() - one.toldAt >= DESK_EVERY_MS;
      const waitMs = one.toldAt + one.everyMs - now();
      if (mayHurry || (one === desk && waitMs <= 0)) tell(one);
      else schedule(one, Math.max(0, Number.isFinite(waitMs) ? waitMs : one.everyMs));
    }
  }

  return {
    changed(poll) {
      changedAt = now();
      for (const one of [desk, phones]) {
        if (one.polls.size === 0) one.pendingSince = changedAt;
        one.polls.add(poll);
      }
      if (isNoticing) return;
      isNoticing = true;
      queueMicrotask(notice);
    },
  };
}
