/** One writer's connection to the relay under test, as thin as the protocol allows. */
export interface LoadClient {
  send(update: Uint8Array): void;
  close(): void;
}

/**
 * Connects and opens the one document of the benchmark; resolves once the relay has answered.
 * `onFrame` is called with every frame that may hold updates, as it came: taking it apart waits until the measurement is
 * over, so that the writers cost as little as possible.
 */
export interface LoadProtocol {
  readonly connect: (port: number, onFrame: (frame: Uint8Array) => void) => Promise<LoadClient>;
  /** The Yjs updates in a frame. */
  readonly updatesIn: (frame: Uint8Array) => readonly Uint8Array[];
}
