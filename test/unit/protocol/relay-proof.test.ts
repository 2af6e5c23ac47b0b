import { createHmac, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { accessKeyOf, writeKeyOf } from '../../../src/core/protocol/document-key.ts';
import {
  appProof,
  type Challenge,
  hubProof,
  isSameProof,
  NONCE_BYTES,
  PROOF_BYTES,
} from '../../../src/core/protocol/relay-proof.ts';
import { testKey } from '../hub/laptop.ts';

const { documentId, secret } = testKey(1);
const accessKey = accessKeyOf(secret);
const writeKey = writeKeyOf(secret) ?? new Uint8Array();
const challenge: Challenge = {
  documentId,
  appNonce: new Uint8Array(NONCE_BYTES).fill(1),
  hubNonce: new Uint8Array(NONCE_BYTES).fill(2),
  binding: new Uint8Array(32).fill(3),
};

it("agrees with Node's HMAC", () => {
  for (const who of ['hub', 'app'] as const) {
    const theirs = createHmac('sha256', accessKey)
      .update(`caucus/relay/2/${who}/${documentId}\0`)
      .update(challenge.appNonce)
      .update(challenge.hubNonce)
      .update(challenge.binding)
      .digest();
    const ours = (who === 'hub' ? hubProof : appProof)(accessKey, challenge);
    expect(Buffer.from(ours)).toEqual(theirs);
    expect(ours).toHaveLength(PROOF_BYTES);
  }
});

it("A1: a hub's proof is not a laptop's, and is worth nothing with other numbers", () => {
  const other = new Uint8Array(NONCE_BYTES).fill(3);
  const proofs = [
    hubProof(accessKey, challenge),
    appProof(accessKey, challenge),
    appProof(writeKey, challenge),
    hubProof(accessKey, { ...challenge, appNonce: other }),
    hubProof(accessKey, { ...challenge, hubNonce: other }),
    hubProof(accessKey, {
      ...challenge,
      appNonce: challenge.hubNonce,
      hubNonce: challenge.appNonce,
    }),
    hubProof(accessKey, { ...challenge, documentId: testKey(2).documentId }),
    hubProof(accessKeyOf(testKey(2).secret), challenge),
  ];
  expect(new Set(proofs.map((proof) => proof.join())).size).toBe(proofs.length);
});

it('is the same only where every byte is', () => {
  const proof = new Uint8Array(randomBytes(PROOF_BYTES));
  expect(isSameProof(proof, Uint8Array.from(proof))).toBe(true);
  for (let at = 0; at < PROOF_BYTES; at += 1) {
    const wrong = Uint8Array.from(proof);
    wrong[at] = (wrong[at] ?? 0) ^ 1;
    expect(isSameProof(proof, wrong)).toBe(false);
  }
  expect(isSameProof(proof, proof.subarray(1))).toBe(false);
  expect(isSameProof(proof, new Uint8Array([...proof, 0]))).toBe(false);
  expect(isSameProof(new Uint8Array(), proof)).toBe(false);
});
