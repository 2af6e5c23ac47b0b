import { describe, expect, it } from 'vitest';
import type { Heard } from '../../../../src/hub/discovery/announcement.ts';
import { createFoundHubs } from '../../../../src/hub/discovery/found-hubs.ts';

const idOf = (number: number): string => `hub-${number}`.padEnd(22, '-');
const hub = (number: number, change: Partial<Heard> = {}): Heard => ({
  instance: `${idOf(number)}._caucus._tcp.local`,
  hubId: idOf(number),
  port: 4711,
  addresses: ['10.0.0.5', '192.168.4.20', 'fd00::7'],
  sessions: [{ tag: 'aaaaaaaaaaaa', plenary: true }],
  seconds: 60,
  ...change,
});
const heard = (...all: Heard[]) => ({ asks: false, heard: all, gone: [] });

function table() {
  let time = 0;
  const found = createFoundHubs(idOf(0), () => time);
  return {
    found,
    ids: () => found.list().map(({ hubId }) => hubId),
    wait: (seconds: number) => void (time += seconds * 1000),
  };
}

describe('the hubs that can be seen', () => {
  it('are listed with the address first that they were heard from', () => {
    const { found } = table();
    found.take(heard(hub(1)), '192.168.4.20');
    expect(found.list()).toEqual([
      {
        hubId: idOf(1),
        plenary: true,
        sessions: ['aaaaaaaaaaaa'],
        addresses: ['ws://192.168.4.20:4711', 'ws://10.0.0.5:4711', 'ws://[fd00::7]:4711'],
      },
    ]);
  });

  it('stay in one order when they are heard by several ways', () => {
    const { found } = table();
    found.take(heard(hub(1)), '192.168.4.20');
    found.take(heard(hub(1)), '10.0.0.5');
    const before = found.list();
    found.take(heard(hub(1)), '192.168.4.20');
    expect(found.list()).toEqual(before);
  });

  it('never are this one', () => {
    const { found } = table();
    found.take(heard(hub(0)), '192.168.4.20');
    expect(found.list()).toEqual([]);
  });

  it('are forgotten when nothing was heard of them for as long as they said', () => {
    const { found, ids, wait } = table();
    found.take(heard(hub(1)), '192.168.4.20');
    wait(40);
    found.take(heard(hub(2)), '192.168.4.21');
    wait(19);
    expect(ids()).toEqual([idOf(1), idOf(2)]);
    wait(2);
    expect(ids()).toEqual([idOf(2)]);
  });

  it('are gone when they say goodbye', () => {
    const { found, ids } = table();
    found.take(heard(hub(1), hub(2)), '192.168.4.20');
    found.take({ asks: false, heard: [], gone: [hub(1).instance] }, '192.168.4.20');
    expect(ids()).toEqual([idOf(2)]);
  });

  it('have the addresses that they said last', () => {
    const { found } = table();
    found.take(heard(hub(1)), '192.168.4.20');
    found.take(heard(hub(1, { addresses: ['192.168.4.37'], port: 5000 })), '192.168.4.37');
    expect(found.list()[0]?.addresses).toEqual(['ws://192.168.4.37:5000']);
  });

  it('are told apart by session where they are plenary for one only', () => {
    const { found } = table();
    const sessions = [
      { tag: 'aaaaaaaaaaaa', plenary: false },
      { tag: 'bbbbbbbbbbbb', plenary: true },
    ];
    found.take(heard(hub(1, { sessions })), '192.168.4.20');
    expect(found.list()).toMatchObject([
      { plenary: true, sessions: ['bbbbbbbbbbbb'] },
      { plenary: false, sessions: ['aaaaaaaaaaaa'] },
    ]);
  });

  it('are 64 at most, and 4 from one place: a liar cannot keep the others out alone', () => {
    const { found, ids } = table();
    const many = Array.from({ length: 100 }, (_, i) => hub(i + 1));
    found.take(heard(...many), '192.168.4.99');
    expect(ids()).toHaveLength(4);
    many.forEach((one, i) => found.take(heard(one), `192.168.5.${i}`));
    expect(ids()).toHaveLength(64);
    // Who is known already stays known.
    found.take(heard(hub(1, { addresses: ['192.168.4.37'] })), '192.168.4.37');
    expect(found.list()[0]?.addresses).toEqual(['ws://192.168.4.37:4711']);
  });
});
