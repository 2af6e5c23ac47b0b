import type * as Y from 'yjs';
import { fromBase64Url, toBase64Url } from '../../core/protocol/base64url.ts';
import {
  type DocumentKey,
  type DocumentSecret,
  readersSecretOf,
} from '../../core/protocol/document-key.ts';
import { nobleKeyPairFrom } from '../../core/protocol/noble-key-agreement.ts';
import type { Revocation } from '../../core/protocol/relay-frame.ts';
import type { KeyPair } from '../../core/protocol/secure-channel.ts';
import { issueTicket, passBytesOf, type Role, type Ticket } from '../../core/protocol/ticket.ts';
import type { Context, GroupId, Part } from '../../core/session/ids.ts';
import { enterLaptop, laptopsIn, onLaptops } from '../../core/session/laptops.ts';
import { onRenewals } from '../../core/session/renewals.ts';
import type { Access } from '../transport/transport.ts';
import { newId } from './random.ts';
import { createSessionRenewals, type SessionRenewals, type TicketFor } from './session-renewals.ts';
import type { SessionRecord } from './types.ts';

export interface SessionAccessOptions {
  record(): SessionRecord;
  readonly context: Context;
  readonly plan: Y.Doc;
  /** Null where this laptop may not open it. */
  readonly report: Y.Doc | null;
  readonly title: () => string;
  readonly group: (groupId: GroupId) => Y.Doc | null;
  readonly save: (change: Partial<SessionRecord>) => Promise<void>;
  /**
   * Lets go of a document's former key, writes the document under the new one, and resolves
   * to what starts it there. Rejects where it could not be written; the former one is gone on with then.
   */
  readonly move: (part: Part, key: DocumentKey) => Promise<() => Promise<void>>;
  /** What was taken back is another than before; for this laptop's own hub. */
  readonly onRevocation: (revocation: Revocation) => void;
  /** What this laptop shows is another than before, so hubs are to be asked again. */
  readonly onPass: () => void;
}

/** What this laptop may do in its session, and whom else it lets in and out. */
export interface SessionAccess {
  /** Undefined where the session was made before there were signatures. */
  readonly access: Access | undefined;
  /** Throws where this laptop is no moderator's. */
  ticketFor(
    role: Role,
    groupId: GroupId | null,
    addresses: readonly string[],
    hubId: string | null,
  ): Ticket;
  /** See `OpenedSession`. */
  readonly laptopsOf: SessionRenewals['laptopsOf'];
  readonly takeBack: SessionRenewals['takeBack'];
  readonly hasAccess: SessionRenewals['hasAccess'];
  /** Whether this laptop has lost its access. */
  isTakenBack(): boolean;
  /** To be called once the documents are open; and the group's again after it was moved. */
  enter(): void;
  /** The groups that there are have changed. */
  onGroups(): void;
  destroy(): Promise<void>;
}

const asItIs = (secret: DocumentSecret): DocumentSecret => secret;

export function createSessionAccess(options: SessionAccessOptions): SessionAccess {
  const { context, plan } = options;
  const { deviceId } = context;
  const { sessionKey } = options.record();
  let ownPass: Uint8Array | null = null;
  let following: Promise<void> = Promise.resolve();
  let destroyed = false;
  /** Until the document is there that this laptop is to enter itself in. */
  let stopWaiting = (): void => undefined;

  function issue(
    who: TicketFor,
    addresses: readonly string[] = [],
    hubId: string | null = null,
  ): Ticket {
    const { role, groupId, plan: planKey, report, groups, at } = who;
    const { signingSeed } = options.record();
    if (signingSeed === undefined) throw new Error('Only a moderator lets others in');
    const mine = [...groups].filter(([id]) => groupId === null || id === groupId);
    // What a role only reads, its ticket cannot write. A2.
    const groupSecret = role === 'rapporteur' ? readersSecretOf : asItIs;
    const planSecret = role === 'moderator' ? asItIs : readersSecretOf;
    return issueTicket(
      {
        ticketId: newId(),
        title: options.title(),
        role,
        groupId,
        plan: planSecret(planKey.secret),
        ...(report !== undefined && role !== 'facilitator' && { report: report.secret }),
        groups: new Map(mine.map(([id, key]) => [id, groupSecret(key.secret)])),
        addresses,
        hubId,
      },
      signingSeed,
      at,
    );
  }
  /** With the documents' present keys, from now on. */
  const now = (role: Role, groupId: GroupId | null): TicketFor => {
    const { plan: planKey, report, groups } = options.record();
    return { role, groupId, plan: planKey, report, groups, at: context.now() };
  };
  /** A moderator's own is made here, for all groups that there are by now. */
  function pass(): Uint8Array {
    const record = options.record();
    if (record.signingSeed === undefined) {
      return fromBase64Url(record.pass ?? '') ?? new Uint8Array();
    }
    ownPass ??= passBytesOf(issue(now('moderator', null)));
    return ownPass;
  }
  /** The key by which others seal something for this laptop; made once and kept. */
  function boxKeys(): KeyPair | null {
    const secretKey = fromBase64Url(options.record().boxSecret ?? '');
    return secretKey?.length === 32 ? nobleKeyPairFrom(secretKey) : null;
  }

  /** One after the other; a disk that refuses to write is tried again with the next change. */
  function queue(act: () => Promise<void>): void {
    following = following.then(act).catch((error: unknown) => {
      console.error('A renewed group could not be gone on with', error);
    });
  }
  const followSoon = (): void => queue(async () => (destroyed ? undefined : renewals.follow()));

  /** The one that this laptop may write, whatever else it may. */
  function ownDocument(): Y.Doc | null {
    const { role, groupId } = options.record();
    if (role === 'moderator') return plan;
    // With an older Caucus's ticket it writes the plan.
    if (role === 'rapporteur') return options.report ?? plan;
    return groupId === null ? null : options.group(groupId);
  }
  function enter(): void {
    const record = options.record();
    const own = boxKeys();
    if (own === null || record.sessionKey === undefined) return;
    const doc = ownDocument();
    if (doc === null) return;
    stopWaiting();
    // Nobody enters what is not there yet: the document would seem to have something in it.
    if (doc.getMap('meta').get('kind') === undefined) {
      doc.on('afterTransaction', enter);
      stopWaiting = () => doc.off('afterTransaction', enter);
      return;
    }
    enterLaptop(doc, {
      deviceId,
      role: record.role,
      ticketId: record.ticketId ?? '',
      boxKey: toBase64Url(own.publicKey),
      ...(record.plenary && { plenary: true }),
      at: context.now(),
    });
  }

  const renewals = createSessionRenewals({
    record: () => options.record(),
    context,
    plan,
    report: options.report,
    group: options.group,
    own: boxKeys,
    issue,
    async save(change) {
      await options.save(change);
      // A moderator's names the documents.
      ownPass = null;
    },
    move: options.move,
    onRevocation: options.onRevocation,
    onMoved() {
      enter();
      // Hubs have refused the former pass for what this laptop only reads, too.
      if (options.record().role !== 'moderator') options.onPass();
    },
  });
  const access: Access | undefined =
    sessionKey === undefined
      ? undefined
      : {
          sessionKey,
          pass,
          onBoxes(bytes) {
            const goOn = renewals.readBoxes(bytes);
            if (goOn !== null) queue(goOn);
            return goOn !== null;
          },
        };
  const stops =
    sessionKey === undefined
      ? []
      : [
          onRenewals(plan, followSoon),
          ...[plan, options.report].flatMap((doc) =>
            doc === null ? [] : onLaptops(doc, renewals.boxLate),
          ),
        ];

  return {
    access,
    ticketFor: (role, groupId, addresses, hubId) => issue(now(role, groupId), addresses, hubId),
    laptopsOf: renewals.laptopsOf,
    takeBack: renewals.takeBack,
    hasAccess: renewals.hasAccess,
    isTakenBack() {
      const { groupId, role } = options.record();
      const part = role === 'facilitator' ? groupId : null;
      const doc = ownDocument();
      const own =
        doc === null ? undefined : laptopsIn(doc).find((one) => one.deviceId === deviceId);
      return own !== undefined && renewals.hasLost(part, own);
    },
    enter() {
      enter();
      renewals.boxLate();
      followSoon();
    },
    onGroups() {
      ownPass = null;
    },
    async destroy() {
      destroyed = true;
      stopWaiting();
      for (const stop of stops) stop();
      await following;
    },
  };
}
