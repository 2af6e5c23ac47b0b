import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type KeyEnvelope,
  newEnvelope,
  readEnvelope,
} from '../../../src/browser/storage/key-envelope.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const tools = { random, cost: { N: 16, r: 1, p: 1 } };
const PASSPHRASE = 'three stout walls';

function read(text: string): KeyEnvelope {
  const envelope = readEnvelope(text, tools);
  if (envelope === null) throw new Error('It is no envelope');
  return envelope;
}
async function wrapped(passphrase = PASSPHRASE): Promise<{ open: KeyEnvelope; shut: KeyEnvelope }> {
  const open = newEnvelope(tools);
  const shut = await open.rewrap(null, passphrase);
  if (shut === null) throw new Error('It was not wrapped');
  return { open, shut: read(shut.text) };
}

describe('the envelope of the laptop key', () => {
  it('gives the same key again after it was written down', async () => {
    const made = newEnvelope(tools);
    const sealed = (await made.open(null))?.seal('s', 'words') ?? '';
    const again = read(made.text);
    expect(again.keyId).toBe(made.keyId);
    expect((await again.open(null))?.open('s', sealed)).toBe('words');
  });

  it('A1: with a passphrase holds the key no more, and opens with that passphrase only', async () => {
    const { open, shut } = await wrapped();
    const { key } = JSON.parse(open.text) as { key: string };
    expect(shut.text).not.toContain(key);
    expect(shut.needsPassphrase).toBe(true);
    expect(shut.keyId).toBe(open.keyId);
    const sealed = (await open.open(null))?.seal('s', 'words') ?? '';
    expect((await shut.open(PASSPHRASE))?.open('s', sealed)).toBe('words');
    expect(await shut.open(null)).toBeNull();
    for (const wrong of ['', 'three stout wall', 'Three stout walls', `${PASSPHRASE} `.repeat(2)]) {
      expect(await shut.open(wrong)).toBeNull();
    }
  });

  it('takes a passphrase as people type it: composed or not, with a space too many around it', async () => {
    const { shut } = await wrapped('Straße nach Málaga');
    expect(await shut.open(' Straße nach Ma\u0301laga ')).not.toBeNull();
  });

  it('is made anew by a change, and opens without once it is taken away', async () => {
    const { open, shut } = await wrapped();
    expect(await shut.rewrap('not this one', 'another one')).toBeNull();
    const changed = await shut.rewrap(PASSPHRASE, 'another one');
    expect(await changed?.open(PASSPHRASE)).toBeNull();
    expect((await changed?.open('another one'))?.id).toBe(open.keyId);
    const bare = await changed?.rewrap('another one', null);
    expect(bare?.text).toBe(open.text);
  });

  it('never looks the same twice with one passphrase', async () => {
    const { open, shut } = await wrapped();
    expect((await open.rewrap(null, PASSPHRASE))?.text).not.toBe(shut.text);
  });

  it('asks of every guess at least what OWASP asks, and opens all the same', async () => {
    const shut = await newEnvelope({ random }).rewrap(null, PASSPHRASE);
    const { scrypt } = JSON.parse(shut?.text ?? '') as { scrypt: Record<'N' | 'r' | 'p', number> };
    expect(scrypt.N * scrypt.r * scrypt.p).toBeGreaterThanOrEqual(2 ** 15 * 8 * 3);
    expect((await readEnvelope(shut?.text ?? '', tools)?.open(PASSPHRASE))?.id).toBe(shut?.keyId);
  });

  it.each([
    '',
    '{}',
    'null',
    '{"version":2,"keyId":"a","key":"AAAA"}',
    '{"version":1,"keyId":"a","key":"AAAA"}',
    '{"version":1,"keyId":"a","key":7}',
    '{"version":1,"keyId":"a","wrapped":"AAAA","scrypt":{"salt":"AAAA","N":3,"r":8,"p":1}}',
    '{"version":1,"keyId":"a","wrapped":"AAAA","scrypt":{"salt":"AAAA","N":1073741824,"r":8,"p":1}}',
    '{"version":1,"keyId":"a","wrapped":"AAAA","scrypt":{"salt":"AAAA","N":1024,"r":8,"p":1000}}',
  ])('is not %s', (text) => {
    expect(readEnvelope(text, tools)).toBeNull();
  });
});
