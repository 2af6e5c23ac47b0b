import { describe, expect, it } from 'vitest';

/** One laptop with one document open over one transport, wherever it runs. */
export interface TransportLaptop {
  /** Appends to the document's text. */
  write(text: string): Promise<void>;
  length(): Promise<number>;
  /** Resolves once the document's text is that long. */
  waitForLength(length: number): Promise<void>;
  /** Resolves once the document's text ends with this; rejects after a while with what it has. */
  waitForEnd(text: string): Promise<void>;
  say(word: string): Promise<void>;
  /** Resolves once another laptop is there that says this. */
  waitForWord(word: string): Promise<void>;
  /** Starts over at once. */
  reconnect(): Promise<void>;
  /** Closes the transport and keeps the document. */
  leave(): Promise<void>;
  /** Opens the transport again with the same document. */
  comeBack(): Promise<void>;
}

export interface TransportVenue {
  /** Laptops with one secret are in one document; others must not meet. */
  laptop(secret: 'ours' | 'theirs'): Promise<TransportLaptop>;
  close(): Promise<void>;
}

/** What every transport does, the fake too. */
export function describeTransport(name: string, open: () => Promise<TransportVenue>): void {
  describe(`transport: ${name}`, () => {
    async function withVenue(test: (venue: TransportVenue) => Promise<void>): Promise<void> {
      const venue = await open();
      try {
        await test(venue);
      } finally {
        await venue.close();
      }
    }

    it('carries what was written before and what is written now, both ways', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        await a.write('before ');
        const b = await venue.laptop('ours');
        await b.waitForEnd('before ');
        await b.write('after ');
        await a.waitForEnd('after ');
        await a.write('both ');
        await b.waitForEnd('both ');
      }));

    it('S4: carries 300 KB at once, and small edits after it', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        const b = await venue.laptop('ours');
        await a.write('met ');
        await b.waitForEnd('met ');
        await a.write(`${'x'.repeat(300_000)} pasted`);
        await b.waitForEnd(' pasted');
        await a.write(' and one word');
        await b.waitForEnd(' and one word');
        await b.write(' and back');
        await a.waitForEnd(' and back');
        expect(await a.length()).toBe(await b.length());
      }));

    it('S4: carries 5 MB to a fresh laptop', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        await a.write(`${'0123456789'.repeat(500_000)} end`);
        const b = await venue.laptop('ours');
        await b.waitForEnd(' end');
        expect(await b.length()).toBe(5_000_004);
      }));

    it('tells who is there', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        const b = await venue.laptop('ours');
        await a.say('group 2');
        await b.waitForWord('group 2');
        await b.say('plenary');
        await a.waitForWord('plenary');
      }));

    it('S2: brings together what both wrote while both were away', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        const b = await venue.laptop('ours');
        await a.write('met ');
        await b.waitForEnd('met ');
        await Promise.all([a.leave(), b.leave()]);
        await a.write('a alone ');
        await b.write('b alone ');
        await Promise.all([a.comeBack(), b.comeBack()]);
        const { length } = 'met a alone b alone ';
        await Promise.all([a.waitForLength(length), b.waitForLength(length)]);
        await a.write('again');
        await b.waitForEnd('again');
        await b.write('!');
        await a.waitForEnd('!');
      }));

    it('A1: brings nothing to a laptop with another secret', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        const stranger = await venue.laptop('theirs');
        const b = await venue.laptop('ours');
        await a.write('secret');
        await b.waitForEnd('secret');
        expect(await stranger.length()).toBe(0);
      }));

    it('starts over when asked to, and loses nothing', () =>
      withVenue(async (venue) => {
        const a = await venue.laptop('ours');
        const b = await venue.laptop('ours');
        await a.write('one ');
        await b.waitForEnd('one ');
        await Promise.all([a.reconnect(), b.reconnect()]);
        await a.write('two');
        await b.waitForEnd('two');
      }));
  });
}
