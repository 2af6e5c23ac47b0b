import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { PollForm } from '../../../src/core/consensus/poll.ts';
import {
  type FromDesk,
  type ToDesk,
  VOTING_DESK_PATH,
} from '../../../src/core/protocol/voting-frames.ts';

/** The plenary laptop's page, as far as the hub is concerned. */
export interface VotingDesk {
  say(frame: FromDesk): void;
  /** The next frame of this type for which `is` holds, heard from now on or already. */
  hear<Type extends ToDesk['type']>(
    type: Type,
    is?: (frame: ToDesk & { readonly type: Type }) => boolean,
  ): Promise<ToDesk & { readonly type: Type }>;
  readonly heard: readonly ToDesk[];
  close(): void;
}

export async function openVotingDesk(localPort: number, session: string): Promise<VotingDesk> {
  const socket = new WebSocket(`ws://localhost:${localPort}${VOTING_DESK_PATH}`);
  const heard: ToDesk[] = [];
  const waiting = new Set<() => void>();
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString()) as ToDesk);
    for (const look of waiting) look();
  });
  await once(socket, 'open');
  const desk: VotingDesk = {
    say: (frame) => socket.send(JSON.stringify(frame)),
    hear: (type, is = () => true) =>
      new Promise((resolve) => {
        function look(): void {
          for (const frame of heard) {
            if (frame.type !== type) continue;
            const typed = frame as ToDesk & { readonly type: typeof type };
            if (!is(typed)) continue;
            waiting.delete(look);
            resolve(typed);
            return;
          }
        }
        waiting.add(look);
        look();
      }),
    heard,
    close: () => socket.terminate(),
  };
  desk.say({
    type: 'room',
    session,
    title: 'IoT security by design',
    stakeholderGroups: [
      { id: 'government', name: 'Government' },
      { id: 'technical', name: 'Technical community' },
    ],
    regions: [],
    breakoutGroups: [],
    codes: false,
  });
  await desk.hear('voters');
  return desk;
}

export const pollOf = (id: string, change: Partial<PollForm> = {}): PollForm => ({
  id,
  kind: 'agree',
  question: `Is ${id} something that you can live with?`,
  options: [],
  most: 0,
  objections: true,
  ...change,
});

/** How a poll stands when it is open, the room looks at it, and its result is shown. */
export const openPoll = (
  form: PollForm,
  change: Partial<FromDesk & { readonly type: 'poll' }> = {},
): FromDesk => ({
  type: 'poll',
  form,
  state: 'open',
  closesInMs: null,
  shown: false,
  right: null,
  current: true,
  ...change,
});
