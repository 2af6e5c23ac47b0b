import { describe, expect, it } from 'vitest';
import type {
  FromAsker,
  FromDesk,
  ToAsker,
  ToDesk,
} from '../../../../src/core/protocol/ask-to-join-frames.ts';
import { parseJson } from '../../../../src/core/protocol/utf8.ts';
import type { DropReason } from '../../../../src/hub/hub-log.ts';
import { createJoinRoom, type JoinVisit } from '../../../../src/hub/join/join-room.ts';

const key = 'A'.repeat(43);
const sealed = 'B'.repeat(64);
const ask = (name = 'Group 2'): FromAsker => ({ type: 'ask', version: 1, name, commitment: key });
const reveal: FromAsker = { type: 'reveal', key, nonce: key };

/** Time that passes when a test says so. */
function createTime() {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    now: () => now,
    waiting: () => waiting.size,
    later(act: () => void, ms: number) {
      const entry = { at: now + ms, act };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.act();
      }
      now = until;
    },
  };
}

interface End<Sent, Received> {
  readonly said: Received[];
  /** How it was ended; undefined while it is open. */
  ended: DropReason | null | undefined;
  readonly visit: JoinVisit;
  send(frame: Sent): void;
}

function createTestRoom() {
  const time = createTime();
  const room = createJoinRoom(time);
  function open<Sent, Received>(
    enter: (port: Parameters<typeof room.acceptDesk>[0]) => JoinVisit,
  ): End<Sent, Received> {
    const said: Received[] = [];
    const visit = enter({
      send: (text) => said.push(parseJson(text) as Received),
      end(reason) {
        end.ended = reason;
      },
    });
    const end: End<Sent, Received> = {
      said,
      ended: undefined,
      visit,
      send: (frame) => visit.receive(JSON.stringify(frame)),
    };
    return end;
  }
  let addresses = 0;
  return {
    time,
    room,
    desk: () => open<FromDesk, ToDesk>((port) => room.acceptDesk(port)),
    /** From an address of its own, if none is given. */
    asker(address?: string) {
      addresses += 1;
      const from = address ?? `192.168.4.${addresses}`;
      return open<FromAsker, ToAsker>((port) => room.acceptAsker(port, from));
    },
    /** Nothing at all is held, nor waited for. */
    expectEmpty() {
      time.pass(60_000);
      expect(room.counts()).toEqual({ requests: 0, desks: 0, silent: 0, addresses: 0 });
      expect(time.waiting()).toBe(0);
    },
  };
}
type TestRoom = ReturnType<typeof createTestRoom>;

/** Both up to the words. */
function meet(test: TestRoom) {
  const desk = test.desk();
  const asker = test.asker();
  asker.send(ask());
  const request = 1;
  desk.send({ type: 'answer', request, key, words: 'en' });
  asker.send(reveal);
  return { desk, asker, request };
}

describe('the hub between who asks and the plenary laptop', () => {
  it('passes on what they say, and forgets the request with the ticket', () => {
    const test = createTestRoom();
    const { desk, asker, request } = meet(test);
    desk.send({ type: 'admit', request, sealed });
    expect(desk.said).toEqual([
      { type: 'asked', request, name: 'Group 2', commitment: key },
      { type: 'revealed', request, key, nonce: key },
    ]);
    expect(asker.said).toEqual([
      { type: 'answer', key, words: 'en' },
      { type: 'admit', sealed },
    ]);
    expect(asker.ended).toBeNull();
    expect(test.room.counts().requests).toBe(0);
    desk.visit.leave();
    asker.visit.leave();
    test.expectEmpty();
  });

  it('leaves nothing of a request that was refused, ignored, taken back or outlived its page', () => {
    const test = createTestRoom();
    const refused = meet(test);
    refused.desk.send({ type: 'refuse', request: 1 });
    expect(refused.asker.said.at(-1)).toEqual({ type: 'refuse' });

    const ignored = test.asker();
    ignored.send(ask());
    expect(test.room.counts().requests).toBe(1);
    test.time.pass(10 * 60_000);
    expect(ignored.said).toEqual([{ type: 'ended', reason: 'too-long' }]);
    expect(refused.desk.said.at(-1)).toEqual({ type: 'gone', request: 2 });

    const takenBack = test.asker();
    takenBack.send(ask());
    takenBack.visit.leave();
    expect(refused.desk.said.at(-1)).toEqual({ type: 'gone', request: 3 });

    const outlived = test.asker();
    outlived.send(ask());
    refused.desk.visit.leave();
    expect(outlived.said).toEqual([{ type: 'ended', reason: 'closed' }]);
    expect(outlived.ended).toBeNull();
    test.expectEmpty();
  });

  it('says so where nobody takes laptops in', () => {
    const test = createTestRoom();
    const asker = test.asker();
    asker.send(ask());
    expect(asker.said).toEqual([{ type: 'ended', reason: 'nobody-there' }]);
    expect(asker.ended).toBeNull();
    test.expectEmpty();
  });

  it('asks the window that was opened last', () => {
    const test = createTestRoom();
    const first = test.desk();
    const second = test.desk();
    test.asker().send(ask());
    expect([first.said.length, second.said.length]).toEqual([0, 1]);
    second.visit.leave();
    test.asker().send(ask());
    expect(first.said).toHaveLength(1);
  });

  it('shows both of two laptops that say the same name', () => {
    const test = createTestRoom();
    const desk = test.desk();
    test.asker().send(ask('Group 2'));
    test.asker().send(ask('Group 2'));
    expect(desk.said.map(({ type, request }) => [type, request])).toEqual([
      ['asked', 1],
      ['asked', 2],
    ]);
  });
});

describe('limits of asking', () => {
  it('holds 20 requests; who floods crowds out itself and not the others', () => {
    const test = createTestRoom();
    test.desk();
    const honest = test.asker('10.0.0.1');
    honest.send(ask());
    const flood = Array.from({ length: 30 }, (_, place) => {
      // As many as an address may within a minute, and then a minute later again.
      if (place % 3 === 0) test.time.pass(60_000 / 3);
      const asker = test.asker(`10.0.1.${place % 10}`);
      asker.send(ask());
      return asker;
    });
    expect(test.room.counts().requests).toBe(20);
    expect(honest.said).toEqual([]);
    expect(flood.filter(({ ended }) => ended === null)).toHaveLength(11);
    expect(flood[0]?.said).toEqual([{ type: 'ended', reason: 'crowded-out' }]);
  });

  it('takes 3 within a minute from one address, however it is written, and from others more', () => {
    const test = createTestRoom();
    test.desk();
    const askFrom = (address: string): readonly ToAsker[] => {
      const asker = test.asker(address);
      asker.send(ask());
      return asker.said;
    };
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '10.0.0.1']) {
      expect(askFrom(address)).toEqual([]);
    }
    expect(askFrom('::ffff:10.0.0.1')).toEqual([{ type: 'ended', reason: 'too-many' }]);
    expect(askFrom('10.0.0.2')).toEqual([]);
    for (const end of ['1', '2:3:4', '6']) expect(askFrom(`fd00:1:2:3::${end}`)).toEqual([]);
    expect(askFrom('fd00:1:2:3:ffff::9')).toEqual([{ type: 'ended', reason: 'too-many' }]);
    expect(askFrom('fd00:1:2:4::1')).toEqual([]);
    test.time.pass(60_000);
    expect(askFrom('10.0.0.1')).toEqual([]);
  });

  it('lets the oldest of 20 sockets go that have said nothing, so that there is always room', () => {
    const test = createTestRoom();
    const silent = Array.from({ length: 25 }, () => test.asker('10.0.0.1'));
    expect(silent.map(({ ended }) => ended === 'idle').indexOf(false)).toBe(5);
    expect(test.room.counts().silent).toBe(20);
    const honest = test.asker();
    test.desk();
    honest.send(ask());
    expect(test.room.counts()).toMatchObject({ silent: 19, requests: 1 });
  });

  it('lets a socket go that says nothing for ten seconds', () => {
    const test = createTestRoom();
    const asker = test.asker();
    test.time.pass(10_000);
    expect(asker.ended).toBe('idle');
    asker.visit.leave();
    test.expectEmpty();
  });
});

describe('what comes at the wrong time', () => {
  const wrong: readonly [
    string,
    (test: TestRoom) => { readonly asker: End<FromAsker, ToAsker> },
  ][] = [
    [
      'a second request on one socket',
      (test) => {
        test.desk();
        const asker = test.asker();
        asker.send(ask());
        asker.send(ask());
        return { asker };
      },
    ],
    [
      'a reveal before the answer',
      (test) => {
        test.desk();
        const asker = test.asker();
        asker.send(ask());
        asker.send(reveal);
        return { asker };
      },
    ],
    [
      'a reveal before everything',
      (test) => {
        const asker = test.asker();
        asker.send(reveal);
        return { asker };
      },
    ],
    [
      'a second reveal',
      (test) => {
        const { asker } = meet(test);
        asker.send(reveal);
        return { asker };
      },
    ],
    [
      'what is no frame',
      (test) => {
        test.desk();
        const asker = test.asker();
        asker.visit.receive('{"type":"ask"');
        return { asker };
      },
    ],
    [
      'a name of 81 characters',
      (test) => {
        test.desk();
        const asker = test.asker();
        asker.send(ask('x'.repeat(81)));
        return { asker };
      },
    ],
  ];
  it.each(wrong)('ends the request: %s', (_what, act) => {
    const test = createTestRoom();
    const { asker } = act(test);
    expect(asker.said.at(-1)).toEqual({ type: 'ended', reason: 'malformed' });
    expect(asker.ended).toBe('malformed-frame');
    expect(test.room.counts().requests).toBe(0);
    // What comes after the end changes nothing.
    const said = asker.said.length;
    asker.send(ask());
    expect(asker.said).toHaveLength(said);
  });

  it('is told apart from another version of Caucus', () => {
    const test = createTestRoom();
    test.desk();
    const asker = test.asker();
    asker.visit.receive(JSON.stringify({ type: 'ask', version: 2, whatever: true }));
    expect(asker.said).toEqual([{ type: 'ended', reason: 'other-version' }]);
  });

  it('A1 lets nobody in before the words could be compared', () => {
    const test = createTestRoom();
    const desk = test.desk();
    const asker = test.asker();
    asker.send(ask());
    desk.send({ type: 'admit', request: 1, sealed });
    expect(asker.said).toEqual([{ type: 'ended', reason: 'closed' }]);
    expect(desk.ended).toBe('malformed-frame');
  });

  it('A1 lets one window answer only its own requests', () => {
    const test = createTestRoom();
    const other = test.desk();
    const { asker } = meet(test);
    other.send({ type: 'admit', request: 1, sealed });
    expect(other.ended).toBe('malformed-frame');
    expect(asker.said).toEqual([{ type: 'answer', key, words: 'en' }]);
  });

  it('is no fault of the page where the laptop has just gone', () => {
    const test = createTestRoom();
    const { desk, asker } = meet(test);
    asker.visit.leave();
    desk.send({ type: 'admit', request: 1, sealed });
    desk.send({ type: 'refuse', request: 1 });
    expect(desk.ended).toBeUndefined();
  });
});
