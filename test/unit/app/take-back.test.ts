import { afterEach, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/browser/app/open-session.ts';
import { joined, makeSession } from '../../../src/browser/app/session-records.ts';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import type { Ticket } from '../../../src/core/protocol/ticket.ts';
import * as Y from 'yjs';
import type { Context, DeviceId, GroupId } from '../../../src/core/session/ids.ts';
import type { PlanInput } from '../../../src/core/session/plan-input.ts';
import { createMemoryDisk, createMemoryDocumentStore } from '../../fakes/memory-document-store.ts';
import {
  createMemorySessions,
  createMemorySessionStore,
} from '../../fakes/memory-session-store.ts';
import { eventually } from '../hub/eventually.ts';
import { startTestHub } from '../hub/laptop.ts';

const input: PlanInput = {
  title: 'Security by design',
  description: '',
  attribution: false,
  questions: [{ title: 'Registers', text: '' }],
  groups: [
    { name: 'Makers', online: false },
    { name: 'Networks', online: false },
  ],
  agenda: [],
  stakeholderGroups: ['Government'],
  regions: [],
};
const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

let made = 0;
/** A laptop's own storage, from which its session can be opened again and again. */
function newLaptop(name: string) {
  const disk = createMemoryDisk();
  const documents = createMemoryDocumentStore(disk);
  const kept = createMemorySessions();
  const sessions = createMemorySessionStore(kept, disk);
  const context: Context = {
    deviceId: name as DeviceId,
    now: () => Date.now(),
    newId: () => `${name}-${(made += 1)}`,
  };
  let opened: OpenedSession | null = null;
  const close = async (): Promise<void> => {
    await opened?.close();
    opened = null;
  };
  toClose.push(close);
  return {
    context,
    documents,
    sessions,
    close,
    async open(ownHub: string | null = null): Promise<OpenedSession> {
      const [record] = await sessions.all();
      if (record === undefined) throw new Error('There is no session');
      opened = await openSession({
        record,
        context,
        documents,
        sessions,
        ownHub,
        onRecord: () => undefined,
      });
      return opened;
    },
    async take(ticket: Ticket): Promise<void> {
      const [known = null] = await sessions.all();
      const record = joined(known, ticket, context.now());
      for (const [groupId, key] of known?.groups ?? []) {
        const next = record.groups.get(groupId) ?? key;
        if (next.documentId === key.documentId) continue;
        for (const { update } of await documents.read(key.documentId, 0)) {
          await documents.append(next.documentId, update);
        }
      }
      await sessions.put(record);
    },
  };
}
type TestLaptop = ReturnType<typeof newLaptop>;

async function startVenue() {
  const started = await startTestHub();
  toClose.push(() => started.hub.stop());
  const result = await started.hub.openToNetwork();
  const addresses = result.ok ? result.state.addresses : [];
  const laptop = newLaptop('plenary');
  const { record, documents } = makeSession(input, laptop.context);
  for (const { doc, key } of documents) {
    await laptop.documents.append(key.documentId, Y.encodeStateAsUpdateV2(doc));
  }
  await laptop.sessions.put(record);
  const plenary = await laptop.open(`ws://${started.local}`);
  const [groupId, otherGroup] = [...plenary.groups.keys()] as [GroupId, GroupId];
  return { started, addresses, laptop, plenary, groupId, otherGroup };
}
type TestVenue = Awaited<ReturnType<typeof startVenue>>;

/** A facilitator's laptop of the group, with the ticket given or one of its own. */
async function facilitator(
  { plenary, addresses, groupId }: TestVenue,
  name: string,
  ticket = plenary.ticketFor({ groupId }, addresses),
): Promise<{ laptop: TestLaptop; session: OpenedSession }> {
  const laptop = newLaptop(name);
  await laptop.take(ticket);
  const session = await laptop.open();
  await eventually(() =>
    expect(session.status.getState().groups.get(groupId)?.inContact).toBe(true),
  );
  await eventually(() =>
    expect(plenary.laptopsOf(groupId).map(({ deviceId }) => deviceId)).toContain(name),
  );
  return { laptop, session };
}

const say = (session: OpenedSession, groupId: GroupId, text: string): void => {
  const group = session.groups.get(groupId);
  const begun = group?.beginNote({
    kind: 'point',
    questionId: null,
    text,
    stakeholderGroupId: null,
  });
  if (group === undefined || begun?.ok !== true) throw new Error('No note could be begun');
  group.finishNote(begun.value);
};
const notes = (session: OpenedSession, groupId: GroupId): readonly string[] =>
  (session.groups.get(groupId)?.view.snapshot().notes ?? []).map(({ text }) => text).toSorted();
const keyOf = ({ record }: OpenedSession, groupId: GroupId): DocumentKey | undefined =>
  record.groups.get(groupId);

describe('taking back a lost laptop', { timeout: 60_000 }, () => {
  it('S2, A1: the others go on by themselves, and what the lost one still sends is set aside', async () => {
    const venue = await startVenue();
    const { plenary, groupId, otherGroup, addresses } = venue;
    // Two laptops of a group often come with the same sheet.
    const ticket = plenary.ticketFor({ groupId }, addresses);
    const lost = await facilitator(venue, 'lost', ticket);
    const other = await facilitator(venue, 'other', ticket);
    say(lost.session, groupId, 'said in time');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['said in time']));
    await eventually(() => expect(notes(other.session, groupId)).toEqual(['said in time']));
    const [before, elsewhere] = [keyOf(plenary, groupId), keyOf(plenary, otherGroup)];

    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(keyOf(plenary, groupId)).not.toEqual(before));
    await eventually(() => expect(keyOf(other.session, groupId)).toEqual(keyOf(plenary, groupId)));
    expect(keyOf(plenary, otherGroup)).toEqual(elsewhere);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    expect(keyOf(lost.session, groupId)).toEqual(before);

    say(other.session, groupId, 'after it was taken back');
    say(lost.session, groupId, 'from the lost laptop');
    await eventually(() =>
      expect(notes(plenary, groupId)).toEqual(['after it was taken back', 'said in time']),
    );
    await eventually(() =>
      expect(plenary.setAside.getState().map(({ text }) => text)).toEqual(['from the lost laptop']),
    );
    say(plenary, groupId, 'from the moderator');
    await eventually(() => expect(notes(other.session, groupId)).toContain('from the moderator'));
    await eventually(() =>
      expect(other.session.status.getState().groups.get(groupId)?.waiting).toBe(0),
    );
    expect(other.session.status.getState().takenBack).toBe(false);
    // Nothing of all that reaches the lost laptop, and nothing of its own the others.
    expect(notes(lost.session, groupId)).toEqual(['from the lost laptop', 'said in time']);
    expect(notes(other.session, groupId)).not.toContain('from the lost laptop');
    expect(plenary.laptopsOf(groupId).map(({ deviceId }) => deviceId)).toEqual(['other']);
  });

  it('S2: a laptop that was away follows when it is back, with what it wrote meanwhile', async () => {
    const venue = await startVenue();
    const { plenary, groupId } = venue;
    await facilitator(venue, 'lost');
    const away = await facilitator(venue, 'away');
    await away.laptop.close();

    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(1));
    // Its hub is not to be reached at first; it goes on writing under the former key.
    const session = await away.laptop.open();
    say(session, groupId, 'written while away');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['written while away']));
    expect(keyOf(session, groupId)).toEqual(keyOf(plenary, groupId));
    await eventually(() => expect(plenary.setAside.getState()).toEqual([]));
    await away.laptop.close();
    const again = await away.laptop.open();
    expect(notes(again, groupId)).toEqual(['written while away']);
  });

  it('S2: survives a restart of the plenary laptop and of its hub', async () => {
    const venue = await startVenue();
    const { plenary, groupId, laptop, started } = venue;
    const lost = await facilitator(venue, 'lost');
    const other = await facilitator(venue, 'other');
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(keyOf(other.session, groupId)).toEqual(keyOf(plenary, groupId)));
    await laptop.close();
    say(lost.session, groupId, 'from the lost laptop');
    say(other.session, groupId, 'from the other');
    const again = await laptop.open(`ws://${started.local}`);
    await eventually(() => expect(notes(again, groupId)).toEqual(['from the other']));
    await lost.laptop.close();
    const back = await lost.laptop.open();
    await eventually(() => expect(back.status.getState().takenBack).toBe(true));
    await eventually(() =>
      expect(again.setAside.getState().map(({ text }) => text)).toEqual(['from the lost laptop']),
    );
    expect(notes(again, groupId)).toEqual(['from the other']);
  });

  it('with a new ticket it is back, and nothing that was typed on it is lost', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    const lost = await facilitator(venue, 'lost');
    const oldTicket = plenary.ticketFor({ groupId }, addresses);
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    say(lost.session, groupId, 'typed meanwhile');
    await lost.laptop.close();
    await new Promise<void>((resolve) => {
      // Tickets count whole seconds: this one is from after.
      const wait = setInterval(() => {
        const later = plenary.ticketFor({ groupId }, addresses);
        if (later.issuedAt <= oldTicket.issuedAt + 1_000) return;
        clearInterval(wait);
        resolve();
      }, 50);
    });
    await lost.laptop.take(plenary.ticketFor({ groupId }, addresses));
    // The sheet from before does not turn that back.
    await lost.laptop.take(oldTicket);
    const found = await lost.laptop.open();
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['typed meanwhile']));
    expect(found.status.getState().takenBack).toBe(false);
    await eventually(() =>
      expect(plenary.laptopsOf(groupId).map(({ deviceId }) => deviceId)).toEqual(['lost']),
    );
    await eventually(() => expect(plenary.setAside.getState()).toEqual([]));
  });

  it('A2: the rapporteur follows too, and a sheet from before lets nobody in any more', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    await facilitator(venue, 'lost');
    const sheet = plenary.ticketFor({ groupId }, addresses);
    const rapporteur = newLaptop('rapporteur');
    await rapporteur.take(plenary.ticketFor({ role: 'rapporteur' }, addresses));
    const reads = await rapporteur.open();
    await eventually(() => expect(reads.status.getState().plan.inContact).toBe(true));
    await new Promise<void>((resolve) => {
      const wait = setInterval(() => {
        if (plenary.ticketFor({ groupId }, addresses).issuedAt <= sheet.issuedAt) return;
        clearInterval(wait);
        resolve();
      }, 50);
    });
    plenary.takeBack(groupId, 'lost' as DeviceId);
    say(plenary, groupId, 'after');
    await eventually(() => expect(notes(reads, groupId)).toEqual(['after']));

    const stranger = newLaptop('stranger');
    await stranger.take(sheet);
    const opened = await stranger.open();
    await eventually(() => expect(opened.status.getState().takenBack).toBe(true));
    expect(notes(opened, groupId)).toEqual([]);
    expect(opened.plan.view.snapshot().title).toBe('');
  });
});
