/** Where one laptop sits: how programs run on it, and how its Wi-Fi is cut. */
export interface Seat {
  readonly name: string;
  /** The port of this laptop's own Caucus. */
  readonly appPort: number;
  /** How a program is started on this laptop. */
  command(program: string, parameters: readonly string[]): readonly [string, readonly string[]];
  /** The address by which this laptop reaches the plenary laptop, given the one on its ticket. */
  dial(address: string): Promise<string>;
  /** Takes this laptop off the Wi-Fi without a word, as Wi-Fi does it. */
  cut(): Promise<void>;
  restore(): Promise<void>;
}

export interface Venue<S extends Seat = Seat> {
  readonly kind: 'namespaces' | 'one-machine';
  /** What kind of venue this is, for the person who watches. */
  readonly words: string;
  seat(name: string): Promise<S>;
  close(): Promise<void>;
}
