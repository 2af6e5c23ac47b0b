import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLink, type Link } from '../../../renderer/audience/link.ts';
import type { ToPhone } from '../../../src/core/protocol/voting-frames.ts';

/** As much of a WebSocket as the link uses, moved by hand. */
class HandSocket {
  readyState: number = WebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = WebSocket.CLOSED;
  }
  accept(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }
  say(text: string): void {
    this.onmessage?.({ data: text });
  }
  break(): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.();
  }
}

const sockets: HandSocket[] = [];
const heard: ToPhone[] = [];
let ups = 0;
let downs = 0;
let probes = 0;
const latest = (): HandSocket => {
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error('There is no socket');
  return socket;
};
function connect(open?: () => WebSocket): Link {
  return createLink({
    open:
      open ??
      (() => {
        const socket = new HandSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      }),
    onUp: () => {
      ups += 1;
    },
    onDown: () => {
      downs += 1;
    },
    onFrame: (frame) => heard.push(frame),
    probe: () => {
      probes += 1;
    },
    random: () => 0.5,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets.length = heard.length = ups = downs = probes = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the link', () => {
  it('comes back by itself, after a while more rarely, and soon again once it was heard', () => {
    connect();
    for (let tries = 1; tries <= 6; tries += 1) {
      latest().break();
      vi.advanceTimersByTime(650);
      expect(sockets).toHaveLength(tries + 1);
    }
    latest().break();
    vi.advanceTimersByTime(1_149);
    expect(sockets).toHaveLength(7);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(8);
    latest().accept();
    latest().say('{"type":"poll","poll":null}');
    latest().break();
    vi.advanceTimersByTime(650);
    expect(sockets).toHaveLength(9);
    expect([ups, downs]).toEqual([1, 8]);
  });

  it('gives up a connection that does not answer what was said', () => {
    const link = connect();
    latest().accept();
    expect(link.send({ type: 'hello', version: 1 })).toBe(true);
    vi.advanceTimersByTime(4_000);
    expect(downs).toBe(1);
    expect(link.send({ type: 'hello', version: 1 })).toBe(false);
    vi.advanceTimersByTime(3_000);
    expect(sockets).toHaveLength(2);
  });

  it('asks whether anybody is there when it has heard nothing for long', () => {
    connect();
    latest().accept();
    vi.advanceTimersByTime(19_000);
    latest().say('{"type":"poll","poll":null}');
    vi.advanceTimersByTime(19_999);
    expect(probes).toBe(0);
    vi.advanceTimersByTime(1);
    expect(probes).toBe(1);
  });

  it('gives up one that is never let in', () => {
    connect();
    vi.advanceTimersByTime(4_000 + 3_000);
    expect(sockets.length).toBeGreaterThan(1);
  });

  it('tries at once when the network has changed, and leaves the former one', () => {
    const link = connect();
    const former = latest();
    former.accept();
    link.again();
    expect(sockets).toHaveLength(2);
    expect(former.readyState).toBe(WebSocket.CLOSED);
    former.say('{"type":"poll","poll":null}');
    expect(heard).toEqual([]);
  });

  it('passes over what is no frame', () => {
    connect();
    latest().accept();
    for (const text of ['', 'null', '7', '{"a":1}', '{']) latest().say(text);
    latest().say('{"type":"poll","poll":null}');
    expect(heard).toEqual([{ type: 'poll', poll: null }]);
  });

  it('goes on where the browser throws instead of connecting, and stops when told to', () => {
    let tries = 0;
    const link = connect(() => {
      tries += 1;
      throw new Error('blocked');
    });
    vi.advanceTimersByTime(10_000);
    expect(tries).toBeGreaterThan(2);
    const before = tries;
    link.stop();
    vi.advanceTimersByTime(60_000);
    link.again();
    expect(tries).toBe(before);
  });
});
