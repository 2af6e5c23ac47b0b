import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { PollForm } from '../../../../src/core/consensus/poll.ts';
import {
  type FromDesk,
  type PhoneFrame,
  type ToDesk,
  type ToPhone,
  VOTE_PATH,
  VOTE_SUBPROTOCOL,
  VOTING_DESK_PATH,
  VOTING_PROTOCOL,
} from '../../../../src/core/protocol/voting-frames.ts';
import type { HubOptions } from '../../../../src/hub/start-hub.ts';
import { eventually } from '../eventually.ts';
import { startTestHub, type TestHub } from '../laptop.ts';

type Typed<Frame extends { readonly type: string }, Type> = Extract<Frame, { readonly type: Type }>;

/** One end of a socket that speaks JSON. */
export interface Talk<Says, Hears extends { readonly type: string }> {
  readonly socket: WebSocket;
  readonly heard: readonly Hears[];
  say(frame: Says): void;
  /** Waits for such a frame, the first of those not waited for yet, and returns it. */
  hear<Type extends Hears['type']>(
    type: Type,
    is?: (frame: Typed<Hears, Type>) => boolean,
  ): Promise<Typed<Hears, Type>>;
  /** Resolves with the code when it is over. */
  readonly closed: Promise<number>;
  leave(): Promise<void>;
}
export type Phone = Talk<PhoneFrame, ToPhone>;
export type Desk = Talk<FromDesk, ToDesk>;

async function talk<Says, Hears extends { readonly type: string }>(
  socket: WebSocket,
): Promise<Talk<Says, Hears>> {
  const heard: Hears[] = [];
  const taken = new Set<Hears>();
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Hears));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  return {
    socket,
    heard,
    say: (frame) => socket.send(JSON.stringify(frame)),
    hear: <Type extends Hears['type']>(
      type: Type,
      is: (frame: Typed<Hears, Type>) => boolean = () => true,
    ) =>
      eventually(() => {
        for (const frame of heard) {
          const typed = frame as Typed<Hears, Type>;
          if (frame.type !== type || taken.has(frame) || !is(typed)) continue;
          taken.add(frame);
          return typed;
        }
        const last = heard.slice(-3).map((frame) => JSON.stringify(frame));
        throw new Error(`No "${type}" yet; last: ${last.join(' ')}`);
      }),
    closed,
    async leave() {
      socket.terminate();
      await closed;
    },
  };
}

export interface VotingHub extends TestHub {
  readonly port: number;
  openDesk(room?: Partial<Typed<FromDesk, 'room'>>): Promise<Desk>;
  /** A phone at the socket, which has not greeted. */
  openPhone(token?: string): Promise<Phone>;
  /** A phone that has been welcomed; the token that it has, or was given. */
  enter(token?: string, code?: string): Promise<Phone & { readonly token: string }>;
}

export const room: Typed<FromDesk, 'room'> = {
  type: 'room',
  session: 'session-1',
  title: 'IoT security by design',
  stakeholderGroups: [
    { id: 'government', name: 'Government' },
    { id: 'technical', name: 'Technical community' },
  ],
  regions: [{ id: 'african', name: 'African' }],
  breakoutGroups: [{ id: 'group-1', name: 'Group 1' }],
  codes: false,
};
export const agree: PollForm = {
  id: 'poll-1',
  kind: 'agree',
  question: 'Reports go to one body',
  options: [],
  most: 0,
  objections: true,
};
export const standing = (
  form: PollForm,
  change: Partial<Typed<FromDesk, 'poll'>> = {},
): Typed<FromDesk, 'poll'> => ({
  type: 'poll',
  form,
  state: 'open',
  closesInMs: null,
  shown: false,
  right: null,
  current: true,
  ...change,
});
export const ballot = (sequence: number, choice: unknown, poll = 'poll-1'): PhoneFrame =>
  ({ type: 'ballot', poll, sequence, choice }) as PhoneFrame;

/** The plenary laptop's hub, open to the network. */
export async function openVotingHub(options: HubOptions = {}): Promise<VotingHub> {
  const test = await startTestHub(options);
  const opened = await test.hub.openToNetwork();
  const [address] = opened.ok ? opened.state.addresses : [];
  if (address === undefined) throw new Error('It is not open to the network');
  const { host, port } = new URL(address);
  const openPhone = (token?: string): Promise<Phone> =>
    talk(
      new WebSocket(
        `${address}${VOTE_PATH}`,
        token === undefined ? [VOTE_SUBPROTOCOL] : [VOTE_SUBPROTOCOL, token],
        { origin: `http://${host}` },
      ),
    );
  return {
    ...test,
    port: Number(port),
    openPhone,
    async openDesk(change = {}) {
      const desk: Desk = await talk(new WebSocket(`ws://${test.local}${VOTING_DESK_PATH}`));
      desk.say({ ...room, ...change });
      await desk.hear('voters');
      return desk;
    },
    async enter(token, code) {
      const phone = await openPhone(token);
      phone.say({
        type: 'hello',
        version: VOTING_PROTOCOL,
        ...(token !== undefined && { voter: token }),
        ...(code !== undefined && { code }),
      });
      const { voter } = await phone.hear('welcome');
      return { ...phone, token: voter };
    },
  };
}

/** The tally of this poll once so many have answered. */
export const tallied = (desk: Desk, ballots: number, poll = 'poll-1') =>
  desk.hear('tally', ({ tally }) => tally.poll === poll && tally.all.ballots === ballots);
