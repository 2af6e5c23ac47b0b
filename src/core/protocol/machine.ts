/**
 * What the app asks of the machine it runs on. Two implementations: Electron's preload bridge
 * (electron/preload.ts) and the browser shell (renderer/machine/browser-machine.ts). Nothing else
 * in the renderer knows in which of the two it runs.
 */

export interface HubState {
  /** WebSocket base address of this laptop's own hub, e.g. "ws://localhost:4710". */
  readonly localUrl: string;
  /** Whether laptops on the network can reach the hub. Off until a person opens the session. */
  readonly openToNetwork: boolean;
  /** Where they reach it, e.g. "ws://192.168.4.20:4711"; empty while it is not open. */
  readonly addresses: readonly string[];
}

export interface FoundHub {
  readonly hubId: string;
  readonly plenary: boolean;
  readonly sessions: readonly string[];
  readonly addresses: readonly string[];
}

export type HubFailure =
  /** The hub's process does not answer. */
  | 'not-running'
  /** Neither the usual port nor another one could be had. */
  | 'no-port'
  /** The laptop has no network address at the moment. */
  | 'no-network';

export type HubResult =
  | { readonly ok: true; readonly state: HubState }
  | { readonly ok: false; readonly reason: HubFailure };

export type SaveResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-space' | 'not-allowed' | 'failed' };

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type OpenResult =
  | { readonly ok: true; readonly file: OpenedFile }
  | { readonly ok: false; readonly reason: 'cancelled' | 'too-large' | 'failed' };

export interface FileKind {
  /** What a person reads in the dialog: "Word document". */
  readonly description: string;
  readonly mediaType: string;
  /** With the dot: ".docx". */
  readonly extension: string;
}

/** Something the operating system handed to the app: a double-clicked file or a clicked link. */
export type Handover =
  | { readonly kind: 'file'; readonly file: OpenedFile }
  | { readonly kind: 'link'; readonly link: string };

export interface Machine {
  readonly shell: 'electron' | 'browser';
  /** Lets the person choose where; written whole or not at all. */
  saveFile(name: string, kind: FileKind, bytes: Uint8Array): Promise<SaveResult>;
  openFile(kind: FileKind): Promise<OpenResult>;
  /** Keeps the screen on while a session runs; resolves to whether the machine agreed. */
  keepAwake(on: boolean): Promise<boolean>;
  hubState(): Promise<HubResult>;
  /** Lets laptops on the network reach the hub: the moment at which a firewall may ask. */
  openToNetwork(): Promise<HubResult>;
  closeToNetwork(): Promise<HubResult>;
  /** Calls `listener` for what was handed over before and from now on; returns how to stop. */
  onHandover(listener: (handover: Handover) => void): () => void;
}

/** The largest file that the app takes in: 256 MiB. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Where things are by default; a fixed port, because IndexedDB hangs on the origin. */
export const APP_PORT = 4710;
export const NETWORK_PORT = 4711;
