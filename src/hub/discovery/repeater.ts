/** Does something several times: a datagram may be lost, and nobody says so. */
export interface Repeater {
  /** Begins anew. */
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * @param delays milliseconds before each time, the first ones in their order.
 * @param then milliseconds before the next of all further times; null where there are none.
 */
export function createRepeater(
  act: () => void,
  delays: readonly number[],
  then: (() => number) | null,
): Repeater {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function schedule(times: number): void {
    const delay = delays[times] ?? then?.();
    if (delay === undefined) return;
    timer = setTimeout(() => {
      schedule(times + 1);
      act();
    }, delay);
    timer.unref();
  }
  const stop = (): void => clearTimeout(timer);

  return {
    start() {
      stop();
      schedule(0);
    },
    stop,
  };
}
