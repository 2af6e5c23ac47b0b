import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { documentKeyFrom, readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import { signingSeedFrom } from '../../../src/core/protocol/session-key.ts';
import { issueTicket, ticketLink } from '../../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import { secretsIn, toldByDocx, whereTold } from '../../rehearse/told-secrets.ts';

const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);
const seed = signingSeedFrom(bytes(1));
const plan = documentKeyFrom(bytes(2)).secret;
const group = documentKeyFrom(bytes(3)).secret;
const report = documentKeyFrom(bytes(4)).secret;
const link = ticketLink(
  issueTicket(
    {
      ticketId: 'ticket',
      title: 'Security by design',
      role: 'moderator',
      groupId: null,
      plan,
      report,
      groups: new Map([['g' as GroupId, readersSecretOf(group)]]),
      addresses: ['ws://192.168.4.20:4711'],
      hubId: null,
    },
    seed,
    Date.now(),
  ),
);
const secrets = secretsIn([link]);
const told = (text: string): boolean => whereTold(secrets, [{ where: 'log', text }]).length > 0;

describe('secrets that were told', () => {
  it.each([
    ["the plan's", `key=${plan}`],
    ["the plan's in hexadecimal", Buffer.from(bytes(2)).toString('hex')],
    ["the plan's in base64", Buffer.from(bytes(2)).toString('base64')],
    ["the plan's as numbers", JSON.stringify([...bytes(2)])],
    ["the report's", `key=${report}`],
    ["the report's in hexadecimal", Buffer.from(bytes(4)).toString('hex')],
    ["the group's, as who only reads has it", `?k=${readersSecretOf(group)}&x`],
    ["the group's read key alone", readersSecretOf(group).slice(1, 44)],
    ["the session's seed", `seed ${seed}.`],
    ['the whole ticket', `join#${link.slice('caucus://join#'.length)}`],
  ])('are found: %s', (_what, text) => {
    expect(told(text)).toBe(true);
  });

  it('are not seen in what is no secret', () => {
    expect(told('')).toBe(false);
    expect(told('Caucus is open at http://localhost:4710')).toBe(false);
    expect(told(documentKeyFrom(bytes(2)).documentId)).toBe(false);
    expect(told(readersSecretOf(group).slice(44))).toBe(false);
  });

  it('are found inside a Word document, which is packed', () => {
    const docx = zipSync({ 'word/document.xml': strToU8(`<w:t>${plan}</w:t>`), a: strToU8('b') });
    expect(whereTold(secrets, toldByDocx(docx))).toEqual(['report.docx: word/document.xml']);
  });
});
