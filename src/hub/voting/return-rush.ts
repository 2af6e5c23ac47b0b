/** So many greetings within a moment, in milliseconds, and a whole room is on its way back. */
const MANY = 20;
const MOMENT_MS = 100;
/** How long words may wait for others to be greeted, in milliseconds. */
const MOST_MS = 1_500;

export interface ReturnRushOptions {
  /** A clock that does not jump, in milliseconds. */
  readonly now: () => number;
  readonly later: (act: () => void, ms: number) => void;
}

export interface ReturnRush {
  /** Somebody has come, or come back. */
  greeted(): void;
  /** Now; while a whole room comes back, once most of it is in, in the order of the calls. */
  orLater(act: () => void): void;
  /** What waits does so no longer. */
  release(): void;
}

/**
 * After a hub was started again all phones come back within a second, and who is in says at once what
 * it could not say meanwhile: so much that the others wait for seconds to be let in. Therefore words
 * wait for greetings, for a moment. They keep their place: what came before a poll closes is released
 * before it closes.
 */
export function createReturnRush({ now, later }: ReturnRushOptions): ReturnRush {
  let waiting: (() => void)[] = [];
  let greetings = 0;
  let momentAt = Number.NEGATIVE_INFINITY;
  let beganAt = Number.NEGATIVE_INFINITY;
  let calmAt = Number.NEGATIVE_INFINITY;

  const isOn = (): boolean => now() < calmAt && now() - beganAt < MOST_MS;
  function release(): void {
    const acts = waiting;
    waiting = [];
    for (const act of acts) act();
  }
  function look(): void {
    later(() => {
      if (waiting.length === 0) return;
      if (isOn()) look();
      else release();
    }, MOMENT_MS);
  }
  return {
    greeted() {
      const time = now();
      if (time - momentAt >= MOMENT_MS) {
        momentAt = time;
        greetings = 0;
      }
      greetings += 1;
      if (greetings < MANY) return;
      if (time >= calmAt) beganAt = time;
      calmAt = time + MOMENT_MS;
    },
    orLater(act) {
      if (waiting.length === 0 && !isOn()) {
        act();
        return;
      }
      waiting.push(act);
      if (waiting.length === 1) look();
    },
    release,
  };
}
