import { randomBytes } from 'node:crypto';
import { documentKeyFrom } from '../../src/core/protocol/document-key.ts';
import { readPass } from '../../src/core/protocol/pass.ts';
import { sessionKeyOf, signingSeedFrom } from '../../src/core/protocol/session-key.ts';
import {
  encodeTicket,
  issueTicket,
  passBytesOf,
  readTicket,
} from '../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { type BenchResult, median, round } from './measure.ts';

const RUNS = 300;
const LIMIT_MS = 5;

const newSecret = () => documentKeyFrom(new Uint8Array(randomBytes(32))).secret;

function timed(act: () => { readonly ok: boolean }): number {
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    if (!act().ok) throw new Error('The ticket was refused');
    return performance.now() - begun;
  });
  return round(median(times));
}

/** How long it takes to tell whether a ticket counts: in the app, and at the hub that is shown its pass. */
export async function benchTicket(): Promise<BenchResult> {
  const seed = signingSeedFrom(new Uint8Array(randomBytes(32)));
  const now = Date.now();
  const ticket = (role: 'facilitator' | 'moderator', groups: number) =>
    issueTicket(
      {
        ticketId: 'ticket-1',
        title: 'Security by design',
        role,
        groupId: role === 'facilitator' ? ('group-0' as GroupId) : null,
        plan: newSecret(),
        ...(role === 'moderator' && { report: newSecret() }),
        groups: new Map(
          Array.from({ length: groups }, (_, n) => [`group-${n}` as GroupId, newSecret()]),
        ),
        addresses: ['ws://192.168.4.20:4711'],
        hubId: null,
      },
      seed,
      now,
    );
  const [one, all] = [ticket('facilitator', 1), ticket('moderator', 40)];
  const [word, longWord] = [encodeTicket(one), encodeTicket(all)];
  const [pass, longPass] = [passBytesOf(one), passBytesOf(all)];
  const key = sessionKeyOf(seed);
  const numbers = {
    facilitatorsTicketMs: timed(() => readTicket(word, now)),
    moderatorsTicketOf40GroupsMs: timed(() => readTicket(longWord, now)),
    facilitatorsPassMs: timed(() => readPass(pass, key, now)),
    moderatorsPassOf40GroupsMs: timed(() => readPass(longPass, key, now)),
  };
  return {
    name: 'ticket',
    numbers,
    limits: Object.keys(numbers).map((number) => ({ number, atMost: LIMIT_MS })),
  };
}
