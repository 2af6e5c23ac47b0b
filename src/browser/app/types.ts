import type { StoreApi } from 'zustand/vanilla';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import type { FoundHub } from '../../core/protocol/machine.ts';
import type { FileSource } from '../../core/bundle/session-file.ts';
import type { SessionKey, SigningSeed } from '../../core/protocol/session-key.ts';
import type { Role, Ticket } from '../../core/protocol/ticket.ts';
import type { GroupDocument } from '../../core/session/group-document.ts';
import type { DeviceId, GroupId, Part, SessionId } from '../../core/session/ids.ts';
import type { EnteredLaptop } from '../../core/session/laptops.ts';
import type { PlanDocument } from '../../core/session/plan-document.ts';
import type { ReportDocument } from '../../core/session/report-document.ts';
import type { GroupChanges, PlanChanges, ReportPart } from '../../core/session/what-changed.ts';
import type { PlanFault, PlanInput } from '../../core/session/plan-input.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Restored, VaultStatus } from '../storage/vault-status.ts';
import type { SessionStatus } from '../sync/status.ts';
import type { Asking, AskOptions } from './ask-to-join.ts';
import type { DeskOptions, JoinDesk } from './join-desk.ts';
import type { VotingDesk } from './voting-desk.ts';

/** A session as this laptop keeps it: what it may open, and as whom. */
export interface SessionRecord {
  readonly sessionId: SessionId;
  /** As last seen; the plan has the current one. */
  readonly title: string;
  readonly role: Role;
  /** The facilitator's own group. */
  readonly groupId: GroupId | null;
  /** True on the one laptop that all groups' notes flow to. */
  readonly plenary: boolean;
  readonly plan: DocumentKey;
  /** Left out for facilitators, and until an older Caucus's session has been opened on the plenary laptop. */
  readonly report?: DocumentKey;
  readonly groups: ReadonlyMap<GroupId, DocumentKey>;
  /** Where the plenary laptop was reached or said to be, e.g. "ws://192.168.4.20:4711". */
  readonly addresses: readonly string[];
  /** The one of them that answered last; null or left out where none has. */
  readonly lastAddress?: string | null;
  readonly createdAt: number;
  readonly openedAt: number;
  /** To be added to this laptop's clock to get the plenary laptop's, as last measured; milliseconds. */
  readonly clockOffsetMs?: number;
  /** Whose signature counts; left out where the session was made before there were signatures. */
  readonly sessionKey?: SessionKey;
  /** What this laptop shows to hubs (`writePass`), in base64url; a moderator makes a new one every time. */
  readonly pass?: string;
  /** The ticket that the pass is of. */
  readonly ticketId?: string;
  /** When that was made, by the clock of the laptop that made it: milliseconds since 1970. */
  readonly issuedAt?: number;
  /** With which a moderator lets others in. */
  readonly signingSeed?: SigningSeed;
  /** 43 characters of base64url: opens what others seal for this laptop (`sealed-box.ts`). */
  readonly boxSecret?: string;
  /** Under which keys documents went before a laptop's access was taken back. */
  readonly retired?: readonly { readonly part: Part; readonly key: DocumentKey }[];
  /** The renewal that each document's present key is from; its moment by the plenary laptop's clock. */
  readonly renewed?: ReadonlyMap<Part, { readonly id: string; readonly at: number }>;
  /** Which hub is the plenary laptop's, as the ticket says. */
  readonly hubId?: string | null;
}

export type CreateResult =
  | { readonly ok: true; readonly record: SessionRecord }
  | { readonly ok: false; readonly reason: 'invalid'; readonly faults: readonly PlanFault[] }
  | { readonly ok: false; readonly reason: 'no-space' | 'storage-blocked' };

export type OpenResult =
  | { readonly ok: true; readonly session: OpenedSession }
  | { readonly ok: false; readonly reason: 'not-found' | 'storage-blocked' | 'no-space' };

/** One session, open on this laptop: its documents, and how its notes travel. */
export interface OpenedSession {
  readonly record: SessionRecord;
  readonly deviceId: DeviceId;
  readonly plan: PlanDocument;
  /** Null where this laptop may not open it. */
  readonly report: ReportDocument | null;
  /** The groups whose notes this laptop may open. */
  readonly groups: ReadonlyMap<GroupId, GroupDocument>;
  readonly status: StoreApi<SessionStatus>;
  /** Tells the others that somebody is typing in this group. */
  setWriting(groupId: GroupId, writing: boolean): void;
  /** Another address of the plenary laptop, as typed by a person: "192.168.4.20:4711". */
  addAddress(address: string): Promise<'added' | 'not-an-address'>;
  /** The laptops of this session that the network shows at the moment. */
  setNearby(hubs: readonly FoundHub[]): void;
  /** This laptop's own hub, once its group's other laptops come to it; null when they do not. */
  setOwnHub(address: string | null): void;
  /** What the plenary laptop's clock says, as far as is known: milliseconds since 1970. */
  readonly now: () => number;
  /**
   * A ticket for somebody else's laptop, with the given addresses and hub of the plenary laptop. Only
   * on a moderator's; throws elsewhere.
   */
  ticketFor(
    who: { readonly role: Exclude<Role, 'facilitator'> } | { readonly groupId: GroupId },
    addresses: readonly string[],
    hubId?: string | null,
  ): Ticket;
  /**
   * The group's laptops that have entered themselves, without those that lost their access; with null
   * the moderators' and the rapporteur's.
   */
  laptopsOf(groupId: GroupId | null): readonly EnteredLaptop[];
  /**
   * Takes back the access of one of those, on a moderator's: what it could open goes on under new
   * secrets, which the others get as soon as they are in contact.
   */
  takeBack(groupId: GroupId | null, deviceId: DeviceId): void;
  /** What still came from laptops whose access was taken back; on the plenary laptop. */
  readonly setAside: StoreApi<readonly SetAside[]>;
  /**
   * Has the hub at `address`, this laptop's own, ask the room what the plan says, and writes down what
   * comes of it; for as long as it is open. Only on the plenary laptop.
   */
  openVotingDesk(address: string): VotingDesk;
  /** Makes a group and its document; only where the plan may be written. */
  addGroup(name: string, online: boolean): Promise<GroupId | null>;
  /** What a file for a USB stick could hold, with the sizes that it would have now. */
  fileChoices(): Promise<FileChoices>;
  /**
   * What this laptop has of the session as a file, sealed with its documents' secrets: all, or only
   * what the plenary laptop has not said that it has.
   */
  saveFile(options: { readonly only: FileChoice }): Promise<Uint8Array>;
  /** Says what a file holds, and changes nothing. */
  checkFile(bytes: Uint8Array): SessionFileCheck;
  /**
   * Takes in what the file has and this laptop lacks; the same file twice changes nothing. S5.
   * `name` is the file's, for the list of `imports`.
   */
  importFile(bytes: Uint8Array, name: string): Promise<SessionFileImport>;
  /** The session files that were taken in here and can be taken back, newest first. */
  readonly imports: StoreApi<readonly TakenInFile[]>;
  /** Takes back what a file brought, as new changes; nothing typed since is touched. S2. */
  takeBackFile(importId: string): Promise<TakeBackResult>;
  /** Brings in again what was taken back. */
  bringBackFile(importId: string): Promise<TakeBackResult>;
  /** Resolves once everything typed is stored; the session stays on this laptop. */
  close(): Promise<void>;
}

/** What a group is called. */
export interface KnownGroup {
  readonly id: GroupId;
  readonly number: number;
  readonly name: string;
}

/** Everything on this laptop, before and beside an open session. */
export interface CaucusApp {
  readonly sessions: StoreApi<readonly SessionRecord[]>;
  /** How the second copy of all of it stands, which this laptop's Caucus keeps beside the browser's. */
  readonly secondCopy: StoreApi<VaultStatus>;
  /** What the browser had lost and the second copy has given back, until a person has seen it. */
  readonly restored: StoreApi<Restored | null>;
  seenRestored(): void;
  /** How the keys to the sessions are kept on this laptop. */
  readonly protection: Keyring['protection'];
  /** Sets, changes or (with null) takes away this laptop's passphrase. */
  readonly setPassphrase: Keyring['setPassphrase'];
  create(input: PlanInput): Promise<CreateResult>;
  /** Adds the session to this laptop; joining again adds what the new ticket opens. */
  join(ticket: Ticket): Promise<CreateResult>;
  /** The groups of a session that is not open, as far as this laptop has its plan. */
  knownGroups(sessionId: SessionId): Promise<readonly KnownGroup[]>;
  /** Asks a plenary laptop for a ticket; nothing is kept of it here. */
  askToJoin(options: AskOptions): Asking;
  /** Hears of laptops that ask this one, for as long as it is open. */
  openJoinDesk(options: DeskOptions): JoinDesk;
  open(sessionId: SessionId): Promise<OpenResult>;
  /** What would be lost with the session on this laptop, as far as this laptop knows. */
  onlyHere(sessionId: SessionId): Promise<OnlyHere>;
  /** Takes the session and its notes off this laptop. The caller has asked the person. */
  remove(sessionId: SessionId): Promise<void>;
}

/** What the plenary laptop has of a session, by its own last word. */
export type OnlyHere =
  /** This is the plenary laptop: it is the one that everything is on. */
  | { readonly state: 'plenary' }
  /** It has everything; `at` is its last word, by this laptop's clock; null where nothing is here. */
  | { readonly state: 'nothing'; readonly at: number | null }
  /** So many things (notes, recommendations, texts …) here hold changes that it does not have. */
  | { readonly state: 'changes'; readonly count: number; readonly at: number }
  /** It has never said. */
  | { readonly state: 'unknown' };

/** What came from a laptop whose access was taken back, and is not among the session's. */
export interface SetAside {
  /** Null for what came for the plan or the report: a proposal, an objection, the advice … */
  readonly groupId: GroupId | null;
  /** Of which thing: a note, a recommendation, a text of the report …, as in `thingsBehind`. */
  readonly id: string;
  readonly text: string;
}

export type FileChoice = 'all' | 'lacking';
export interface FileChoices {
  /** Bytes of a file with everything. */
  readonly all: number;
  /**
   * A file with what the plenary laptop lacks: null on the plenary laptop itself, and where it was
   * never in contact. `changes` counts things (notes, recommendations, texts …); with 0 there is no
   * such file. `at` is the last contact by this laptop's clock.
   */
  readonly lacking: {
    readonly bytes: number;
    readonly changes: number;
    readonly at: number;
  } | null;
}

/** Why a session file was refused; nothing was changed. */
export type SessionFileRefusal =
  /** Not a file that Caucus wrote. */
  | { readonly reason: 'not-a-session-file' | 'newer-version' | 'too-large' }
  /** Cut off or changed on the way. */
  | { readonly reason: 'damaged' }
  /** Undamaged, but what is in it is not what Caucus writes. */
  | { readonly reason: 'unknown-contents' }
  /** Saved before access was taken back from a laptop, by one that this laptop does not know to have kept it. */
  | { readonly reason: 'taken-back' }
  | { readonly reason: 'other-session'; readonly title: string; readonly sessionId: SessionId }
  /** Of groups that this laptop has no ticket for. */
  | { readonly reason: 'no-access'; readonly title: string }
  /** Neither its writer nor this laptop may change what is in it, so nobody says that it is true. */
  | { readonly reason: 'only-read'; readonly title: string }
  /** It holds only changes, which stand on something that this laptop lacks. */
  | {
      readonly reason: 'stands-on-more';
      readonly from: FileSource | null;
      /** What they were cut against: what the plenary laptop had then, by the writer's clock. */
      readonly since: number;
    };

export interface SessionFileContents {
  readonly title: string;
  /** When it was written, by the clock of the laptop that wrote it; milliseconds since 1970. */
  readonly savedAt: number;
  /** Whose laptop wrote it; null where the file does not say. */
  readonly from: FileSource | null;
  /** It was this laptop itself. */
  readonly ownFile: boolean;
  /**
   * Where it holds only what the plenary laptop lacked: when that laptop was last in contact, by the
   * writer's clock; null where it holds everything.
   */
  readonly since: number | null;
  /** Something in it was saved by a laptop that may only read it; this one may write it, and decides. */
  readonly unsigned: boolean;
  /** How many parts were left out, because neither laptop may write them. */
  readonly leftOut: number;
  /**
   * Left out but where the file was saved before access was taken back from a laptop: whether it goes
   * among the session's notes, or apart from them, because it may be that laptop's.
   */
  readonly former?: 'taken-in' | 'set-aside';
  /** The groups whose notes it holds and this laptop may open. */
  readonly groups: readonly GroupInFile[];
  /** Null where it holds no plan. */
  readonly plan: PlanInFile | null;
  /** Left out where it holds no report, or this laptop may not open it. */
  readonly report?: ReportInFile;
  /** How many things (notes, recommendations, texts …) it has that this laptop lacks. */
  readonly news: number;
}
export interface GroupInFile {
  readonly groupId: GroupId;
  readonly news: number;
  readonly changes: GroupChanges;
}
export interface PlanInFile {
  readonly news: number;
  readonly changes: PlanChanges;
}
export interface ReportInFile {
  readonly news: number;
  readonly changes: readonly ReportPart[];
}
export type SessionFileCheck =
  | { readonly ok: true; readonly contents: SessionFileContents }
  | ({ readonly ok: false } & SessionFileRefusal);

export type SessionFileImport =
  | {
      readonly ok: true;
      readonly contents: SessionFileContents;
      /** By which it can be taken back; null where it brought nothing that this laptop may change. */
      readonly importId: string | null;
    }
  | ({ readonly ok: false } & SessionFileRefusal);

/** A session file that was taken in. */
export interface TakenInFile {
  readonly id: string;
  /** When, by this laptop's clock; milliseconds since 1970. */
  readonly at: number;
  /** The file's name. */
  readonly name: string;
  readonly contents: SessionFileContents;
  readonly takenBack: boolean;
}

export type TakeBackResult =
  | {
      readonly ok: true;
      /** How many things are as they were before. */
      readonly reverted: number;
      /** How many were left alone, because somebody has gone on working on them since. */
      readonly kept: number;
    }
  | {
      readonly ok: false;
      /** Too long ago; or the document is a newer Caucus's; or the storage does not answer. */
      readonly reason: 'forgotten' | 'read-only' | 'failed';
    };
