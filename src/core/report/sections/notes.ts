import { heading, pending, quiet, target, typed, words } from '../blocks.ts';
import { fillLine } from '../fill-message.ts';
import type { Block, Line, NoteRow, NoteTable } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import { isMoment, type NoteRecord, type SessionRecord } from '../session-record.ts';

/** A withdrawn note that nothing rests on is shown this far, in characters that people see. */
const EXCERPT_LENGTH = 200;

/** The annex of notes: group by group, all that was kept, in the group's own order. */
export function noteBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { notes: messages, groups, group: groupMessages } = say.messages;
  if (record.groups.length === 0) return [quiet(groups.none)];
  return [
    quiet(record.plan.attribution ? `${messages.intro} ${messages.named}` : messages.intro),
    ...record.groups.flatMap((group): readonly Block[] => {
      const kept = group.notes.filter(({ note }) => !note.deleted && !note.draft);
      const title = heading(2, `notes-${group.tag.toLowerCase()}`, say.groupName(group));
      if (!group.here) return [title, pending(groupMessages.notHere)];
      return [title, kept.length === 0 ? quiet(messages.none) : noteTable(record, kept, say)];
    }),
  ];
}

/** Notes where their labels lead to; one that was left out by choice shows its label only (R1). */
export const noteTable = (
  record: SessionRecord,
  notes: readonly NoteRecord[],
  say: ReportWords,
): NoteTable => ({
  kind: 'notes',
  columns: say.messages.notes.columns,
  rows: notes.map((note) => noteRow(record, note, say)),
});

function noteRow(session: SessionRecord, record: NoteRecord, say: ReportWords): NoteRow {
  const { notes: messages, kinds, question } = say.messages;
  const { note, usedIn } = record;
  const recommendations = say.uses(usedIn);
  return {
    label: target(record),
    time: timeOf(session, note.createdAt, say),
    about: [kinds[note.kind], say.questionName(session.plan, note.questionId, question.named)],
    text: textOfNote(record, say),
    from: record.state === 'left-out' ? [] : saidFor(session, record, say),
    usedIn: usedIn.length === 0 ? [] : fillLine(messages.usedIn, { recommendations }),
  };
}

/** The time of day; with the day where the session's notes were taken on several. */
function timeOf({ notesTaken }: SessionRecord, at: number, say: ReportWords): string {
  const several = notesTaken !== null && say.day(notesTaken.from) !== say.day(notesTaken.to);
  return several && isMoment(at) ? `${say.day(at)}, ${say.time(at)}` : say.time(at);
}

function saidFor({ plan }: SessionRecord, { note }: NoteRecord, say: ReportWords): string[] {
  const nameOf = (choices: typeof plan.regions, id: string | null): string[] =>
    id === null
      ? []
      : [choices.find((choice) => choice.id === id)?.name ?? say.messages.participation.notListed];
  return [
    ...(plan.attribution && note.speakerName !== null ? [note.speakerName] : []),
    ...nameOf(plan.stakeholderGroups, note.stakeholderGroupId),
    ...nameOf(plan.regions, note.regionId),
  ];
}

function textOfNote({ note, state, usedIn }: NoteRecord, say: ReportWords): Line {
  const { notes: messages } = say.messages;
  if (state === 'left-out') return [words(messages.leftOut)];
  if (note.text.trim() === '') return [words(messages.empty)];
  const shorten = state === 'withdrawn' && usedIn.length === 0;
  return [typed(shorten ? excerpt(note.text) : note.text)];
}

function excerpt(text: string): string {
  const characters = new Intl.Segmenter().segment(text.slice(0, EXCERPT_LENGTH * 10));
  let end = 0;
  let length = 0;
  for (const { segment, index } of characters) {
    if (length === EXCERPT_LENGTH) break;
    length += 1;
    end = index + segment.length;
  }
  return end < text.length ? `${text.slice(0, end)} …` : text;
}
