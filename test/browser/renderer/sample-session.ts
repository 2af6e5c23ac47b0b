import rehearsal from '../../../assets/sample/notes.json' with { type: 'json' };
import sample from '../../../assets/sample/session.json' with { type: 'json' };
import { openGroupDocument } from '../../../src/core/session/group-document.ts';
import type { Context, NoteId, SessionId } from '../../../src/core/session/ids.ts';
import type { NoteKind } from '../../../src/core/session/model.ts';
import { openPlanDocument } from '../../../src/core/session/plan-document.ts';
import type { PlanInput } from '../../../src/core/session/plan-input.ts';
import type { FakeApp } from './fake-app.ts';

export const sampleInput = sample as PlanInput;

export interface FillOptions {
  /**
   * Notes of the first group; as many as the sample has if left out, repeated where it has fewer.
   * With 0 all groups are empty.
   */
  readonly notes?: number;
  readonly recommendations?: boolean;
  /** Minutes that the breakout has been running; not started if left out. */
  readonly running?: number;
}

/** Makes the sample session in the fake app and fills it as a workshop would have. */
export async function createFilledSession(app: FakeApp, options: FillOptions): Promise<SessionId> {
  const result = await app.create(sampleInput);
  if (!result.ok) throw new Error(`The sample was refused: ${result.reason}`);
  const { sessionId } = result.record;
  const { planDoc, groupDocs } = app.inside(sessionId);
  const plan = openPlanDocument(planDoc, app.context);
  const { questions, stakeholderGroups, regions, agenda, groups } = plan.view.snapshot();
  const byLetter = (letter: string) => questions.find((one) => one.letter === letter)?.id ?? null;
  const named = (
    list: readonly { readonly id: string; readonly name: string }[],
    name: string | null,
  ) => list.find((one) => one.name === name)?.id ?? null;

  for (const [index, group] of groups.entries()) {
    const doc = groupDocs.get(group.id);
    const content = rehearsal.groups[index];
    if (doc === undefined || content === undefined) continue;
    const wanted = index === 0 || options.notes === 0 ? options.notes : undefined;
    const count = wanted ?? content.notes.length;
    // A minute between notes, so that the times read like a session's.
    let at = Date.now() - count * 40_000;
    const context: Context = { ...app.context, now: () => (at += 40_000) };
    const document = openGroupDocument(doc, context);
    const ids: NoteId[] = [];
    for (let place = 0; place < count; place += 1) {
      const note = content.notes[place % content.notes.length];
      if (note === undefined) continue;
      const added = document.addNote({
        kind: note.kind as NoteKind,
        questionId: byLetter(note.question),
        text: note.text,
        stakeholderGroupId: named(stakeholderGroups, note.stakeholderGroup),
        regionId: named(regions, note.region),
      });
      if (added.ok) ids.push(added.value);
    }
    if (options.recommendations !== false) {
      for (const { question, text, rationale, notes } of content.recommendations) {
        document.addRecommendation({
          questionId: byLetter(question),
          text,
          rationale,
          noteIds: notes.flatMap((place) => ids[place] ?? []),
        });
      }
      document.editReportBack(content.reportBack);
    }
    document.destroy();
  }
  const breakout = agenda.find(({ kind }) => kind === 'breakout');
  if (options.running !== undefined && breakout !== undefined) {
    const at = Date.now() - options.running * 60_000;
    const past = openPlanDocument(planDoc, { ...app.context, now: () => at });
    past.startSegment(breakout.id);
    past.destroy();
  }
  plan.destroy();
  return sessionId;
}
