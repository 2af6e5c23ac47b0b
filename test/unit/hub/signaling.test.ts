import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestHub } from './laptop.ts';
import type { TestHub } from './laptop.ts';
import { eventually } from './eventually.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

async function hub(): Promise<TestHub> {
  const started = await startTestHub();
  toClose.push(() => started.hub.stop());
  return started;
}

interface Peer {
  readonly socket: WebSocket;
  readonly heard: unknown[];
  say(frame: unknown): void;
  /** Resolves once the hub has read everything said so far. */
  settled(): Promise<void>;
  readonly closed: Promise<number>;
}

async function peer({ local }: TestHub): Promise<Peer> {
  const socket = new WebSocket(`ws://${local}/signaling`);
  toClose.push(() => socket.terminate());
  const heard: unknown[] = [];
  let pongs = 0;
  socket.on('message', (data: Buffer) => {
    const frame: unknown = JSON.parse(data.toString());
    if (JSON.stringify(frame) === '{"type":"pong"}') pongs += 1;
    else heard.push(frame);
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  await new Promise((resolve) => socket.on('open', resolve));
  const say = (frame: unknown): void =>
    socket.send(
      typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame),
    );
  return {
    socket,
    heard,
    say,
    closed,
    async settled() {
      const before = pongs;
      say({ type: 'ping' });
      await eventually(() => expect(pongs).toBeGreaterThan(before));
    },
  };
}

const subscribe = (...topics: string[]): object => ({ type: 'subscribe', topics });
const publish = (topic: string, data: unknown): object => ({ type: 'publish', topic, data });

describe('signaling', () => {
  it('passes a publication to the others who subscribed, with how many there are', async () => {
    const started = await hub();
    const [one, two, three] = [await peer(started), await peer(started), await peer(started)];
    one.say(subscribe('a', 'b'));
    two.say(subscribe('a'));
    three.say(subscribe('b'));
    await Promise.all([one.settled(), two.settled(), three.settled()]);
    one.say(publish('a', 'sealed'));
    await one.settled();
    await eventually(() =>
      expect(two.heard).toEqual([{ type: 'publish', topic: 'a', data: 'sealed', clients: 2 }]),
    );
    expect([one.heard, three.heard]).toEqual([[], []]);
  });

  it('passes nothing any more to who unsubscribed, and takes nothing from who never subscribed', async () => {
    const started = await hub();
    const [one, two] = [await peer(started), await peer(started)];
    one.say(subscribe('a'));
    two.say(subscribe('a'));
    two.say({ type: 'unsubscribe', topics: ['a'] });
    await Promise.all([one.settled(), two.settled()]);
    one.say(publish('a', 1));
    two.say(publish('a', 2));
    await Promise.all([one.settled(), two.settled()]);
    expect([one.heard, two.heard]).toEqual([[], []]);
  });

  it('forgets the topics of who left', async () => {
    const started = await hub();
    const one = await peer(started);
    one.say(subscribe('a', 'b'));
    await one.settled();
    expect(started.hub.counts().topics).toBe(2);
    one.socket.terminate();
    await eventually(() => expect(started.hub.counts().topics).toBe(0));
  });

  it('goes on after frames that take the stock server down, and drops who sends many', async () => {
    const started = await hub();
    const [one, two, rude] = [await peer(started), await peer(started), await peer(started)];
    one.say(subscribe('a'));
    two.say(subscribe('a'));
    await Promise.all([one.settled(), two.settled()]);
    const frames = [
      'not JSON',
      '',
      'null',
      '[]',
      '7',
      '{}',
      '{"type":"subscribe"}',
      '{"type":"subscribe","topics":7}',
      '{"type":"subscribe","topics":[{}]}',
      '{"type":"subscribe","topics":[""]}',
      `{"type":"subscribe","topics":["${'x'.repeat(129)}"]}`,
      '{"type":"publish","topic":{}}',
      '{"type":"publish"}',
      '{"type":"__proto__"}',
      '{"type":"constructor","topics":["a"]}',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      Buffer.from([0xff, 0xfe, 0x00]),
    ];
    for (const frame of frames) rude.say(frame);
    await rude.settled();
    for (const frame of frames) rude.say(frame);
    await rude.closed;
    one.say(publish('a', 'on'));
    await eventually(() => expect(two.heard).toHaveLength(1));
    expect(started.events).toContainEqual({
      event: 'dropped',
      service: 'signaling',
      reason: 'malformed-frame',
    });
    expect(started.events.filter(({ event }) => event === 'fault')).toEqual([]);
  });

  it('ends a socket that sends more than 64 KiB at once', async () => {
    const started = await hub();
    const one = await peer(started);
    one.say(publish('a', 'x'.repeat(64 * 1024)));
    expect(await one.closed).toBe(1009);
  });

  it('ends a socket that wants more topics than any session has', async () => {
    const started = await hub();
    const one = await peer(started);
    const topics = (from: number): string[] =>
      Array.from({ length: 200 }, (_, i) => `t${from + i}`);
    one.say(subscribe(...topics(0)));
    one.say(subscribe(...topics(0)));
    await one.settled();
    one.say(subscribe(...topics(200)));
    expect(await one.closed).toBe(1008);
    await eventually(() => expect(started.hub.counts().topics).toBe(0));
  });

  it('drops who does not read, so that one sleeping laptop cannot fill the memory', async () => {
    const started = await hub();
    const [one, asleep] = [await peer(started), await peer(started)];
    one.say(subscribe('a'));
    asleep.say(subscribe('a'));
    await Promise.all([one.settled(), asleep.settled()]);
    asleep.socket.pause();
    const data = 'x'.repeat(60 * 1024);
    await eventually(async () => {
      for (let i = 0; i < 50; i += 1) one.say(publish('a', data));
      await one.settled();
      expect(started.events).toContainEqual({
        event: 'dropped',
        service: 'signaling',
        reason: 'too-slow',
      });
    });
  });
});
