import { randomBytes } from 'node:crypto';
import type { HubLog } from '../hub-log.ts';
import { stateFrom } from './rows.ts';
import { emptyState, ROOM, type VotingState } from './state.ts';
import { createVoterTokens, type VoterTokens } from './voter-token.ts';
import { type Change, hasVotingFile, type VotingFault } from './voting-file.ts';
import { createVotingThread } from './voting-thread.ts';

export interface Loaded {
  readonly state: VotingState;
  /** Null where nobody has ever voted on this laptop. */
  readonly tokens: VoterTokens | null;
}

/** Where the voting of all sessions is kept. */
export interface VotingStore {
  /** A session as it was left; null for the last one, if that was today. Null where the disk does not tell. */
  load(session: string | null, now: number): Promise<Loaded | null>;
  /** Null once all of it is on the disk, else why nothing is. */
  write(changes: readonly Change[]): Promise<VotingFault | null>;
  stop(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;
/** A session that nobody has opened for so long is done; its results are in the plan. */
const KEPT_MS = 60 * DAY_MS;

/** In a file of this folder; see `voting-file.ts`. */
export function keptStore(directory: string, log: HubLog): VotingStore {
  const thread = createVotingThread(directory, log);
  return {
    async load(session, now) {
      if (session === null && !hasVotingFile(directory)) {
        return { state: emptyState(), tokens: null };
      }
      const answer = await thread.ask({ type: 'read', session, forgetBefore: now - KEPT_MS });
      if (answer.type !== 'rows') return null;
      const tokens = createVoterTokens(answer.secret);
      const state = answer.rows === null ? emptyState() : stateFrom(answer.rows);
      // Phones are not to find the session of last week because nobody has opened another one yet.
      const isOld = session === null && (state.room.get(ROOM)?.saidAt ?? 0) < now - DAY_MS;
      return { state: isOld ? emptyState() : state, tokens };
    },
    async write(changes) {
      const answer = await thread.ask({ type: 'write', changes });
      return answer.type === 'failed' ? answer.reason : null;
    },
    stop: () => thread.stop(),
  };
}

/** In memory only, for a hub that has no folder. */
export function passingStore(): VotingStore {
  const tokens = createVoterTokens(new Uint8Array(randomBytes(32)));
  const sessions = new Map<string, VotingState>();
  return {
    load(session) {
      const state = sessions.get(session ?? '') ?? emptyState();
      if (session !== null) sessions.set(session, state);
      return Promise.resolve({ state, tokens });
    },
    write: () => Promise.resolve(null),
    stop: () => Promise.resolve(),
  };
}

/** One that is opened when it is first needed. */
export function laterStore(open: () => VotingStore): VotingStore {
  let store: VotingStore | null = null;
  const opened = (): VotingStore => (store ??= open());
  return {
    load: (session, now) => opened().load(session, now),
    write: (changes) => opened().write(changes),
    stop: () => store?.stop() ?? Promise.resolve(),
  };
}
