/** How long an address may take to answer before it counts as silent. Milliseconds. */
const OPEN_TIMEOUT_MS = 2_500;

/**
 * A WebSocket that tries several addresses side by side and becomes the first that opens: the
 * plenary laptop may be reachable by cable, by Wi-Fi or not at all, and which one is only known by
 * trying. An address that swallows packets without a word counts as closed after 2.5 s,
 * where a plain WebSocket would hang for minutes. Behaves like a WebSocket as far as relay clients
 * use one.
 */
export class RacingSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  binaryType: BinaryType = 'arraybuffer';
  #candidates = new Set<WebSocket>();
  #winner: WebSocket | null = null;
  #closed = false;
  readonly #timer: ReturnType<typeof setTimeout>;

  /** `urls` must not be empty; `onOpen` is told which of them it became. */
  constructor(urls: readonly string[], onOpen: (url: string) => void) {
    super();
    this.#timer = setTimeout(() => this.#fail(), OPEN_TIMEOUT_MS);
    for (const url of urls) {
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      this.#candidates.add(socket);
      socket.onopen = () => this.#win(socket, url, onOpen);
      socket.onclose = () => this.#lose(socket);
    }
    if (urls.length === 0) queueMicrotask(() => this.#fail());
  }

  get readyState(): number {
    if (this.#closed) return RacingSocket.CLOSED;
    return this.#winner?.readyState ?? RacingSocket.CONNECTING;
  }
  get bufferedAmount(): number {
    return this.#winner?.bufferedAmount ?? 0;
  }

  send(data: string | BufferSource): void {
    this.#winner?.send(data);
  }

  close(): void {
    if (this.#closed) return;
    this.#finish();
    this.dispatchEvent(new CloseEvent('close', { code: 1000 }));
  }

  #win(socket: WebSocket, url: string, onOpen: (url: string) => void): void {
    clearTimeout(this.#timer);
    this.#winner = socket;
    this.#candidates.delete(socket);
    for (const loser of this.#candidates) discard(loser);
    this.#candidates.clear();
    socket.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.dispatchEvent(new MessageEvent('message', { data }));
    socket.onclose = (event) => {
      this.#closed = true;
      this.dispatchEvent(new CloseEvent('close', { code: event.code, reason: event.reason }));
    };
    onOpen(url);
    this.dispatchEvent(new Event('open'));
  }

  #lose(socket: WebSocket): void {
    this.#candidates.delete(socket);
    if (this.#candidates.size === 0) this.#fail();
  }

  #fail(): void {
    if (this.#closed) return;
    this.#finish();
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new CloseEvent('close', { code: 1006 }));
  }

  #finish(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const socket of this.#candidates) discard(socket);
    this.#candidates.clear();
    if (this.#winner) discard(this.#winner);
  }
}

/** Closes a socket that nobody listens to any more; one that is still connecting too. */
function discard(socket: WebSocket): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  socket.close();
}
