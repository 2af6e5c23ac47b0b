import { strFromU8, unzipSync } from 'fflate';
import { readTicket } from '../../src/core/protocol/ticket.ts';

/** Something that anybody could come to read: a log, an address that was asked for, an export. */
export interface Told {
  readonly where: string;
  readonly text: string;
}

/** Everything in the tickets that must be nowhere else, in every way in which it could be written. */
export function secretsIn(links: readonly string[]): readonly string[] {
  const secrets = new Set<string>();
  for (const link of links) {
    const read = readTicket(link, Date.now());
    if (!read.ok) throw new Error(`No ticket: ${read.reason}`);
    const { plan, report, groups, signingSeed } = read.ticket;
    secrets.add(link.slice(link.indexOf('#') + 1));
    const all = [plan, report, ...groups.values(), signingSeed].filter((one) => one !== null);
    for (const secret of all) {
      secrets.add(secret);
      // A key that only reads has an "r" in front, and the verifying key, which is no secret, behind it.
      const bytes = Buffer.from(secret.length > 43 ? secret.slice(1, 44) : secret, 'base64url');
      secrets.add(bytes.toString('base64url')).add(bytes.toString('base64').replace(/=+$/u, ''));
      secrets.add(bytes.toString('hex'));
      secrets.add([...bytes].join(','));
    }
  }
  return [...secrets];
}

/** Where any of the secrets stands, without saying which. */
export const whereTold = (secrets: readonly string[], told: readonly Told[]): readonly string[] =>
  told
    .filter(({ text }) => secrets.some((secret) => text.includes(secret)))
    .map(({ where }) => where);

/** Every file in a Word document as text. */
export const toldByDocx = (docx: Uint8Array): readonly Told[] =>
  Object.entries(unzipSync(docx)).map(([name, bytes]) => ({
    where: `report.docx: ${name}`,
    text: strFromU8(bytes, true),
  }));
