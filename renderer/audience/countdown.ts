import { el, show, write } from './dom.ts';
import type { Words } from './words.ts';

const TICK_MS = 250;

/** "1:05", rounded up: it says 0:00 only when the time is over. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export interface Countdown {
  readonly root: HTMLElement;
  /** @param at when it ends by `elapsed`; null for no countdown. */
  until(at: number | null): void;
  readonly stop: () => void;
}

/** Counts by time gone by and never by the phone's clock, which may say anything. */
export function createCountdown(elapsed: () => number, words: Words): Countdown {
  const root = el('p', 'countdown');
  root.setAttribute('role', 'timer');
  let timer: ReturnType<typeof setInterval> | undefined;
  let end: number | null = null;
  function draw(): void {
    show(root, end !== null);
    if (end === null) return;
    const left = end - elapsed();
    write(root, left <= 0 ? words('closing') : words('closes', { time: clockText(left) }));
    root.classList.toggle('is-short', left <= 10_000);
  }
  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }
  return {
    root,
    until(at) {
      end = at;
      if (at === null) stop();
      else timer ??= setInterval(draw, TICK_MS);
      draw();
    },
    stop,
  };
}
