import type * as Y from 'yjs';
import type { DeviceId, InboxItemId, TurnId } from './ids.ts';
import { MAX_TITLE_LENGTH } from './schema.ts';
import type { PlanView } from './plan-view.ts';
import type { InboxItem, InboxKind } from './voting-model.ts';
import { done, type FieldChange, type Outcome, refused, type Writer } from './writer.ts';

/** A hand, or something asked, as a phone made it. */
export interface ReceivedItem {
  readonly id: string;
  readonly kind: InboxKind;
  readonly person: string;
  readonly text: string;
  readonly stakeholderGroup: string;
  readonly region: string;
  readonly online: boolean;
  readonly at: number;
}

export interface TurnInput {
  /** The raised hand that is answered by it. */
  readonly inboxId: InboxItemId | null;
  readonly person: string;
  readonly label: string;
  readonly stakeholderGroup: string;
  readonly online: boolean;
}

/** Hands, questions and who speaks: both moderators share them. */
export interface FloorOperations {
  /** However often it is given, it is there once. Not undone by `history`. */
  receiveItem(received: ReceivedItem): Outcome;
  /** The person has taken the hand down at `at`. Not undone by `history`. */
  lowerHand(person: string, at: number): Outcome;
  /** A hand that somebody without a phone has raised. */
  addHand(input: Omit<TurnInput, 'inboxId' | 'person'>): Outcome<InboxItemId>;
  /** Says that this laptop's moderator sees to it; 'not-allowed' where the other one does already. */
  takeItem(id: InboxItemId): Outcome;
  /** Whoever had taken it, it waits again. */
  leaveItem(id: InboxItemId): Outcome;
  doneItem(id: InboxItemId): Outcome;
  /** Gives somebody the floor now; whoever spoke has ended. */
  startSpeaker(input: TurnInput): Outcome<TurnId>;
  endSpeaker(): Outcome;
}

/** As long as the longest text that a phone sends. */
const MAX_ITEM_TEXT = 2_000;

export function createFloorOperations(doc: Y.Doc, view: PlanView, writer: Writer): FloorOperations {
  const { context } = writer;
  const inbox = (): readonly InboxItem[] => view.snapshot().voting.inbox;

  function onItem(
    id: InboxItemId,
    change: (item: InboxItem) => Readonly<Record<string, string | number | null>> | null,
  ): Outcome {
    return writer.write(() => {
      const item = inbox().find((one) => one.id === id);
      const entry = writer.entry('inbox', id);
      if (item === undefined || entry === null) return refused('not-found');
      const fields = change(item);
      if (fields === null) return refused('not-allowed');
      writer.set(entry, fields, 'voting-changed');
      return done(undefined);
    });
  }
  /** Every turn that runs, also one that the other moderator began at the same moment. */
  const ending = (): readonly FieldChange[] =>
    [...doc.getMap('turns').keys()].flatMap((id) => {
      const map = writer.entry('turns', id);
      return map === null || typeof map.get('endedAt') === 'number'
        ? []
        : [{ map, fields: { endedAt: context.now() } }];
    });
  const labelled = (label: string): string => label.trim().slice(0, MAX_TITLE_LENGTH);

  return {
    receiveItem: (received) =>
      writer.write(() => {
        const { id, ...fields } = received;
        if (writer.entry('inbox', id) !== null) return done(undefined);
        writer.create('inbox', id, { ...fields, text: fields.text.slice(0, MAX_ITEM_TEXT) }, {});
        return done(undefined);
      }),
    lowerHand: (person, at) =>
      writer.write(() => {
        const up = inbox().filter(
          (item) =>
            item.kind === 'hand' && item.person === person && item.doneAt === null && item.at <= at,
        );
        const changes = up.flatMap(({ id }) => {
          const map = writer.entry('inbox', id);
          return map === null ? [] : [{ map, fields: { doneAt: at } }];
        });
        writer.setAll(changes, null);
        return done(undefined);
      }),
    addHand: ({ label, stakeholderGroup, online }) =>
      writer.write(() => {
        const id = context.newId() as InboxItemId;
        const fields = {
          kind: 'hand',
          person: '',
          text: labelled(label),
          stakeholderGroup,
          online,
        };
        const entry = writer.create('inbox', id, { ...fields, at: context.now() }, {});
        writer.setAll([], 'voting-changed', [entry]);
        return done(id);
      }),
    takeItem: (id) =>
      onItem(id, ({ takenBy, doneAt }) => {
        const others: DeviceId | null = takenBy === context.deviceId ? null : takenBy;
        if (others !== null || doneAt !== null) return null;
        return { takenBy: context.deviceId, takenAt: context.now() };
      }),
    leaveItem: (id) => onItem(id, () => ({ takenBy: null, takenAt: null, doneAt: null })),
    doneItem: (id) =>
      onItem(id, ({ takenBy, takenAt }) => ({
        takenBy: takenBy ?? context.deviceId,
        takenAt: takenAt ?? context.now(),
        doneAt: context.now(),
      })),
    startSpeaker: (input) =>
      writer.write(() => {
        const id = context.newId() as TurnId;
        const hand = input.inboxId === null ? null : writer.entry('inbox', input.inboxId);
        const now = context.now();
        doc.transact(() => {
          const changes = [...ending()];
          if (hand !== null) changes.push({ map: hand, fields: { doneAt: now } });
          const entry = writer.create(
            'turns',
            id,
            {
              inboxId: input.inboxId,
              person: input.person,
              label: labelled(input.label),
              stakeholderGroup: input.stakeholderGroup,
              online: input.online,
              startedAt: now,
            },
            {},
          );
          writer.setAll(changes, 'voting-changed', [entry]);
        });
        return done(id);
      }),
    endSpeaker: () =>
      writer.write(() => {
        writer.setAll(ending(), 'voting-changed');
        return done(undefined);
      }),
  };
}
