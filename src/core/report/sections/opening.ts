import { paragraph, typed, words } from '../blocks.ts';
import { fill, fillLine } from '../fill-message.ts';
import type { Block, Line, ReportCounts } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';

/** When the session was, as far as its notes tell: by the clocks of the laptops that took them. */
export function dateLine(record: SessionRecord, exportedAt: number, say: ReportWords): string {
  const { dateLine: messages } = say.messages;
  const span = record.notesTaken;
  if (span === null) return fill(messages.noNotes, { day: say.day(exportedAt) });
  const first = say.day(span.from);
  const last = say.day(span.to);
  return first === last ? fill(messages.day, { day: first }) : fill(messages.days, { first, last });
}

/** What the session was, in facts, and what the report lacks. */
export function openingBlocks(
  record: SessionRecord,
  counts: ReportCounts,
  gaps: readonly Line[],
  exportedAt: number,
  say: ReportWords,
): readonly Block[] {
  const { description } = record.plan;
  const { gaps: gapMessages } = say.messages;
  return [
    ...(description.trim() === '' ? [] : [paragraph('body', [typed(description)])]),
    { kind: 'facts', rows: factRows(record, counts, exportedAt, say) },
    ...(gaps.length === 0
      ? []
      : [{ kind: 'callout', title: gapMessages.title, lines: gaps } as const]),
  ];
}

function factRows(
  record: SessionRecord,
  counts: ReportCounts,
  exportedAt: number,
  say: ReportWords,
): { term: string; line: Line }[] {
  const { facts, counts: forms } = say.messages;
  const rows: { term: string; line: Line }[] = [];
  const span = record.notesTaken;
  if (span !== null) {
    const [firstDay, lastDay] = [say.day(span.from), say.day(span.to)];
    const template = firstDay === lastDay ? facts.oneDay : facts.severalDays;
    const values = { firstDay, lastDay, day: firstDay, from: say.time(span.from) };
    rows.push({
      term: facts.notesTaken,
      line: [words(fill(template, { ...values, to: say.time(span.to) }))],
    });
  }
  const made = { day: say.day(exportedAt), time: say.time(exportedAt) };
  rows.push({ term: facts.made, line: [words(fill(facts.madeAt, made))] });
  const listed = record.groups.filter(({ group }) => group !== null);
  const online = listed.filter(({ group }) => group?.online).length;
  const groupCount = say.count(forms.groups, listed.length);
  rows.push({
    term: facts.groups,
    line: [
      words(online === 0 ? groupCount : `${groupCount}, ${say.count(facts.groupsOnline, online)}`),
    ],
  });
  if (record.plan.agenda.length > 0) {
    const segments = record.plan.agenda.map(({ title, minutes }): Line => [
      words(fill(facts.segment, { title, minutes: say.count(forms.minutes, minutes) })),
    ]);
    rows.push({ term: facts.agenda, line: say.join(segments) });
  }
  const collected = {
    proposals: say.count(forms.proposals, counts.proposals),
    recommendations: say.count(forms.recommendations, counts.recommendations),
    notes: say.count(forms.notes, counts.notes),
  };
  rows.push(
    { term: facts.collected, line: fillLine(facts.collectedList, collected) },
    { term: facts.labels, line: [words(facts.labelsExplained)] },
  );
  return rows;
}
