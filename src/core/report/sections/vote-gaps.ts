import { disputedIn } from '../../session/hand-counts.ts';
import { reference, words } from '../blocks.ts';
import { fillLine } from '../fill-message.ts';
import type { Line, ReportCounts } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';
import { verdictOn } from './consensus.ts';

/** Where the report tells of votes and objections. */
export const consensusAnchor = 'consensus';

/** What is not settled: objections not worked through, votes still open, consensus not confirmed. */
export function voteGapLines(
  record: SessionRecord,
  counts: ReportCounts,
  say: ReportWords,
): readonly Line[] {
  const { votes: messages, sections } = say.messages;
  const place = reference({ label: sections.consensus, anchor: consensusAnchor });
  const open = record.plan.voting.polls.filter(({ state }) => state === 'open').length;
  const toConfirm = record.proposals.filter(
    (proposal) => !proposal.withdrawn && verdictOn(record, proposal)?.status === 'to-confirm',
  );
  const labels = say.references(toConfirm);
  const disputed = record.plan.voting.handCounts.filter((row) => disputedIn(row).length > 0).length;
  return [
    ...(counts.openObjections === 0
      ? []
      : [fillLine(say.count(messages.openObjections, counts.openObjections), { place })]),
    ...(open === 0 ? [] : [[words(say.count(messages.openPolls, open))]]),
    ...(disputed === 0 ? [] : [[words(say.count(messages.handsDiffer, disputed))]]),
    ...(toConfirm.length === 0
      ? []
      : [fillLine(say.count(messages.notConfirmed, toConfirm.length), { labels })]),
  ];
}
