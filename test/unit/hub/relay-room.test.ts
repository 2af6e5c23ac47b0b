import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readMessage, writeMessage } from '../../../src/core/protocol/relay-message.ts';
import { createRoom, type Member } from '../../../src/hub/relay/relay-room.ts';
import { garbage, updateOf, waitingForEachOther } from './forged-frames.ts';
import { testKey } from './laptop.ts';

/** A room on a clock that the test moves. */
function openRoom() {
  let ms = 0;
  let timers: { at: number; act: () => void }[] = [];
  const room = createRoom({
    documentId: testKey(1).documentId,
    now: () => ms,
    later(act, wait) {
      const timer = { at: ms + wait, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  return {
    room,
    pass(by: number): void {
      const end = ms + by;
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.at - b.at);
        if (next === undefined || next.at > end) break;
        timers = timers.filter((other) => other !== next);
        ms = Math.max(ms, next.at);
        next.act();
      }
      ms = end;
    },
  };
}

function enter({ room }: ReturnType<typeof openRoom>, { mayWrite = true, asks = true } = {}) {
  const doc = new Y.Doc();
  const got = { messages: 0, bytes: 0, haves: 0, presences: [] as number[], signals: 0 };
  let behind = false;
  const member: Member = {
    mayWrite,
    hears: () => true,
    sendMessage(message) {
      got.messages += 1;
      got.bytes += message.length;
      for (const { update } of readMessage(message) ?? []) Y.applyUpdate(doc, update);
    },
    isBehind: () => behind,
    sendHave: () => (got.haves += 1),
    sendPresence: (presence) => got.presences.push(presence[0] ?? 0),
    sendSignal: () => (got.signals += 1),
    sendJoined: () => undefined,
  };
  room.join(member);
  if (asks) room.have(member, Y.encodeStateVector(doc));
  return {
    member,
    doc,
    got,
    setBehind: (is: boolean) => (behind = is),
    take(...updates: readonly Uint8Array[]): void {
      room.take(member, readMessage(writeMessage(updates)) ?? []);
    },
  };
}
/** What a laptop's first words in a fresh document are, as an update. */
function words(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}
const textOf = (doc: Y.Doc): string => doc.getText('text').toString();
const everything = Uint8Array.of(0);

describe('a document at the hub', () => {
  it('is answered once to who asks again and again, and once more to the newest question', () => {
    const opened = openRoom();
    const writer = enter(opened);
    writer.take(words('x'.repeat(10_000)));
    const asker = enter(opened, { asks: false });
    for (let i = 0; i < 1_000; i += 1) opened.room.have(asker.member, everything);
    expect(asker.got.messages).toBe(1);
    opened.pass(10_000);
    expect(asker.got.messages).toBe(2);
  });

  it('is not answered again while the answer is on its way', () => {
    const opened = openRoom();
    const writer = enter(opened);
    writer.take(words('x'.repeat(10_000)));
    const asker = enter(opened, { asks: false });
    opened.room.have(asker.member, everything);
    asker.setBehind(true);
    opened.room.have(asker.member, everything);
    opened.pass(60_000);
    expect(asker.got.messages).toBe(1);
    asker.setBehind(false);
    opened.pass(2_000);
    expect(asker.got.messages).toBe(2);
  });

  it('comes once to who joins while others write', () => {
    const opened = openRoom();
    const writer = enter(opened);
    writer.take(words('one'));
    const late = enter(opened, { asks: false });
    writer.take(words('two'));
    opened.pass(100);
    opened.room.have(late.member, everything);
    opened.pass(100);
    expect(textOf(late.doc)).toMatch(/^(onetwo|twoone)$/u);
    expect(late.got.messages).toBe(1);
    writer.take(words('!'));
    opened.pass(100);
    expect(late.got.messages).toBe(2);
  });

  it('S2: keeps nothing waiting, and passes on what made sense beside it', () => {
    const opened = openRoom();
    const [writer, other] = [enter(opened), enter(opened)];
    writer.take(
      waitingForEachOther(70, 71),
      garbage(80, 5, 1),
      updateOf(0, 1, 90, 1, 2 ** 45, 1),
      words('said'),
    );
    opened.pass(100);
    expect(textOf(other.doc)).toBe('said');
    expect(other.doc.store.pendingStructs).toBeNull();
    // What waits for ever at the hub would be in every answer.
    const late = enter(opened);
    expect(textOf(late.doc)).toBe('said');
    expect([late.doc.store.pendingStructs, late.doc.store.pendingDs]).toEqual([null, null]);
  });

  it('S2: passes on what came before an update over which Yjs stumbles', () => {
    const opened = openRoom();
    const [writer, other] = [enter(opened), enter(opened)];
    const [read] = readMessage(writeMessage([words('said')])) ?? [];
    if (read === undefined) throw new Error('Not read');
    const broken = { ...read, ends: new Map([[5, 1]]), needs: new Map(), update: Uint8Array.of(9) };
    expect(() => opened.room.take(writer.member, [read, broken])).toThrow();
    opened.pass(100);
    expect(textOf(other.doc)).toBe('said');
    writer.take(words('!'));
    opened.pass(100);
    expect(textOf(other.doc)).toHaveLength(5);
  });

  it('takes in no more clients than a state vector can name', () => {
    const opened = openRoom();
    const [writer, other] = [enter(opened), enter(opened)];
    for (let from = 0; from < 20_000; from += 1_000) {
      const numbers = Array.from({ length: 1_000 }, (_, i) => [1, 1 + from + i, 0, 0, 1]).flat();
      writer.take(updateOf(1_000, ...numbers, 0));
    }
    writer.take(words('said'));
    opened.pass(100);
    expect(other.doc.store.clients.size).toBe(5_000);
    expect(Y.encodeStateVector(other.doc).length).toBeLessThan(100_000);
    // Who was there before writes on.
    const honest = [...other.doc.store.clients.keys()][0] ?? 0;
    writer.take(garbage(honest, 1, 1));
    opened.pass(100);
    expect(Y.getState(other.doc.store, honest)).toBe(2);
  });

  it("lets the newest of one laptop's presences through, as fast as others can bear", () => {
    const opened = openRoom();
    const [speaker, listener] = [enter(opened), enter(opened)];
    const presence = (value: number, length = 300): Uint8Array =>
      new Uint8Array(length).fill(value);
    for (let value = 1; value <= 100; value += 1) opened.room.say(speaker.member, presence(value));
    opened.pass(1_000);
    expect(listener.got.presences).toEqual([1, 100]);
    // What is long is paid for with time.
    const long = presence(7, 100_000);
    for (let i = 0; i < 1_000; i += 1) {
      opened.room.say(speaker.member, long);
      opened.pass(10);
    }
    expect(listener.got.presences.length).toBeLessThan(12);
    expect(speaker.got.presences).toEqual([]);
  });

  it('lets signals through between who may write, up to what eight laptops need', () => {
    const opened = openRoom();
    const [speaker, listener] = [enter(opened), enter(opened)];
    const reader = enter(opened, { mayWrite: false });
    for (let i = 0; i < 100; i += 1) opened.room.signal(speaker.member, new Uint8Array(3_000));
    expect([listener.got.signals, reader.got.signals]).toEqual([100, 0]);
    const long = new Uint8Array(60_000);
    for (let i = 0; i < 1_000; i += 1) {
      opened.room.signal(speaker.member, long);
      opened.pass(10);
    }
    expect(listener.got.signals).toBeLessThan(120);
    opened.pass(60_000);
    const before = listener.got.signals;
    opened.room.signal(speaker.member, new Uint8Array(3_000));
    expect(listener.got.signals).toBe(before + 1);
  });
});
