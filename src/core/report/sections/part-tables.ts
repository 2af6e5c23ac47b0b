import { inDeclaredOrder } from '../../consensus/declared-order.ts';
import { type PartTable, partTable } from '../../consensus/part-table.ts';
import type { CountsByPart } from '../../consensus/pool-small-parts.ts';
import type { Poll } from '../../session/voting-model.ts';
import { quiet, typed, words } from '../blocks.ts';
import { fill } from '../fill-message.ts';
import type { Block, Line, Table } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';
import { partNames } from './support-table.ts';

/** So many columns beside the answers can be read on paper; more go into a table of their own. */
const COLUMNS = 5;

/** A poll that asks for no agreement, by stakeholder group, region and breakout group. */
export function partBlocks(record: SessionRecord, poll: Poll, say: ReportWords): readonly Block[] {
  const { plan } = record;
  const { parts: messages } = say.messages.votes;
  const tally = plan.voting.results[poll.id]?.tally;
  if (tally === undefined) return [];
  const names = partNames(record, say);
  const tables = [
    ...divided(
      poll,
      tally.byStakeholderGroup,
      { caption: messages.byStakeholderGroup, of: plan.stakeholderGroups },
      names.stakeholderGroup,
      say,
    ),
    ...divided(
      poll,
      tally.byRegion,
      { caption: messages.byRegion, of: plan.regions },
      names.region,
      say,
    ),
    ...divided(
      poll,
      tally.byBreakoutGroup,
      { caption: messages.byGroup, of: plan.groups },
      names.breakoutGroup,
      say,
    ),
  ];
  return tables.length > 0 && poll.kind === 'ranking'
    ? [...tables, quiet(messages.places)]
    : tables;
}

const cell = (text: string): readonly Line[] => [[words(text)]];

function divided(
  poll: Poll,
  counts: CountsByPart,
  { caption, of }: { readonly caption: string; readonly of: readonly { readonly id: string }[] },
  nameOf: (part: string) => string,
  say: ReportWords,
): readonly Table[] {
  const table = partTable(poll, counts);
  if (table === null) return [];
  const { parts: messages, others, ballots: ballotForms } = say.messages.votes;
  const columns = inDeclaredOrder(
    table.parts.map((part, index) => ({ ...part, index })),
    of,
  );
  const answers: Readonly<Record<string, string>> = {
    median: messages.median,
    mean: messages.mean,
    loudness: messages.loudness,
  };
  const options = new Map(poll.options.map(({ id, text }) => [id, text]));
  const texts: Readonly<Record<PartTable['cells'], (value: number) => string>> = {
    share: say.share,
    place: say.decimal,
    step: say.decimal,
    loudness: (value) => loudnessWord(value, others.loudness),
  };
  const chunks = Array.from({ length: Math.ceil(columns.length / COLUMNS) }, (_, index) =>
    columns.slice(index * COLUMNS, (index + 1) * COLUMNS),
  );
  return chunks.map((some) => ({
    kind: 'table',
    caption,
    columns: [
      { title: others.option, width: 4, align: 'start' },
      ...some.map(({ part, ballots }) => ({
        title:
          ballots === null
            ? nameOf(part)
            : fill(messages.of, { name: nameOf(part), ballots: say.count(ballotForms, ballots) }),
        width: 2.4,
        align: 'end' as const,
      })),
    ],
    rows: table.rows.map(({ key, cells }) => ({
      total: false,
      cells: [
        table.cells === 'share' || table.cells === 'place'
          ? [[typed(options.get(key) ?? '')]]
          : cell(answers[key] ?? ''),
        ...some.map(({ index }) => cell(texts[table.cells](cells[index] ?? 0))),
      ],
    })),
  }));
}

/** A loudness from 0 to 1 in words: counts would make a vote of it (RFC 7282). */
export const loudnessWord = (share: number, levels: readonly string[]): string =>
  levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? '';
