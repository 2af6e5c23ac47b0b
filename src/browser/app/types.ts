import type { StoreApi } from 'zustand/vanilla';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import type { FoundHub } from '../../core/protocol/machine.ts';
import type { Role, Ticket } from '../../core/protocol/ticket.ts';
import type { GroupDocument } from '../../core/session/group-document.ts';
import type { DeviceId, GroupId, SessionId } from '../../core/session/ids.ts';
import type { PlanDocument } from '../../core/session/plan-document.ts';
import type { PlanFault, PlanInput } from '../../core/session/plan-input.ts';
import type { SessionStatus } from '../sync/status.ts';

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
  readonly groups: ReadonlyMap<GroupId, DocumentKey>;
  /** Where the plenary laptop was reached or said to be, e.g. "ws://192.168.4.20:4711". */
  readonly addresses: readonly string[];
  readonly createdAt: number;
  readonly openedAt: number;
  /** To be added to this laptop's clock to get the plenary laptop's, as last measured; milliseconds. */
  readonly clockOffsetMs?: number;
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
  now(): number;
  /** A ticket for somebody else's laptop, with the given addresses of this one. */
  ticketFor(
    who: { readonly role: Exclude<Role, 'facilitator'> } | { readonly groupId: GroupId },
    addresses: readonly string[],
  ): Ticket;
  /** Makes a group and its document; only where the plan may be written. */
  addGroup(name: string, online: boolean): Promise<GroupId | null>;
  /** All that this laptop has of the session, sealed with its documents' secrets, as a file. */
  saveFile(): Uint8Array;
  /** Says what a file holds, and changes nothing. */
  checkFile(bytes: Uint8Array): SessionFileCheck;
  /** Takes in what the file has and this laptop lacks; the same file twice changes nothing. S5. */
  importFile(bytes: Uint8Array): Promise<SessionFileCheck>;
  /** Resolves once everything typed is stored; the session stays on this laptop. */
  close(): Promise<void>;
}

/** Everything on this laptop, before and beside an open session. */
export interface CaucusApp {
  readonly sessions: StoreApi<readonly SessionRecord[]>;
  create(input: PlanInput): Promise<CreateResult>;
  /** Adds the session to this laptop; joining again adds what the new ticket opens. */
  join(ticket: Ticket): Promise<CreateResult>;
  open(sessionId: SessionId): Promise<OpenResult>;
  /** Takes the session and its notes off this laptop. The caller has asked the person. */
  remove(sessionId: SessionId): Promise<void>;
}

/** Why a session file was refused; nothing was changed. */
export type SessionFileRefusal =
  /** Not a file that Caucus wrote. */
  | { readonly reason: 'not-a-session-file' | 'newer-version' | 'too-large' }
  /** Cut off or changed on the way. */
  | { readonly reason: 'damaged' }
  /** Of another session, or of groups that this laptop has no ticket for. */
  | { readonly reason: 'other-session' | 'no-access'; readonly title: string };

export interface SessionFileContents {
  readonly title: string;
  /** When it was written, by the clock of the laptop that wrote it; milliseconds since 1970. */
  readonly savedAt: number;
  /** The groups whose notes it holds and this laptop may open; the plan is not counted. */
  readonly groups: readonly GroupId[];
  /** How many things (notes, recommendations, texts …) it has that this laptop lacks. */
  readonly news: number;
}
export type SessionFileCheck =
  | { readonly ok: true; readonly contents: SessionFileContents }
  | ({ readonly ok: false } & SessionFileRefusal);
