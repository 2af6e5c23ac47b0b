import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { accessKeyOf, readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import {
  DOOR_LAPTOP_BYTES,
  doorHintIn,
  doorKeyOf,
  makeDoorToken,
  readDoorToken,
} from '../../../src/core/protocol/door-token.ts';
import { testKey } from '../hub/laptop.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const { secret, documentId } = testKey(1);
const accessKey = accessKeyOf(secret);
const key = doorKeyOf(accessKey);
const laptop = random(DOOR_LAPTOP_BYTES);

it('says which laptop it is to who has the key, also where a reader has made it', () => {
  const ofReader = doorKeyOf(accessKeyOf(readersSecretOf(secret)));
  for (const by of [key, ofReader]) {
    const token = makeDoorToken(by, laptop, random);
    expect(token).toMatch(/^[\w-]{64}$/u);
    expect(doorHintIn(token)).toBe(key.hint);
    expect(readDoorToken(token, key)?.laptop).toBe(Buffer.from(laptop).toString('base64url'));
  }
});

it('is another one each time', () => {
  const tokens = Array.from({ length: 100 }, () => makeDoorToken(key, laptop, random));
  const nonces = tokens.map((token) => readDoorToken(token, key)?.nonce);
  expect(new Set(nonces).size).toBe(100);
  expect(nonces).not.toContain(undefined);
});

it("agrees with Node's HKDF and HMAC, and shows neither the key nor the document (F1)", () => {
  const derived = Buffer.from(hkdfSync('sha256', accessKey, new Uint8Array(), 'caucus/door/1', 40));
  const bytes = Buffer.from(makeDoorToken(key, laptop, random), 'base64url');
  expect(bytes.subarray(0, 9)).toEqual(Buffer.concat([Buffer.of(1), derived.subarray(32)]));
  const mac = createHmac('sha256', derived.subarray(0, 32)).update(bytes.subarray(0, 33)).digest();
  expect(bytes.subarray(33)).toEqual(mac.subarray(0, 15));
  const hint = derived.subarray(32).toString('hex');
  for (const other of [accessKey, derived.subarray(0, 32), Buffer.from(documentId, 'base64url')]) {
    expect(Buffer.from(other).toString('hex')).not.toContain(hint);
  }
});

it('counts for nothing where any byte is another, or the key', () => {
  const token = makeDoorToken(key, laptop, random);
  for (let at = 0; at < 48; at += 1) {
    const bytes = Buffer.from(token, 'base64url');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(readDoorToken(bytes.toString('base64url'), key)).toBeNull();
  }
  const other = doorKeyOf(accessKeyOf(testKey(2).secret));
  expect(other.hint).not.toBe(key.hint);
  expect(readDoorToken(token, other)).toBeNull();
  // Under the hint of a document that the hub knows, which anybody can overhear.
  const sniffed = makeDoorToken({ ...other, hint: key.hint }, laptop, random);
  expect(doorHintIn(sniffed)).toBe(key.hint);
  expect(readDoorToken(sniffed, key)).toBeNull();
});

it('is nothing else than 64 characters', () => {
  const token = makeDoorToken(key, laptop, random);
  const garbage = ['', 'x', token.slice(1), `${token}A`, token.repeat(100), `${token}\n`];
  for (const text of [...garbage, `${token.slice(0, -1)}=`, `${token.slice(0, -1)}é`]) {
    expect(doorHintIn(text)).toBeNull();
    expect(readDoorToken(text, key)).toBeNull();
  }
});
