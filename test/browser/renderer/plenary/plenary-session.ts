import rehearsal from '../../../../assets/sample/notes.json' with { type: 'json' };
import type { GroupStatus, Laptop } from '../../../../src/browser/sync/status.ts';
import {
  type GroupDocument,
  openGroupDocument,
} from '../../../../src/core/session/group-document.ts';
import type { GroupId, NoteId, SessionId } from '../../../../src/core/session/ids.ts';
import type { NoteKind } from '../../../../src/core/session/model.ts';
import { openPlanDocument, type PlanDocument } from '../../../../src/core/session/plan-document.ts';
import { type FakeApp, someStatus } from '../fake-app.ts';
import { sampleInput } from '../sample-session.ts';

export interface PlenaryOptions {
  readonly groups: number;
  /** Notes per group. */
  readonly notes: number;
  /** Recommendations per group, spread over the questions. */
  readonly recommendations: number;
  /** Minutes that the second segment has been running; stopped if left out. */
  readonly running?: number;
}

export interface PlenarySession {
  readonly sessionId: SessionId;
  readonly groupIds: readonly GroupId[];
  /** The group's document as a facilitator's laptop writes it. */
  group(place: number): GroupDocument;
  plan: PlanDocument;
  say(place: number, change: Partial<GroupStatus>): void;
}

/** A laptop of a group's facilitator, in contact and quiet. */
export const laptop = (change: Partial<Laptop> = {}): Laptop => ({
  deviceId: 'group-laptop',
  role: 'facilitator',
  plenary: false,
  writing: false,
  heardAt: Date.now(),
  inContact: true,
  waiting: 0,
  ...change,
});

/** A workshop of any size, with the sample's words over and over. */
export async function createPlenarySession(
  app: FakeApp,
  options: PlenaryOptions,
): Promise<PlenarySession> {
  const names = sampleInput.groups;
  const created = await app.create({
    ...sampleInput,
    groups: Array.from({ length: options.groups }, (_, place) => ({
      name: names[place]?.name ?? `Group ${place + 1}`,
      online: names[place]?.online ?? false,
    })),
  });
  if (!created.ok) throw new Error(`The session was refused: ${created.reason}`);
  const { sessionId } = created.record;
  const { planDoc, groupDocs, status } = app.inside(sessionId);
  const plan = openPlanDocument(planDoc, app.context);
  const { questions, stakeholderGroups, agenda } = plan.view.snapshot();
  const groupIds = plan.view.snapshot().groups.map(({ id }) => id);
  const open = new Map<number, GroupDocument>();

  function group(place: number): GroupDocument {
    const known = open.get(place);
    if (known !== undefined) return known;
    const id = groupIds[place];
    const doc = id === undefined ? undefined : groupDocs.get(id);
    if (doc === undefined) throw new Error(`There is no group ${place}`);
    const made = openGroupDocument(doc, app.context);
    open.set(place, made);
    return made;
  }

  for (const [place, id] of groupIds.entries()) {
    const content = rehearsal.groups[place % rehearsal.groups.length];
    const doc = groupDocs.get(id);
    if (content === undefined || doc === undefined) continue;
    let at = Date.now() - options.notes * 40_000;
    const document = openGroupDocument(doc, { ...app.context, now: () => (at += 40_000) });
    const questionOf = (letter: string) =>
      questions.find((one) => one.letter === letter)?.id ?? null;
    const noteIds: NoteId[] = [];
    const addNotes = (): void => {
      for (let index = 0; index < options.notes; index += 1) {
        const note = content.notes[index % content.notes.length];
        if (note === undefined) continue;
        const added = document.addNote({
          kind: note.kind as NoteKind,
          questionId: questionOf(note.question),
          text: note.text,
          stakeholderGroupId:
            stakeholderGroups.find(({ name }) => name === note.stakeholderGroup)?.id ?? null,
        });
        if (added.ok) noteIds.push(added.value);
      }
    };
    // In one transaction thousands are quick, but the order among them is any.
    if (options.notes > 500) doc.transact(addNotes);
    else addNotes();
    for (let index = 0; index < options.recommendations; index += 1) {
      const one = content.recommendations[index % content.recommendations.length];
      if (one === undefined) continue;
      document.addRecommendation({
        questionId: questionOf(one.question),
        text: one.text,
        rationale: one.rationale,
        noteIds: one.notes.flatMap((note) => noteIds[note] ?? []),
      });
    }
    if (options.recommendations > 0) document.editReportBack(content.reportBack);
    document.destroy();
  }
  const segment = agenda[1];
  if (options.running !== undefined && segment !== undefined) {
    const at = Date.now() - options.running * 60_000;
    const past = openPlanDocument(planDoc, { ...app.context, now: () => at });
    past.startSegment(segment.id);
    past.destroy();
  }

  return {
    sessionId,
    groupIds,
    group,
    plan,
    say(place, change) {
      const id = groupIds[place];
      if (id === undefined) return;
      status.setState(({ groups }) => ({
        groups: new Map(groups).set(id, { ...(groups.get(id) ?? someStatus), ...change }),
      }));
    },
  };
}
