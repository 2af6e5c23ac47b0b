import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type WebSocket, WebSocketServer } from 'ws';
import { addBallot, createCounter, talliedBy } from '../../src/core/consensus/count.ts';
import type { Choice, PollForm } from '../../src/core/consensus/poll.ts';
import { readChoice } from '../../src/core/consensus/read-choice.ts';
import type { CountedBallot, Tally } from '../../src/core/consensus/tally.ts';
import {
  type Declared,
  type PhoneFrame,
  type PhonePoll,
  type PhoneRefusal,
  type PhoneRoom,
  type PhoneSelf,
  type ToPhone,
  VOTE_PATH,
  VOTE_SUBPROTOCOL,
  VOTING_PROTOCOL,
} from '../../src/core/protocol/voting-frames.ts';

interface Voter {
  declared: Declared | null;
  name: string;
  hand: { sequence: number; up: boolean };
  readonly ballots: Map<string, { readonly sequence: number; readonly choice: Choice }>;
  readonly objections: Map<string, { readonly sequence: number; readonly text: string }>;
  readonly asked: Map<string, string>;
}
interface Poll {
  readonly form: PollForm;
  open: boolean;
  shown: boolean;
  right: string | null;
  /** By `performance.now()`. */
  closesAt: number | null;
}

/** The plenary laptop as phones know it, in memory, and as unfriendly as a test wants it. */
export interface FakeVotingHub {
  readonly url: string;
  /** Every request for a page and every socket, in the order in which they came. */
  readonly requests: readonly string[];
  /** What phones have said, in order. */
  readonly frames: readonly PhoneFrame[];
  readonly voters: ReadonlyMap<string, Voter>;
  /** Codes, if they are needed. Used ones are mapped to their voter. */
  readonly codes: Map<string, string>;
  /** The tokens that came as second subprotocol. */
  readonly shownTokens: readonly string[];
  room(room: PhoneRoom | null): void;
  open(form: PollForm, closesInMs?: number): void;
  close(right?: string): void;
  showTally(): void;
  /** The room looks at no poll. */
  lookAway(): void;
  choice(poll: string): Choice | undefined;
  take(id: string, done: boolean): void;
  /** What comes of this kind is refused so, until null. */
  refuse(type: PhoneFrame['type'], reason: PhoneRefusal | null): void;
  /** Answers to phones are held back, though what came is counted; false gives them out. */
  hold(held: boolean): void;
  tell(frame: ToPhone): void;
  sockets(): number;
  /** Cuts all connections, and takes no new ones until `back`. */
  away(): Promise<void>;
  back(): Promise<void>;
  /** Forgets every voter, as a hub with an empty disk does. */
  forget(): void;
  stop(): Promise<void>;
}

const hashOf = (content: string): string =>
  `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/** The page with the room in it, and the policy that lets through its one script and one style. */
function pageOf(html: string, inPage: unknown): { readonly page: string; readonly policy: string } {
  const json = JSON.stringify(inPage).replaceAll('<', '\\u003c');
  const room = `<script type="application/json" id="room">${json}</script>`;
  const script = /<script>([\s\S]*?)<\/script>/u.exec(html)?.[1] ?? '';
  const style = /<style>([\s\S]*?)<\/style>/u.exec(html)?.[1] ?? '';
  return {
    page: html.replace('<!--room-->', () => room),
    policy:
      `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; ` +
      `img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'`,
  };
}

/** @param html the built page: dist/audience/index.html. */
export async function startFakeVotingHub(html: string): Promise<FakeVotingHub> {
  let room: PhoneRoom | null = null;
  let current: string | null = null;
  let port = 0;
  let number = 0;
  let version = 0;
  let server: Server | null = null;
  let held: (() => void)[] | null = null;
  const polls = new Map<string, Poll>();
  const voters = new Map<string, Voter>();
  const codes = new Map<string, string>();
  const shownTokens: string[] = [];
  const requests: string[] = [];
  const frames: PhoneFrame[] = [];
  const refused = new Map<string, PhoneRefusal>();
  const sockets = new Map<WebSocket, string>();
  /** Who came while there was no room. */
  const waiting = new Map<WebSocket, PhoneFrame>();

  function tallyOf({ form }: Poll): Tally {
    const counter = createCounter(form);
    const texts: Tally['texts'][number][] = [];
    for (const voter of voters.values()) {
      const choice = voter.ballots.get(form.id)?.choice ?? null;
      if (choice === null) continue;
      const ballot: CountedBallot = {
        choice,
        ...(voter.declared ?? { stakeholderGroup: '', region: '', breakoutGroup: '' }),
      };
      addBallot(counter, ballot);
      if (typeof choice === 'object' && 'text' in choice) {
        texts.push({ ballot: String(texts.length), text: choice.text, shown: true });
      }
    }
    version += 1;
    return { poll: form.id, version, texts, ...talliedBy(counter) };
  }
  function pollFor(): PhonePoll | null {
    const poll = current === null ? undefined : polls.get(current);
    if (poll === undefined) return null;
    const { form, open, closesAt } = poll;
    return {
      form,
      open,
      closesInMs: closesAt === null ? null : closesAt - performance.now(),
      tally: !open || poll.shown ? tallyOf(poll) : null,
      right: open ? null : poll.right,
    };
  }

  function selfOf(voter: Voter): PhoneSelf {
    const ballot = current === null ? undefined : voter.ballots.get(current);
    return {
      declared: voter.declared,
      handUp: voter.hand.up,
      name: voter.name,
      choice: ballot?.choice ?? null,
      sequence: ballot?.sequence ?? 0,
      objection: (current === null ? undefined : voter.objections.get(current)?.text) ?? '',
      points: 0,
      place: 0,
    };
  }
  function say(socket: WebSocket, frame: ToPhone): void {
    const act = (): void => socket.send(JSON.stringify(frame));
    if (held === null) act();
    else held.push(act);
  }
  const tell = (frame: ToPhone): void => {
    for (const socket of sockets.keys()) say(socket, frame);
  };
  const tellPoll = (): void => tell({ type: 'poll', poll: pollFor() });

  function admit(frame: PhoneFrame & { type: 'hello' }): string {
    if (frame.version !== VOTING_PROTOCOL) return 'other-version';
    if (room === null) return 'no-room';
    if (frame.voter !== undefined) return voters.has(frame.voter) ? frame.voter : 'unknown-voter';
    if (room.codeNeeded) {
      if (frame.code === undefined) return 'code-needed';
      const holder = codes.get(frame.code);
      if (holder === undefined) return 'unknown-voter';
      if (holder !== '') return 'code-used';
    }
    number += 1;
    const token = `voter-${number}`.padEnd(32, '0');
    if (frame.code !== undefined) codes.set(frame.code, token);
    voters.set(token, {
      declared: null,
      name: '',
      hand: { sequence: 0, up: false },
      ballots: new Map(),
      objections: new Map(),
      asked: new Map(),
    });
    return token;
  }
  function numbered<T extends { readonly sequence: number }>(
    kept: Map<string, T>,
    poll: string,
    entry: T,
  ): PhoneRefusal | null {
    const before = kept.get(poll);
    if (before !== undefined && before.sequence > entry.sequence) return 'late';
    if (before?.sequence === entry.sequence) return null;
    const asked = polls.get(poll);
    if (asked === undefined) return 'unknown-poll';
    if (!asked.open) return 'not-open';
    kept.set(poll, entry);
    return null;
  }

  function answer(socket: WebSocket, frame: PhoneFrame): void {
    frames.push(frame);
    const refuse = (reason: PhoneRefusal): void =>
      say(socket, {
        type: 'refused',
        reason,
        ...('poll' in frame ? { poll: frame.poll } : {}),
        ...('sequence' in frame ? { sequence: frame.sequence } : {}),
      });
    const forced = refused.get(frame.type);
    if (forced !== undefined) {
      refuse(forced);
      return;
    }
    if (frame.type === 'hello') {
      const admitted = admit(frame);
      const voter = voters.get(admitted);
      const now = room;
      if (voter === undefined || now === null) {
        if (admitted === 'no-room') waiting.set(socket, frame);
        refuse(admitted as PhoneRefusal);
        return;
      }
      sockets.set(socket, admitted);
      const self = selfOf(voter);
      say(socket, { type: 'welcome', voter: admitted, room: now, poll: pollFor(), self });
      return;
    }
    const voter = voters.get(sockets.get(socket) ?? '');
    if (voter === undefined) {
      refuse('malformed');
      return;
    }
    if (frame.type === 'me') {
      const { stakeholderGroup, region, breakoutGroup } = frame;
      voter.declared = { stakeholderGroup, region, breakoutGroup };
      say(socket, { type: 'kept', what: 'me' });
    } else if (frame.type === 'name') {
      voter.name = frame.name;
      say(socket, { type: 'kept', what: 'name' });
    } else if (frame.type === 'hand') {
      voter.hand = { sequence: frame.sequence, up: frame.up };
      say(socket, { type: 'kept', what: 'hand' });
    } else if (frame.type === 'ask') {
      voter.asked.set(frame.id, frame.text);
      say(socket, { type: 'kept', what: 'ask', id: frame.id });
    } else {
      const { poll, sequence } = frame;
      const form = polls.get(poll)?.form;
      const choice =
        frame.type === 'ballot' && form !== undefined ? readChoice(form, frame.choice) : null;
      const reason =
        choice === undefined
          ? 'not-a-choice'
          : frame.type === 'ballot'
            ? numbered(voter.ballots, poll, { sequence, choice })
            : numbered(voter.objections, poll, { sequence, text: frame.text });
      if (reason === null) {
        const what = frame.type;
        say(socket, { type: 'counted', what, poll, sequence });
      } else refuse(reason);
    }
  }

  async function listen(): Promise<void> {
    const web = createServer((request, response) => {
      requests.push(request.url ?? '');
      if (request.url !== '/') {
        response.writeHead(404).end();
        return;
      }
      const { page, policy } = pageOf(html, room === null ? null : { room, poll: pollFor() });
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy,
        'Content-Encoding': 'gzip',
        'Cache-Control': 'no-store',
      });
      response.end(gzipSync(page));
    });
    const service = new WebSocketServer({
      server: web,
      path: VOTE_PATH,
      handleProtocols: (offered) => (offered.has(VOTE_SUBPROTOCOL) ? VOTE_SUBPROTOCOL : false),
    });
    service.on('connection', (socket: WebSocket, request: IncomingMessage) => {
      requests.push('socket');
      const token = request.headers['sec-websocket-protocol']?.split(',')[1]?.trim();
      if (token !== undefined) shownTokens.push(token);
      sockets.set(socket, '');
      socket.on('close', () => {
        sockets.delete(socket);
        waiting.delete(socket);
      });
      socket.on('message', (data: Buffer) => {
        answer(socket, JSON.parse(data.toString()) as PhoneFrame);
      });
    });
    server = web;
    await new Promise<void>((resolve) => {
      web.listen(port, '127.0.0.1', resolve);
    });
    ({ port } = web.address() as AddressInfo);
  }
  async function away(): Promise<void> {
    const old = server;
    server = null;
    if (old === null) return;
    for (const socket of sockets.keys()) socket.terminate();
    sockets.clear();
    await new Promise((resolve) => {
      old.close(resolve);
      old.closeAllConnections();
    });
  }

  await listen();
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    frames,
    voters,
    codes,
    shownTokens,
    room(next) {
      room = next;
      if (next === null) return;
      tell({ type: 'room', room: next });
      for (const [socket, hello] of waiting) answer(socket, hello);
      waiting.clear();
    },
    open(form, closesInMs) {
      const closesAt = closesInMs === undefined ? null : performance.now() + closesInMs;
      polls.set(form.id, { form, open: true, shown: false, right: null, closesAt });
      current = form.id;
      tellPoll();
    },
    close(right) {
      const poll = current === null ? undefined : polls.get(current);
      if (poll === undefined) throw new Error('No poll is open');
      Object.assign(poll, { open: false, closesAt: null, right: right ?? null });
      tellPoll();
    },
    showTally() {
      const poll = current === null ? undefined : polls.get(current);
      if (poll === undefined) throw new Error('No poll is open');
      poll.shown = true;
      tellPoll();
    },
    lookAway() {
      current = null;
      tellPoll();
    },
    choice: (poll) =>
      [...voters.values()].find((voter) => voter.ballots.has(poll))?.ballots.get(poll)?.choice,
    take: (id, done) => tell({ type: 'taken', id, done }),
    refuse(type, reason) {
      if (reason === null) refused.delete(type);
      else refused.set(type, reason);
    },
    hold(isHeld) {
      const waiting = held ?? [];
      held = isHeld ? [] : null;
      if (!isHeld) for (const act of waiting) act();
    },
    tell,
    sockets: () => sockets.size,
    away,
    back: listen,
    forget: () => voters.clear(),
    stop: away,
  };
}
