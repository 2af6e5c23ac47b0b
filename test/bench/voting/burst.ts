import { VOTING_PROTOCOL } from '../../../src/core/protocol/voting-frames.ts';
import { createVoterTokens } from '../../../src/hub/voting/voter-token.ts';
import { openPhone, type PhoneClient } from './phone-client.ts';

/**
 * The phones of a vote in which everybody answers once within a short time; in a process of its own,
 * to be kept off the server's core. All from one address, as a room behind one is. Told over the
 * process's channel what to do.
 */
export type BurstOrder =
  | {
      readonly order: 'connect';
      readonly port: number;
      readonly phones: number;
      readonly secret: string;
    }
  | { readonly order: 'vote'; readonly poll: string; readonly withinMs: number };

export type BurstReport =
  | { readonly report: 'connected'; readonly seconds: number }
  | {
      readonly report: 'voted';
      readonly ackMedianMs: number;
      readonly ackP99Ms: number;
      /** From the last ballot's sending until the last phone knows what all have answered. */
      readonly lastScreenMs: number;
      readonly refused: number;
    };

/** So many connections are under way at a time. */
const AT_ONCE = 400;
const choices = ['agree', 'agree', 'agree', 'pass', 'disagree'];

interface Phone {
  readonly client: PhoneClient;
  sentAt: number;
  ackMs: number;
  hasSeen: boolean;
}
const phones: Phone[] = [];
let acknowledged = 0;
let seen = 0;
let refused = 0;
let complete = Buffer.from('never');
let onProgress = (): void => undefined;

const report = (what: BurstReport): void => void process.send?.(what);

function onText(phone: Phone, text: Buffer): void {
  const now = performance.now();
  if (text.includes('"counted"')) {
    phone.ackMs = now - phone.sentAt;
    acknowledged += 1;
  } else if (text.includes('"type":"refused"')) {
    refused += 1;
  } else if (!phone.hasSeen && text.includes(complete)) {
    phone.hasSeen = true;
    seen += 1;
  }
  onProgress();
}

async function connectAll(port: number, count: number, secret: string): Promise<void> {
  const tokens = secret === '' ? null : createVoterTokens(Buffer.from(secret, 'base64url'));
  const begun = performance.now();
  function one(): Promise<void> {
    return new Promise((resolve, reject) => {
      let phone: Phone | null = null;
      const token = tokens === null ? '' : tokens.tokenOf(tokens.newVoter());
      openPhone(port, token, {
        onOpen: (client) =>
          client.send(
            JSON.stringify({
              type: 'hello',
              version: VOTING_PROTOCOL,
              ...(token !== '' && { voter: token }),
            }),
          ),
        onText(text, client) {
          if (phone !== null) onText(phone, text);
          else if (text.includes('"welcome"')) {
            phone = { client, sentAt: 0, ackMs: 0, hasSeen: false };
            phones.push(phone);
            resolve();
          } else reject(new Error(text.toString()));
        },
        onClose: () => reject(new Error(`A phone was cut off (${phones.length} are there)`)),
      });
    });
  }
  let left = count;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await one();
      }
    }),
  );
  report({ report: 'connected', seconds: (performance.now() - begun) / 1_000 });
}

function voteAll(poll: string, withinMs: number): void {
  // The same moments every time: a golden-ratio sequence is as even as people are at their best.
  const due = phones
    .map((phone, index) => ({ phone, at: ((index * 0.618_033_988_75) % 1) * withinMs }))
    .toSorted((a, b) => a.at - b.at);
  complete = Buffer.from(`"ballots":${phones.length}`);
  for (const phone of phones) phone.hasSeen = false;
  acknowledged = seen = refused = 0;
  const begun = performance.now();
  let next = 0;
  let lastSentAt = 0;
  onProgress = () => {
    if (acknowledged + refused < phones.length || seen < phones.length) return;
    onProgress = () => undefined;
    const waits = phones.map(({ ackMs }) => ackMs).toSorted((a, b) => a - b);
    const at = (part: number): number => waits[Math.floor((waits.length - 1) * part)] ?? Number.NaN;
    report({
      report: 'voted',
      ackMedianMs: at(0.5),
      ackP99Ms: at(0.99),
      lastScreenMs: performance.now() - lastSentAt,
      refused,
    });
  };
  function sendDue(): void {
    const elapsed = performance.now() - begun;
    for (let entry = due[next]; entry !== undefined && entry.at <= elapsed; entry = due[next]) {
      next += 1;
      const { phone } = entry;
      lastSentAt = phone.sentAt = performance.now();
      const choice = choices[next % choices.length] ?? 'pass';
      phone.client.send(JSON.stringify({ type: 'ballot', poll, sequence: 1, choice }));
    }
    if (next < due.length) setTimeout(sendDue, 1);
  }
  sendDue();
}

process.on('message', (order: BurstOrder) => {
  if (order.order === 'connect') void connectAll(order.port, order.phones, order.secret);
  else voteAll(order.poll, order.withinMs);
});
