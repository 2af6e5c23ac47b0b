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
  /** The fingerprint of the hub's key (`secure-channel.ts`): 22 characters of base64url. */
  readonly hubId: string;
  /** Other laptops' hubs that can be seen on the network at the moment; never this one. */
  readonly found: readonly FoundHub[];
  /** What laptops on the network wanted and were refused since the hub started; left out while nothing. */
  readonly turnedAway?: readonly TurnedAway[] | undefined;
}

export interface TurnedAway {
  readonly kind:
    /** It could not show that it belongs to the session. */
    | 'stranger'
    /** With a ticket that has run out, or from a laptop whose date is wrong. */
    | 'old-ticket'
    /** With a ticket that was taken back. */
    | 'taken-back'
    /** It wanted to change what it may only read. */
    | 'only-reads';
  readonly count: number;
  /** Milliseconds since 1970 by this laptop's clock. */
  readonly lastAt: number;
}

/**
 * What another laptop's hub says of itself on the network. Anyone there can say anything, so it is
 * a place to try and no more. A hub that is plenary for one session and not for another is listed
 * twice, once for each.
 */
export interface FoundHub {
  readonly hubId: string;
  /** Whether it says to be the plenary laptop of these sessions. */
  readonly plenary: boolean;
  /** Their tags (session-tag.ts). */
  readonly sessions: readonly string[];
  /** Where it is, the likeliest first, e.g. "ws://192.168.4.20:4711". */
  readonly addresses: readonly string[];
}

/** A session that is open on this laptop, as its hub may name it on the network. */
export interface AnnouncedSession {
  /** See session-tag.ts. */
  readonly tag: string;
  /** Whether this is the session's plenary laptop. */
  readonly plenary: boolean;
}

/** More sessions than this are not announced, nor believed of another laptop. */
export const MAX_ANNOUNCED_SESSIONS = 16;

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

/** How the operating system keeps what the keychain is given. */
export type KeychainKind =
  /** Sealed for this user: Keychain on macOS, DPAPI on Windows, libsecret or KWallet on Linux. */
  | 'system'
  /** As it is, in a file that only this user may read: here is no keychain, or none that is open. */
  | 'file';

export type KeychainContent =
  /** `text` is null where nothing was kept yet. */
  | { readonly ok: true; readonly kind: KeychainKind; readonly text: string | null }
  /** There is something, and the system does not give it out. */
  | { readonly ok: false };

/** Where a machine keeps one short text better than in the page's own storage. */
export interface Keychain {
  load(): Promise<KeychainContent>;
  /** In place of what was kept; false where it could not be kept, and the old text still is. */
  store(text: string): Promise<boolean>;
}

/** The longest text that the keychain takes, in UTF-16 units. */
export const MAX_KEYCHAIN_TEXT = 4096;

export interface Machine {
  readonly shell: 'electron' | 'browser';
  /** Null where the machine has no better place than the page's own storage. */
  readonly keychain: Keychain | null;
  /** Lets the person choose where; written whole or not at all. */
  saveFile(name: string, kind: FileKind, bytes: Uint8Array): Promise<SaveResult>;
  openFile(kind: FileKind): Promise<OpenResult>;
  /** Keeps the screen on while a session runs; resolves to whether the machine agreed. */
  keepAwake(on: boolean): Promise<boolean>;
  hubState(): Promise<HubResult>;
  /** Lets laptops on the network reach the hub: the moment at which a firewall may ask. */
  openToNetwork(): Promise<HubResult>;
  closeToNetwork(): Promise<HubResult>;
  /**
   * Says which sessions are open on this laptop, in place of those said before. From then on the hub
   * looks for other laptops on the network, and names these sessions to them while it is open to the
   * network; with none it does neither. At most `MAX_ANNOUNCED_SESSIONS`.
   */
  announce(sessions: readonly AnnouncedSession[]): Promise<HubResult>;
  /** Calls `listener` for what was handed over before and from now on; returns how to stop. */
  onHandover(listener: (handover: Handover) => void): () => void;
}

/** The largest file that the app takes in: 256 MiB. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Where things are by default; a fixed port, because IndexedDB hangs on the origin. */
export const APP_PORT = 4710;
export const NETWORK_PORT = 4711;
