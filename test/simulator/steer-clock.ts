/**
 * Lets the simulator set what `Date.now` says. lib0 keeps the function itself when it is loaded, so
 * this has to be imported before anything that imports lib0 or Yjs; and it has to stay in place when
 * a test loads the simulator anew, so what it says is kept beside the global.
 */
interface Steering {
  readonly real: () => number;
  now: () => number;
}
const place = Symbol.for('caucus.simulator.clock');
const known: unknown = Reflect.get(globalThis, place);

const isSteering = (value: unknown): value is Steering =>
  typeof value === 'object' && value !== null && 'real' in value && 'now' in value;

function begin(): Steering {
  const real = Date.now;
  const steering: Steering = { real, now: real };
  Reflect.set(globalThis, place, steering);
  Date.now = () => steering.now();
  return steering;
}

const steering = isSteering(known) ? known : begin();

/** From now on `Date.now` is `now`; null for the machine's own. */
export function steerClock(now: (() => number) | null): void {
  steering.now = now ?? steering.real;
}
