import { ipcMain } from 'electron';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { announcedSessionsSchema } from '../src/core/protocol/hub-result.ts';
import { MAX_FILE_BYTES, MAX_KEYCHAIN_TEXT } from '../src/core/protocol/machine.ts';
import type { AnnouncedSession, HubResult, Keychain } from '../src/core/protocol/machine.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { CHANNELS } from './channels.ts';
import { openFile, saveFile } from './files.ts';

const FileKindSchema = v.strictObject({
  description: v.pipe(v.string(), v.maxLength(100)),
  mediaType: v.pipe(v.string(), v.maxLength(100)),
  extension: v.pipe(v.string(), v.regex(/^\.[a-z0-9]{1,10}$/)),
});

const SaveFileArguments = v.strictTuple([
  v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  FileKindSchema,
  v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.byteLength <= MAX_FILE_BYTES),
  ),
]);
const OpenFileArguments = v.strictTuple([FileKindSchema]);
const KeepAwakeArguments = v.strictTuple([v.boolean()]);
const AnnounceArguments = v.strictTuple([announcedSessionsSchema]);
const StoreKeyArguments = v.strictTuple([v.pipe(v.string(), v.maxLength(MAX_KEYCHAIN_TEXT))]);
const NoArguments = v.strictTuple([]);

/** What the main process can do for a window; each is a part of its own elsewhere. */
export interface Services {
  readonly window: BrowserWindow;
  readonly hub: {
    request(command: 'state' | 'open' | 'close'): Promise<HubResult>;
    announce(sessions: readonly AnnouncedSession[]): Promise<HubResult>;
  };
  readonly keychain: Keychain;
  readonly keepAwake: (on: boolean) => boolean;
  /** The window's page listens for handovers from now on. */
  readonly handoversWanted: () => void;
}

/** Answers the window's requests; each only for our own page and only with arguments as expected. */
export function answerRequests(services: Services): void {
  const { window, hub, keychain } = services;
  answer(CHANNELS.saveFile, SaveFileArguments, ([name, kind, bytes]) =>
    saveFile(window, name, kind, bytes),
  );
  answer(CHANNELS.openFile, OpenFileArguments, ([kind]) => openFile(window, kind));
  answer(CHANNELS.keepAwake, KeepAwakeArguments, ([on]) => services.keepAwake(on));
  answer(CHANNELS.hubState, NoArguments, () => hub.request('state'));
  answer(CHANNELS.openToNetwork, NoArguments, () => hub.request('open'));
  answer(CHANNELS.closeToNetwork, NoArguments, () => hub.request('close'));
  answer(CHANNELS.announce, AnnounceArguments, ([sessions]) => hub.announce(sessions));
  answer(CHANNELS.loadKey, NoArguments, () => keychain.load());
  answer(CHANNELS.storeKey, StoreKeyArguments, ([text]) => keychain.store(text));
  ipcMain.on(CHANNELS.listen, (event, ...rest: unknown[]) => {
    if (isFromApp(event) && v.is(NoArguments, rest)) {
      services.handoversWanted();
    }
  });
}

/**
 * Registers one channel. Our own pages send nothing else than what the schema says, so anything
 * else is a bug or an attack: it throws, and the page's promise is rejected.
 */
function answer<Schema extends v.GenericSchema>(
  channel: string,
  schema: Schema,
  act: (input: v.InferOutput<Schema>) => unknown,
): void {
  ipcMain.handle(channel, (event, ...rest: unknown[]) => {
    if (!isFromApp(event)) {
      throw new Error(`${channel}: asked for by a page that is not ours`);
    }
    const input = v.safeParse(schema, rest);
    if (!input.success) {
      throw new Error(`${channel}: ${v.summarize(input.issues)}`);
    }
    return act(input.output);
  });
}

/** Whether the top frame of one of our own pages sent it: not a frame inside, not a page since left. */
function isFromApp(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
