import { describe, expect, it } from 'vitest';
import {
  type Asker,
  createAsker,
  createDeskRequest,
  type DeskRequest,
} from '../../../src/core/protocol/ask-to-join.ts';
import {
  cleanName,
  type FromAsker,
  type FromDesk,
  MAX_JOIN_FRAME_BYTES,
  readFromAsker,
  readFromDesk,
  readToAsker,
  readToDesk,
  type ToAsker,
  type ToDesk,
  writeJoinFrame,
} from '../../../src/core/protocol/ask-to-join-frames.ts';
import { fromBase64Url, toBase64Url } from '../../../src/core/protocol/base64url.ts';
import { randomFrom } from '../../tools/seeded-random.ts';

const seed = Number(process.env['SEED'] ?? 20_261_122);
const random = randomFrom(seed);
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.below(256));
console.log(`seed ${seed}`);

type Answer = ToAsker & { type: 'answer' };
type Reveal = ToDesk & { type: 'revealed' };

const askedOf = (asker: Asker, request = 1): ToDesk & { type: 'asked' } => {
  if (asker.first.type !== 'ask') throw new Error('It does not ask');
  const { name, commitment } = asker.first;
  return { type: 'asked', request, name, commitment };
};
const answerOf = ({ first }: DeskRequest): Answer => {
  if (first.type !== 'answer') throw new Error('It does not answer');
  return { type: 'answer', key: first.key, words: first.words };
};
/** What the asker shows once it has the answer. */
function revealOf(asker: Asker, answer: Answer): { words: readonly string[]; revealed: Reveal } {
  const step = asker.receive(answer);
  if (step.kind !== 'words' || step.send.type !== 'reveal') throw new Error(step.kind);
  const { key, nonce } = step.send;
  return { words: step.words, revealed: { type: 'revealed', request: 1, key, nonce } };
}
const sealedOf = (frame: FromDesk | null): ToAsker => {
  if (frame?.type !== 'admit') throw new Error('It was not let in');
  return { type: 'admit', sealed: frame.sealed };
};
/** A whole conversation up to the words, with nobody in between. */
function meet(name = 'Group 2, second laptop') {
  const asker = createAsker(name, bytes);
  const desk = createDeskRequest(askedOf(asker), 'en', bytes);
  const { words, revealed } = revealOf(asker, answerOf(desk));
  return { asker, desk, words, deskWords: desk.reveal(revealed) };
}
/** The text with one of its bytes changed. */
function changed(text: string, at: number): string {
  const decoded = fromBase64Url(text) ?? new Uint8Array();
  decoded[at] = (decoded[at] ?? 0) ^ 1;
  return toBase64Url(decoded);
}

describe('asking to join', () => {
  it('ends with the same four words on both screens and the ticket at the laptop that asked', () => {
    const { asker, desk, words, deskWords } = meet();
    expect(words).toHaveLength(4);
    expect(deskWords).toEqual(words);
    expect(desk.name).toBe('Group 2, second laptop');
    const ticket = 'a ticket '.repeat(700);
    expect(asker.receive(sealedOf(desk.admit(ticket)))).toEqual({ kind: 'admitted', ticket });
  });

  it('has other words every time, also for two laptops with the same name', () => {
    const said = Array.from({ length: 20 }, () => meet('Group 2').words.join(' '));
    expect(new Set(said).size).toBe(20);
  });

  it('A1 shows what goes over the network nothing of the ticket, not even by its length', () => {
    const lengths = ['short', 'x'.repeat(900)].map((ticket) => {
      const { desk } = meet();
      const frame = JSON.stringify(desk.admit(ticket));
      expect(frame).not.toContain(ticket);
      return frame.length;
    });
    expect(lengths[0]).toBe(lengths[1]);
  });

  it('takes a ticket as long as a moderator of 100 groups has, in a frame that is let through', () => {
    const { asker, desk } = meet();
    const ticket = 'x'.repeat(11_000);
    const frame = desk.admit(ticket);
    expect(readFromDesk(JSON.stringify(frame))).toEqual(frame);
    expect(asker.receive(sealedOf(frame))).toEqual({ kind: 'admitted', ticket });
    for (const length of [12_000, 65_600]) {
      expect(meet().desk.admit('x'.repeat(length))).toBeNull();
    }
  });

  it('A1 opens the ticket for nobody else who asks at the same time', () => {
    const one = meet();
    const two = meet();
    expect(two.asker.receive(sealedOf(one.desk.admit('a ticket')))).toEqual({
      kind: 'ended',
      reason: 'forged',
    });
  });

  it('A1 takes no ticket that was changed on the way, wherever', () => {
    for (const at of [0, 10, 1_000, 1_039]) {
      const { asker, desk } = meet();
      const frame = desk.admit('a ticket');
      if (frame?.type !== 'admit') throw new Error('It was not let in');
      const sealed = changed(frame.sealed, at);
      expect(asker.receive({ type: 'admit', sealed })).toMatchObject({ reason: 'forged' });
    }
  });
});

describe('somebody in the middle', () => {
  /** Talks to both with keys of its own, in the only order that gives it a chance. */
  function stand(): { readonly asker: readonly string[]; readonly desk: readonly string[] } {
    const asker = createAsker('Group 2', bytes);
    const fakeDesk = createDeskRequest(askedOf(asker), 'en', bytes);
    const fakeAsker = createAsker('Group 2', bytes);
    const desk = createDeskRequest(askedOf(fakeAsker), 'en', bytes);
    const { words } = revealOf(asker, answerOf(fakeDesk));
    const { revealed } = revealOf(fakeAsker, answerOf(desk));
    return { asker: words, desk: desk.reveal(revealed) ?? [] };
  }

  it('A1 has other words on the two screens', () => {
    for (let tries = 0; tries < 50; tries += 1) {
      const { asker, desk } = stand();
      expect(desk).toHaveLength(4);
      expect(desk).not.toEqual(asker);
    }
  });

  it('A1 cannot look for a key that makes the words right: what it has promised holds', () => {
    const asker = createAsker('Group 2', bytes);
    const wanted = createAsker('Group 2', bytes);
    const desk = createDeskRequest(askedOf(asker), 'en', bytes);
    // It has promised one key, sees the desk's, and shows another.
    const { revealed } = revealOf(wanted, answerOf(desk));
    expect(desk.reveal(revealed)).toBeNull();
    expect(desk.admit('a ticket')).toBeNull();
  });

  it('A1 has one try: a second answer or a second reveal ends it', () => {
    const { asker, desk } = meet();
    const second = createDeskRequest(askedOf(asker), 'en', bytes);
    expect(asker.receive(answerOf(second))).toEqual({ kind: 'ended', reason: 'forged' });
    // And it stays so: the right ticket comes too late.
    expect(asker.receive(sealedOf(desk.admit('a ticket')))).toMatchObject({ reason: 'forged' });

    const other = createAsker('Group 2', bytes);
    const otherDesk = createDeskRequest(askedOf(other), 'en', bytes);
    const { revealed } = revealOf(other, answerOf(otherDesk));
    expect(otherDesk.reveal(revealed)).not.toBeNull();
    expect(otherDesk.reveal(revealed)).toBeNull();
  });

  it('A1 cannot put another name beside the words', () => {
    const asker = createAsker('Group 2', bytes);
    const desk = createDeskRequest({ ...askedOf(asker), name: 'Group 3' }, 'en', bytes);
    const { revealed } = revealOf(asker, answerOf(desk));
    expect(desk.reveal(revealed)).toBeNull();
  });

  it('A1 cannot change the language of the words, nor use a key that makes no secret', () => {
    const asker = createAsker('Group 2', bytes);
    const desk = createDeskRequest(askedOf(asker), 'en', bytes);
    const zero = toBase64Url(new Uint8Array(32));
    expect(asker.receive({ type: 'answer', key: zero, words: 'en' })).toMatchObject({
      reason: 'forged',
    });
    expect(desk.admit('a ticket')).toBeNull();
  });
});

describe('frames of asking to join', () => {
  const key = toBase64Url(new Uint8Array(32).fill(7));
  const ask: FromAsker = { type: 'ask', version: 1, name: 'Group 2', commitment: key };
  const wrong: readonly unknown[] = [
    null,
    [],
    'ask',
    {},
    { ...ask, version: 2 },
    { ...ask, extra: true },
    { ...ask, name: 'x'.repeat(81) },
    { ...ask, name: 7 },
    { ...ask, commitment: key.slice(1) },
    { ...ask, commitment: `${key}A` },
    { type: 'reveal', key },
    { type: 'reveal', key, nonce: '!'.repeat(43) },
    { type: 'answer', request: 0, key, words: 'en' },
    { type: 'answer', request: 1.5, key, words: 'en' },
    { type: 'answer', request: 1, key, words: 'klingon' },
    { type: 'admit', request: 1, sealed: 'short' },
    { type: 'ended', reason: 'whatever' },
    { type: 'gone', request: -1 },
  ];

  it('are read as they were written, each by the one it is for', () => {
    expect(readFromAsker(writeJoinFrame(ask))).toEqual(ask);
    const refuse: FromDesk = { type: 'refuse', request: 3 };
    expect(readFromDesk(writeJoinFrame(refuse))).toEqual(refuse);
    expect(readFromAsker(writeJoinFrame(refuse))).toBeNull();
    expect(readToDesk(writeJoinFrame({ type: 'gone', request: 3 }))).not.toBeNull();
    expect(readToAsker(writeJoinFrame({ type: 'ended', reason: 'closed' }))).not.toBeNull();
  });

  it.each(wrong.map((frame) => [JSON.stringify(frame)]))('are nothing else: %s', (text) => {
    for (const read of [readFromAsker, readFromDesk, readToAsker, readToDesk]) {
      expect(read(text)).toBeNull();
    }
  });

  it('are no more than 16 KB, and nothing that is not JSON', () => {
    const long = JSON.stringify(ask).padEnd(MAX_JOIN_FRAME_BYTES + 1);
    expect(readFromAsker(JSON.stringify(ask).padEnd(MAX_JOIN_FRAME_BYTES))).toEqual(ask);
    expect(readFromAsker(long)).toBeNull();
    for (const text of ['', '{', '\u0000', '{"type":"ask"']) expect(readFromAsker(text)).toBeNull();
  });
});

describe('the name of who asks', () => {
  it('is one line of at most 80 characters without what cannot be seen', () => {
    expect(cleanName('  Group 2,\n second\tlaptop ')).toBe('Group 2, second laptop');
    expect(cleanName('\u202EGroup\u202C 2\u0007\u200B')).toBe('Group 2');
    expect(cleanName('\u2066\u2069\u0000')).toBe('');
    expect(Array.from(cleanName('👩‍👩‍👧'.repeat(80)))).toHaveLength(80);
    expect(cleanName('👩‍👩‍👧 الأمن 设计')).toBe('👩‍👩‍👧 الأمن 设计');
  });

  it('is shown clean also where a modified client sends it otherwise', () => {
    const asker = createAsker('Group 2', bytes);
    const desk = createDeskRequest({ ...askedOf(asker), name: '\u202E2 puorG' }, 'en', bytes);
    expect(desk.name).toBe('2 puorG');
  });
});
