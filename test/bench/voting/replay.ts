import { backoff } from '../../../renderer/audience/link.ts';
import { VOTING_PROTOCOL } from '../../../src/core/protocol/voting-frames.ts';
import { openPhone, type PhoneClient } from './phone-client.ts';
import { polisVotes, type ReplayBallot, replayFor } from './polis.ts';

/**
 * Phones that vote as the participants of real conversations did, come back as our phone page does
 * when they are cut off, and say again what nobody has acknowledged. In a process of its own.
 */
export type ReplayOrder =
  | {
      readonly order: 'begin';
      readonly port: number;
      readonly tokens: readonly string[];
      /** How long the conversations take. */
      readonly seconds: number;
    }
  /** Cuts so many of a hundred sockets. */
  | { readonly order: 'cut'; readonly percent: number };

export type ReplayReport =
  /** Everybody is connected and greeted; milliseconds since 1970. */
  | { readonly report: 'all-in'; readonly at: number }
  /** All that was acknowledged so far, or in the end: "poll phone" and the ballot's number. */
  | {
      readonly report: 'acknowledged' | 'done';
      readonly ballots: readonly (readonly [string, number])[];
    };

interface Phone {
  readonly number: number;
  readonly token: string;
  readonly ballots: readonly ReplayBallot[];
  /** The first that is not acknowledged. */
  next: number;
  isSent: boolean;
  client: PhoneClient | null;
  isIn: boolean;
  failures: number;
}

const phones: Phone[] = [];
const acknowledged = new Map<string, number>();
let allIn = 0;
let port = 0;
let begunAt = Number.POSITIVE_INFINITY;
let durationMs = 0;

const report = (what: ReplayReport): void => void process.send?.(what);

function sendNext(phone: Phone): void {
  const ballot = phone.ballots[phone.next];
  if (ballot === undefined || !phone.isIn || phone.isSent) return;
  if (performance.now() - begunAt < ballot.at * durationMs) return;
  phone.isSent = true;
  const { poll, sequence, choice } = ballot;
  phone.client?.send(JSON.stringify({ type: 'ballot', poll, sequence, choice }));
}

function onText(phone: Phone, text: string): void {
  if (text.includes('"type":"welcome"')) {
    phone.failures = 0;
    phone.isIn = true;
    allIn += 1;
    if (allIn === phones.length) report({ report: 'all-in', at: Date.now() });
    sendNext(phone);
    return;
  }
  if (text.includes('"type":"counted"')) {
    const ballot = phone.ballots[phone.next];
    if (ballot === undefined) return;
    acknowledged.set(`${ballot.poll} ${phone.number}`, ballot.sequence);
    phone.next += 1;
    phone.isSent = false;
    sendNext(phone);
    return;
  }
  if (!text.includes('"type":"refused"')) return;
  // What the hub asks to be said again is said again, and nothing else is expected.
  if (!/"reason":"(?:too-many|not-kept|no-room)"/u.test(text)) throw new Error(text);
  setTimeout(() => {
    phone.isSent = false;
    if (phone.isIn) sendNext(phone);
    else phone.client?.socket.destroy();
  }, 500);
}

function connect(phone: Phone): void {
  phone.client = openPhone(port, phone.token, {
    onOpen: (client) =>
      client.send(JSON.stringify({ type: 'hello', version: VOTING_PROTOCOL, voter: phone.token })),
    onText: (text) => onText(phone, text.toString()),
    onClose() {
      if (phone.isIn) allIn -= 1;
      phone.isIn = false;
      phone.isSent = false;
      setTimeout(() => connect(phone), backoff(phone.failures, Math.random));
      phone.failures += 1;
    },
  });
}

process.on('message', (order: ReplayOrder) => {
  if (order.order === 'cut') {
    for (const { client } of phones) {
      if (Math.random() * 100 < order.percent) client?.socket.resetAndDestroy();
    }
    report({ report: 'acknowledged', ballots: [...acknowledged] });
    return;
  }
  ({ port } = order);
  durationMs = order.seconds * 1_000;
  const replay = replayFor(polisVotes() ?? [], order.tokens.length);
  for (const [number, token] of order.tokens.entries()) {
    phones.push({
      number,
      token,
      ballots: replay[number] ?? [],
      next: 0,
      isSent: false,
      client: null,
      isIn: false,
      failures: 0,
    });
  }
  phones.forEach(connect);
  begunAt = performance.now();
  const timer = setInterval(() => {
    phones.forEach(sendNext);
    if (phones.some(({ next, ballots }) => next < ballots.length)) return;
    clearInterval(timer);
    report({ report: 'done', ballots: [...acknowledged] });
  }, 50);
});
