import { type CountsByPart, poolParts } from '../../consensus/pool-small-parts.ts';
import type { Tally } from '../../consensus/tally.ts';
import type { Poll } from '../../session/voting-model.ts';
import { heading, paragraph, typed, words } from '../blocks.ts';
import type { Block, Line, Table } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';
import { partNames } from './support-table.ts';

interface Vote {
  readonly poll: Poll;
  readonly tally: Tally | null;
  /** By stakeholder group. */
  readonly hands: ReadonlyMap<string, number>;
  readonly voters: number;
}

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/**
 * How many took part by stakeholder group and region, by the vote that most took part in: phones are
 * not counted over all votes, so that nobody can tell who answered which.
 */
export function voterBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { voters: messages, support } = say.messages.votes;
  const { plan } = record;
  const names = partNames(record, say);
  const handsAt = (poll: Poll): ReadonlyMap<string, number> => {
    const raised = new Map<string, number>();
    for (const { pollId, stakeholderGroup, by } of plan.voting.handCounts) {
      if (pollId !== poll.id) continue;
      const sum = Object.values(by).reduce((sum, count) => sum + count, 0);
      raised.set(stakeholderGroup, (raised.get(stakeholderGroup) ?? 0) + sum);
    }
    return raised;
  };
  const [largest] = plan.voting.polls
    .filter(({ state }) => state === 'closed')
    .map((poll): Vote => {
      const tally = plan.voting.results[poll.id]?.tally ?? null;
      const hands = handsAt(poll);
      return { poll, tally, hands, voters: (tally?.all.ballots ?? 0) + sumOf(hands) };
    })
    .toSorted((a, b) => b.voters - a.voters);
  if (!largest || largest.voters === 0) return [];
  const { poll, tally, hands } = largest;
  const ballotsIn = (parts: CountsByPart | undefined): Map<string, number> =>
    new Map(Object.entries(poolParts(parts ?? {})).map(([part, counts]) => [part, counts.ballots]));
  return [
    heading(2, 'voters', messages.heading),
    paragraph('quiet', [words(messages.intro), typed(poll.question)]),
    voterTable(
      support.stakeholder,
      [
        { title: messages.phones, counts: ballotsIn(tally?.byStakeholderGroup) },
        { title: messages.hands, counts: hands },
      ],
      names.stakeholderGroup,
      say,
    ),
    ...(tally === null
      ? []
      : [
          voterTable(
            support.region,
            [{ title: messages.phones, counts: ballotsIn(tally.byRegion) }],
            names.region,
            say,
          ),
        ]),
  ];
}

interface VoterColumn {
  readonly title: string;
  readonly counts: ReadonlyMap<string, number>;
}

const cell = (text: string): readonly Line[] => [[words(text)]];

function voterTable(
  title: string,
  columns: readonly VoterColumn[],
  nameOf: (part: string) => string,
  say: ReportWords,
): Table {
  const parts = [...new Set(columns.flatMap(({ counts }) => [...counts.keys()]))];
  return {
    kind: 'table',
    caption: '',
    columns: [
      { title, width: 6, align: 'start' },
      ...columns.map((column) => ({ title: column.title, width: 2, align: 'end' }) as const),
    ],
    rows: [
      ...parts.map((part) => ({
        total: false,
        cells: [
          cell(nameOf(part)),
          ...columns.map(({ counts }) => cell(say.decimal(counts.get(part) ?? 0))),
        ],
      })),
      {
        total: true,
        cells: [
          cell(say.messages.participation.total),
          ...columns.map((column) => cell(say.decimal(sumOf(column.counts)))),
        ],
      },
    ],
  };
}
