import * as v from 'valibot';
import { announcedSessionsSchema } from '../core/protocol/hub-result.ts';
import type { HubResult, HubState } from '../core/protocol/machine.ts';
import type { HubEvent } from './hub-log.ts';
import type { ListenFailure } from './listen.ts';

/**
 * What a process that runs the hub (`hub-process.ts`) and the one that started it say to each other:
 * objects through Electron's `parentPort`, or one JSON text per line through standard input and output.
 */

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));

const options = v.strictObject({
  localPort: v.optional(port),
  networkPort: v.optional(port),
  appDirectory: v.optional(v.string()),
  /** The phones' page, one file of HTML; by default beside the folder of the app. */
  audiencePage: v.optional(v.string()),
  /** The folder of the second copy of this laptop's notes; without it there is none. */
  vaultDirectory: v.optional(v.string()),
  /** Instead of what the system says, where it has no network but others are to be let in all the same. */
  addresses: v.optional(v.array(v.string())),
});

/** Given as JSON in the first argument, or in the environment as `CAUCUS_HUB`. */
export type HubProcessOptions = v.InferOutput<typeof options>;

const question = v.variant('command', [
  v.object({ command: v.picklist(['state', 'open', 'close']), id: v.number() }),
  v.object({
    command: v.literal('announce'),
    id: v.number(),
    sessions: announcedSessionsSchema,
  }),
]);
const stop = v.object({ command: v.literal('stop') });
const command = v.union([question, stop]);

/** Answered under its id. */
export type HubQuestion = v.InferOutput<typeof question>;
/** To the hub; `stop` is answered by the process's end. */
export type HubCommand = v.InferOutput<typeof command>;

/**
 * From the hub. Apart from what it logs, `ready` comes first, or `failed`: then it does nothing more
 * and ends with code 1, in Electron once it is let go.
 */
export type HubMessage =
  | { readonly type: 'ready'; readonly state: HubState }
  | { readonly type: 'failed'; readonly reason: ListenFailure | 'bad-options' }
  | { readonly type: 'answer'; readonly id: number; readonly result: HubResult }
  | { readonly type: 'log'; readonly event: HubEvent };

/** Null where these are not options. */
export function readHubOptions(value: unknown): HubProcessOptions | null {
  const result = v.safeParse(options, value);
  return result.success ? result.output : null;
}

/** Null where this is no command. */
export function readHubCommand(value: unknown): HubCommand | null {
  const result = v.safeParse(command, value);
  return result.success ? result.output : null;
}
