import type { Told } from './assess.ts';
import type { Cast, Stage } from './stage.ts';

export interface ScenarioOptions {
  /** How long Wi-Fi is gone in "wifi-gone", in milliseconds. */
  readonly absenceMs: number;
  /** Whether there is time to do nothing for a while and count what is sent all the same. */
  readonly idle: boolean;
}

/** One of the ways in which a venue's network, or a laptop in it, goes wrong. */
export interface Scenario {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly words: string;
  /** Played in `npm test` as well. */
  readonly quick: boolean;
  readonly cast: Cast;
  readonly play: (stage: Stage, options: ScenarioOptions) => Promise<Told>;
}
