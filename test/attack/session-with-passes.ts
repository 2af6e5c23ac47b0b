import { randomBytes } from 'node:crypto';
import type { Access } from '../../src/browser/transport/transport.ts';
import { documentKeyFrom } from '../../src/core/protocol/document-key.ts';
import type { DocumentKey } from '../../src/core/protocol/document-key.ts';
import { signPass, writePass } from '../../src/core/protocol/pass.ts';
import type { Pass } from '../../src/core/protocol/pass.ts';
import { sessionKeyOf, signingSeedFrom } from '../../src/core/protocol/session-key.ts';

export const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
export const HOUR_MS = 3_600_000;

/** A session of a plan, a report and two groups that asks for passes, on the plenary laptop. */
export function makeSession(): {
  readonly plan: DocumentKey;
  readonly report: DocumentKey;
  readonly group: DocumentKey;
  readonly otherGroup: DocumentKey;
  readonly pass: (changes?: Partial<Pass>, seed?: ReturnType<typeof signingSeedFrom>) => Access;
} {
  const newKey = (): DocumentKey => documentKeyFrom(bytes(32));
  const own = signingSeedFrom(bytes(32));
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const plan = newKey();
  const group = newKey();
  return {
    plan,
    report: newKey(),
    group,
    otherGroup: newKey(),
    pass(changes = {}, seed = own) {
      const pass: Pass = {
        sessionKey: sessionKeyOf(seed),
        ticketId: 'facilitator',
        role: 'facilitator',
        groupId: null,
        documents: new Map([
          [plan.documentId, false],
          [group.documentId, true],
        ]),
        issuedAt: now - HOUR_MS,
        expiresAt: now + HOUR_MS,
        title: 'A session',
        hubId: null,
        ...changes,
      };
      const written = writePass(pass, signPass(pass, seed));
      return { sessionKey: sessionKeyOf(own), pass: () => written };
    },
  };
}
