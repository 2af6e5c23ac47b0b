import { heading, paragraph, quiet, subtitle, words } from '../blocks.ts';
import { fillLine } from '../fill-message.ts';
import type { Block, Line } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';
import { recommendationBlock } from './groups.ts';
import { noteTable } from './notes.ts';
import { proposalBlock } from './proposals.ts';

/** Where the report tells of what does not count. */
export const asideAnchors = {
  leftOut: 'left-out',
  unfinished: 'unfinished',
  withdrawn: 'withdrawn',
} as const;

/** What does not count: left out by a person's choice, unfinished, withdrawn; each one listed (R1). */
export function asideBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { aside } = say.messages;
  return [
    heading(2, asideAnchors.leftOut, aside.leftOut),
    ...leftOut(record, say),
    heading(2, asideAnchors.unfinished, aside.unfinished),
    ...unfinished(record, say),
    heading(2, asideAnchors.withdrawn, aside.withdrawn),
    ...withdrawn(record, say),
  ];
}

function leftOut(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { aside } = say.messages;
  const leftOutNotes = record.groups
    .flatMap((group) => group.notes)
    .filter(({ state }) => state === 'left-out');
  const notes = say.references(leftOutNotes);
  const keys = say.join(record.unknownOmissions.map((key): Line => [words(key)]));
  if (notes.length + keys.length === 0) return [quiet(aside.leftOutNone)];
  return [
    ...(notes.length === 0 ? [] : [paragraph('body', fillLine(aside.leftOutIntro, { notes }))]),
    ...(keys.length === 0 ? [] : [paragraph('quiet', fillLine(aside.leftOutUnknown, { keys }))]),
  ];
}

function unfinished(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { aside } = say.messages;
  const drafts = record.groups.flatMap((group): readonly Block[] => {
    const notes = group.notes.filter(({ note }) => note.draft && !note.deleted);
    if (notes.length === 0) return [];
    return [subtitle(say.groupName(group)), noteTable(record, notes, say)];
  });
  if (drafts.length === 0) return [quiet(aside.unfinishedNone)];
  return [quiet(aside.unfinishedIntro), ...drafts];
}

function withdrawn(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { aside, counts: forms } = say.messages;
  const proposals = record.proposals.filter((proposal) => proposal.withdrawn);
  const byGroup = record.groups.map((group) => ({
    group,
    recommendations: group.recommendations.filter((each) => each.withdrawn),
    notes: group.notes.filter(({ note }) => note.deleted),
  }));
  const total = (key: 'recommendations' | 'notes'): number =>
    byGroup.reduce((sum, each) => sum + each[key].length, 0);
  const counted = [
    { form: forms.proposals, count: proposals.length },
    { form: forms.recommendations, count: total('recommendations') },
    { form: forms.notes, count: total('notes') },
  ].filter(({ count }) => count > 0);
  if (counted.length === 0) return [quiet(aside.withdrawnNone)];
  const items = say.join(counted.map(({ form, count }) => [words(say.count(form, count))]));
  return [
    paragraph('body', fillLine(aside.withdrawnCount, { items })),
    quiet(aside.withdrawnIntro),
    ...(proposals.length === 0 ? [] : [subtitle(aside.withdrawnProposals)]),
    ...proposals.flatMap((proposal) => proposalBlock(record, proposal, say)),
    ...byGroup.flatMap(({ group, recommendations, notes }): readonly Block[] =>
      recommendations.length + notes.length === 0
        ? []
        : [
            subtitle(say.groupName(group)),
            ...recommendations.map((each) => recommendationBlock(record, each, say)),
            ...(notes.length === 0 ? [] : [noteTable(record, notes, say)]),
          ],
    ),
  ];
}
