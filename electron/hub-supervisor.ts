import { utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import * as v from 'valibot';
import { hubResultSchema, hubStateSchema } from '../src/core/protocol/hub-result.ts';
import type { AnnouncedSession, HubFailure, HubResult } from '../src/core/protocol/machine.ts';
import type { HubCommand, HubMessage } from '../src/hub/process-messages.ts';

/** What is put into words to the hub; ids are given here. */
type Command =
  | { readonly command: Exclude<HubCommand['command'], 'announce'> }
  | { readonly command: 'announce'; readonly sessions: readonly AnnouncedSession[] };
/** What can be asked without more; `stop` is no question. */
export type HubQuestion = Exclude<Command['command'], 'announce' | 'stop'>;

/** How long the hub may take to start, and to answer, in milliseconds. */
const READY_MS = 10_000;
const ANSWER_MS = 10_000;
/** How long quitting waits for the hub to put its things away. */
const STOP_MS = 2_000;
/** After a death it is started again after 1 s, 2 s, 4 s… up to 30 s. */
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** Up for this long, it counts as healthy, and the next death waits 1 s again. */
const STEADY_MS = 60_000;

/** Has the hub's own type, so that the two cannot drift apart unseen. */
const MessageSchema: v.GenericSchema<unknown, HubMessage> = v.variant('type', [
  v.object({ type: v.literal('ready'), state: hubStateSchema }),
  v.object({
    type: v.literal('failed'),
    reason: v.picklist(['port-taken', 'not-allowed', 'no-address', 'bad-options']),
  }),
  v.object({ type: v.literal('answer'), id: v.number(), result: hubResultSchema }),
  v.object({ type: v.literal('log'), event: v.custom<LogEvent>(isLogEvent) }),
]);
type LogEvent = Extract<HubMessage, { type: 'log' }>['event'];

type Timer = ReturnType<typeof setTimeout>;

export interface HubFiles {
  /** The folder of the second copy of what the window stores, of ballots and of the hub's key. */
  readonly vaultDirectory: string;
  /** The phones' page. */
  readonly audiencePage: string;
}

/**
 * Runs the hub (src/hub/hub-process.ts) in a process of its own, so that nothing that arrives from
 * the network can take the window down, and starts it again whenever it dies. Every request settles:
 * with the hub's answer, or with why there is none.
 */
export class HubSupervisor {
  readonly #modulePath: string;
  readonly #files: HubFiles;
  #child: UtilityProcess | undefined;
  #isReady = false;
  #isStopping = false;
  #isOpenWanted = false;
  #announced: readonly AnnouncedSession[] = [];
  #deaths = 0;
  #failure: HubFailure = 'not-running';
  #lastId = 0;
  #timer: Timer | undefined;
  /** By id; all of them settle when the process ends. */
  readonly #pending = new Map<number, (result: HubResult) => void>();
  #unsent: { readonly id: number; readonly command: Command }[] = [];

  constructor(modulePath: string, files: HubFiles) {
    this.#modulePath = modulePath;
    this.#files = files;
  }

  /** Starts the hub; to be called once, after `ready`, before which Electron cannot fork. */
  start(): void {
    // Port 0, any free one: nothing hangs on it here, as the page's origin is app://caucus.
    const config = JSON.stringify({ localPort: 0, ...this.#files });
    const child = utilityProcess.fork(this.#modulePath, [config], { serviceName: 'Caucus hub' });
    this.#child = child;
    child.on('message', (message: unknown) => this.#receive(child, message));
    child.on('exit', (code) => this.#end(child, `it ended with ${code}`));
    this.#schedule(READY_MS, () => this.#end(child, 'it did not start in time'));
  }

  /** Asks the hub for something; while it is starting, the question waits until it has started. */
  async request(command: HubQuestion): Promise<HubResult> {
    // Whoever closes it wants it closed, also where the hub is away and cannot hear it.
    if (command === 'close') {
      this.#isOpenWanted = false;
    }
    const child = this.#child;
    if (child === undefined) {
      return { ok: false, reason: this.#failure };
    }
    const result = await this.#ask(child, { command });
    if (command === 'open' && result.ok) {
      this.#isOpenWanted = true;
    }
    return result;
  }

  /** Tells the hub which sessions are open here, and every hub that is started after it. */
  async announce(sessions: readonly AnnouncedSession[]): Promise<HubResult> {
    this.#announced = sessions;
    const child = this.#child;
    // One that has yet to start hears of it when it is ready.
    return child === undefined
      ? { ok: false, reason: this.#failure }
      : this.#ask(child, { command: 'announce', sessions });
  }

  /** Ends the hub for good; resolves when its process has ended, after 2 s at the latest. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child !== undefined) {
      const limit = setTimeout(() => this.#settleAll('not-running'), STOP_MS);
      await this.#ask(child, { command: 'stop' });
      clearTimeout(limit);
      this.#end(child, 'it was stopped');
    }
  }

  #ask(child: UtilityProcess, command: Command): Promise<HubResult> {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve } = Promise.withResolvers<HubResult>();
    const limit = setTimeout(
      () => this.#settle(id, { ok: false, reason: 'not-running' }),
      ANSWER_MS,
    );
    this.#pending.set(id, (result) => {
      clearTimeout(limit);
      resolve(result);
    });
    // A hub that is to stop is told at once, ready or not.
    if (this.#isReady || command.command === 'stop') {
      send(child, id, command);
    } else {
      this.#unsent.push({ id, command });
    }
    return promise;
  }

  #receive(child: UtilityProcess, raw: unknown): void {
    const message = v.safeParse(MessageSchema, raw);
    if (child !== this.#child || !message.success) {
      return;
    }
    switch (message.output.type) {
      case 'ready':
        this.#begin(child);
        break;
      case 'failed':
        this.#failure = message.output.reason === 'bad-options' ? 'not-running' : 'no-port';
        this.#end(child, `it could not start: ${message.output.reason}`);
        break;
      case 'answer':
        this.#settle(message.output.id, message.output.result);
        break;
      case 'log':
        // The rest (who came, who was turned away) is of use while the hub is developed only.
        if (message.output.event.event === 'fault') {
          console.error('A fault in the hub:', message.output.event);
        }
        break;
    }
  }

  #begin(child: UtilityProcess): void {
    this.#isReady = true;
    this.#failure = 'not-running';
    this.#schedule(STEADY_MS, () => (this.#deaths = 0));
    // It was open to the room before it died. Nobody closed it, and nobody would know to open it.
    if (this.#isOpenWanted) {
      this.#ask(child, { command: 'open' }).catch(reportBug);
    }
    if (this.#announced.length > 0) {
      this.#ask(child, { command: 'announce', sessions: this.#announced }).catch(reportBug);
    }
    for (const { id, command } of this.#unsent.splice(0)) {
      send(child, id, command);
    }
  }

  /** Once for each process, whichever comes first: its exit, its own word, or the time limit. */
  #end(child: UtilityProcess, why: string): void {
    if (child !== this.#child) {
      return;
    }
    this.#child = undefined;
    this.#isReady = false;
    this.#unsent = [];
    child.kill();
    this.#settleAll(this.#failure);
    if (this.#isStopping) {
      return;
    }
    const delay = Math.min(FIRST_DELAY_MS * 2 ** this.#deaths, LONGEST_DELAY_MS);
    this.#deaths += 1;
    console.error(`The hub stopped (${why}); it is started again in ${delay} ms.`);
    this.#schedule(delay, () => this.start());
  }

  #settleAll(reason: HubFailure): void {
    for (const id of this.#pending.keys()) {
      this.#settle(id, { ok: false, reason });
    }
  }

  #settle(id: number, result: HubResult): void {
    const settle = this.#pending.get(id);
    this.#pending.delete(id);
    settle?.(result);
  }

  /** One timer is enough: start's limit, steadiness and the next start follow one another. */
  #schedule(delay: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delay);
  }
}

function isLogEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'event' in value;
}

function send(child: UtilityProcess, id: number, command: Command): void {
  child.postMessage({ type: 'command', id, ...command }, []);
}

function reportBug(error: unknown): void {
  console.error('The hub could not be asked:', error);
}
