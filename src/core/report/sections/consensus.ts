import { mostDivisive } from '../../consensus/divisive.ts';
import { changeBetween } from '../../consensus/rounds.ts';
import { supportLines } from '../../consensus/support-lines.ts';
import { POOL } from '../../consensus/pool-small-parts.ts';
import { isAgreementKind } from '../../consensus/agreement.ts';
import type { Verdict } from '../../consensus/verdict.ts';
import { handsOf, verdictOfPoll } from '../../session/poll-verdict.ts';
import type { Decision, Poll } from '../../session/voting-model.ts';
import { heading, paragraph, quiet, reference, subtitle, typed, words } from '../blocks.ts';
import { fill, fillLine } from '../fill-message.ts';
import type { Block, Line, Table } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { ProposalRecord, SessionRecord } from '../session-record.ts';
import { hasVotes, type ProposalVotes } from '../vote-record.ts';
import { objectionBlocks } from './objections.ts';
import { pollLine, resultBlocks } from './poll-results.ts';
import { partNames, type PartNames, supportTable } from './support-table.ts';
import { textOf } from './written.ts';

/** Where the report tells what a proposal's votes came to. */
export const voteAnchor = ({ anchor }: ProposalRecord): string => `vote-${anchor}`;

/** The votes on a proposal; those withdrawn have them too. */
const votesOn = (record: SessionRecord, { proposal }: ProposalRecord): ProposalVotes =>
  record.votes.byProposal.get(proposal.id) ?? record.votes.elsewhere;

/** What the last vote on a proposal came to; null where none has ended. */
export function verdictOn(record: SessionRecord, proposal: ProposalRecord): Verdict | null {
  const last = votesOn(record, proposal).rounds.at(-1);
  return last ? verdictOfPoll(record.plan.voting, last) : null;
}

/** The verdict in one sentence. */
export function verdictWords(verdict: Verdict, names: PartNames, say: ReportWords): string {
  const { votes: messages } = say.messages;
  const { status, figure, weakest, threshold, objections } = verdict;
  const sentence = fill(messages.status[status], {
    figure: say.percent(figure ?? 0),
    part: names.stakeholderGroup(weakest ?? ''),
    threshold: say.percent(threshold),
    open: say.count(messages.objectionCount, objections.open),
  });
  return objections.dissent === 0
    ? sentence
    : `${sentence} ${say.count(messages.dissents, objections.dissent)}`;
}

/**
 * What the room was asked and what came of it: each proposal with its rounds, the verdict, every
 * objection (R1) and the moderator's reason; then the polls about something else.
 */
export function consensusBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { votes: messages } = say.messages;
  const names = partNames(record, say);
  const { elsewhere, removed } = record.votes;
  const voted = record.proposals.filter((proposal) => hasVotes(votesOn(record, proposal)));
  const notAsked = record.proposals.filter(
    (proposal) => !proposal.withdrawn && votesOn(record, proposal).rounds.length === 0,
  );
  if (voted.length === 0 && !hasVotes(elsewhere) && removed.length === 0) {
    return [quiet(messages.none)];
  }
  const labels = say.references(notAsked);
  const others = [...elsewhere.rounds, ...elsewhere.others];
  return [
    quiet(messages.intro),
    quiet(messages.support.explained),
    ...(notAsked.length === 0
      ? []
      : [paragraph('body', fillLine(say.count(messages.notAsked, notAsked.length), { labels }))]),
    ...voted.flatMap((proposal) => proposalVoteBlocks(record, proposal, names, say)),
    ...divisiveBlocks(record, names, say),
    ...(others.length + elsewhere.open.length + removed.length === 0
      ? []
      : [heading(2, 'other-polls', messages.others.heading)]),
    ...others.flatMap((poll) => otherPoll(record, poll, names, say)),
    ...leaderBlocks(record, say),
    ...stillOpen(elsewhere, say),
    ...objectionBlocks(elsewhere.objections, names, messages.objections.elsewhere, say),
    ...(removed.length === 0
      ? []
      : [
          quiet(messages.others.removed),
          ...removed.map(({ kind, question }) =>
            paragraph('body', [
              typed(question),
              words(fill(messages.others.removedPoll, { kind: messages.kinds[kind] })),
            ]),
          ),
        ]),
  ];
}

function proposalVoteBlocks(
  record: SessionRecord,
  proposal: ProposalRecord,
  names: PartNames,
  say: ReportWords,
): readonly Block[] {
  const { votes: messages } = say.messages;
  const votes = votesOn(record, proposal);
  const verdict = verdictOn(record, proposal);
  const judged = verdict ? verdictWords(verdict, names, say) : messages.noVerdict;
  const rounds =
    votes.rounds.length === 0 ? [] : [[words(say.count(messages.rounds, votes.rounds.length))]];
  const lastPoll = votes.rounds.at(-1) ?? null;
  return [
    heading(
      2,
      voteAnchor(proposal),
      fill(proposal.withdrawn ? messages.headingWithdrawn : messages.heading, {
        label: proposal.label,
        status: verdict ? messages.short[verdict.status] : messages.notJudged,
      }),
    ),
    {
      kind: 'entry',
      label: reference(proposal),
      weight: 'lead',
      text: textOf(proposal.proposal.text, say),
      details: [[words(judged)], ...decisionLine(votes.decision, lastPoll, say)],
      trail: rounds,
    },
    ...votes.rounds.flatMap((poll, index) =>
      roundBlocks(record, poll, votes.rounds[index - 1] ?? null, poll === lastPoll, names, say),
    ),
    ...votes.others.flatMap((poll) => otherPoll(record, poll, names, say)),
    ...stillOpen(votes, say),
    ...objectionBlocks(votes.objections, names, messages.objections.title, say),
  ];
}

/** The moderator's reason; on which round, where it was not the last. */
function decisionLine(
  decision: Decision | null,
  last: Poll | null,
  say: ReportWords,
): readonly Line[] {
  const { votes: messages } = say.messages;
  if (decision === null) return [];
  const { at, confirmed, reason } = decision;
  const template = confirmed ? messages.confirmedBy : messages.decidedAgainst;
  const said = fill(template, { day: say.day(at), time: say.time(at) });
  const earlier = decision.pollId === last?.id ? '' : messages.onAnotherRound;
  return [[words(`${earlier}${said}`), typed(reason)]];
}

/** One vote on an agreement, part by part; by region and breakout group too where `whole`. */
function roundBlocks(
  record: SessionRecord,
  poll: Poll,
  before: Poll | null,
  whole: boolean,
  names: PartNames,
  say: ReportWords,
): readonly Block[] {
  const { support } = say.messages.votes;
  const { voting } = record.plan;
  const tally = voting.results[poll.id]?.tally;
  const verdict = verdictOfPoll(voting, poll);
  const asked = pollLine(record, poll, before !== null || poll.round > 1 || !whole, say);
  if (!verdict || (!tally && handsOf(voting, poll).length === 0)) return asked;
  const earlier = before && verdictOfPoll(voting, before);
  const { kind } = poll;
  const byPart = (title: 'region' | 'group'): readonly Block[] => {
    if (!whole || !tally || !isAgreementKind(kind)) return [];
    const [parts, caption, nameOf] =
      title === 'region'
        ? [tally.byRegion, support.byRegion, names.region]
        : [tally.byBreakoutGroup, support.byGroup, names.breakoutGroup];
    const lines = supportLines(kind, parts);
    // Where all are pooled or have said nothing, it would be the total again.
    if (lines.every(({ part }) => part === POOL || part === '')) return [];
    return [supportTable({ caption, part: support[title] }, lines, nameOf, null, say)];
  };
  return [
    ...asked,
    supportTable(
      { caption: support.caption, part: support.stakeholder },
      verdict.lines,
      names.stakeholderGroup,
      earlier ? changeBetween(earlier, verdict).lines : null,
      say,
    ),
    ...byPart('region'),
    ...byPart('group'),
  ];
}

const otherPoll = (
  record: SessionRecord,
  poll: Poll,
  names: PartNames,
  say: ReportWords,
): readonly Block[] =>
  isAgreementKind(poll.kind)
    ? roundBlocks(record, poll, null, true, names, say)
    : resultBlocks(record, poll, say);

/** The best of the quiz, by the names that they chose. */
function leaderBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { leaders: messages } = say.messages.votes;
  const { leaders } = record.plan.voting;
  if (leaders.length === 0) return [];
  const table: Table = {
    kind: 'table',
    caption: '',
    columns: [
      { title: messages.place, width: 1.4, align: 'end' },
      { title: messages.name, width: 7, align: 'start' },
      { title: messages.points, width: 2, align: 'end' },
    ],
    rows: leaders.map(({ place, name, points }) => ({
      total: false,
      cells: [
        [[words(say.decimal(place))]],
        [[name === '' ? words(messages.noName) : typed(name)]],
        [[words(say.decimal(points))]],
      ],
    })),
  };
  return [subtitle(messages.heading), quiet(messages.explained), table];
}

const stillOpen = ({ open }: ProposalVotes, say: ReportWords): readonly Block[] =>
  open.map(({ question }) =>
    paragraph('pending', [words(say.messages.votes.stillOpen), typed(question)]),
  );

/** How many of the most divisive proposals are told of. */
const MOST_DIVISIVE = 5;

function divisiveBlocks(
  record: SessionRecord,
  names: PartNames,
  say: ReportWords,
): readonly Block[] {
  const { divisive: messages } = say.messages.votes;
  const ranked = mostDivisive(
    record.proposals
      .filter(({ withdrawn }) => !withdrawn)
      .flatMap((proposal) => {
        const verdict = verdictOn(record, proposal);
        return verdict ? [{ proposal, lines: verdict.lines }] : [];
      }),
  ).filter(({ division }) => division.most !== division.least);
  if (ranked.length < 2) return [];
  const part = (id: string, proposal: (typeof ranked)[number]): Line => {
    const line = proposal.lines.find((each) => each.part === id);
    const figure = say.percent(line?.support ?? 0);
    return [words(fill(messages.part, { part: names.stakeholderGroup(id), figure }))];
  };
  const table: Table = {
    kind: 'table',
    caption: '',
    columns: [
      { title: messages.proposal, width: 1.4, align: 'start' },
      { title: messages.most, width: 5, align: 'start' },
      { title: messages.least, width: 5, align: 'start' },
      { title: messages.difference, width: 2.2, align: 'end' },
    ],
    rows: ranked.slice(0, MOST_DIVISIVE).map((each) => ({
      total: false,
      cells: [
        [[reference(each.proposal)]],
        [part(each.division.most, each)],
        [part(each.division.least, each)],
        [[words(say.percent(each.division.difference))]],
      ],
    })),
  };
  return [heading(2, 'divisive', messages.heading), quiet(messages.explained), table];
}
