import type { Choice, Note } from '../../session/model.ts';
import { quiet, reference, words } from '../blocks.ts';
import type { Block, Column, Line, Table, TableRow } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { GroupRecord, SessionRecord } from '../session-record.ts';
import { groupAnchor } from './groups.ts';

/** More columns than this do not fit on a page; then each way of counting gets a table of its own. */
const MAX_CROSS_COLUMNS = 7;

/** Who was heard: kept notes by breakout group, stakeholder group and region. */
export function participationBlocks(record: SessionRecord, say: ReportWords): readonly Block[] {
  const { participation: messages } = say.messages;
  const { plan } = record;
  const notes = record.groups
    .flatMap((group) => group.notes)
    .map(({ note }) => note)
    .filter(({ deleted, draft }) => !deleted && !draft);
  const blocks: Block[] = [
    quiet(messages.intro),
    ...(record.groups.length === 0 ? [] : [groupTable(record.groups, say)]),
  ];
  if (notes.length === 0) {
    return [...blocks, quiet(messages.none)];
  }
  const byStakeholder = countedAs(
    plan.stakeholderGroups,
    notes,
    (note) => note.stakeholderGroupId,
    say,
  );
  const byRegion = countedAs(plan.regions, notes, (note) => note.regionId, say);
  const { byStakeholder: stakeholderTitle, byRegion: regionTitle } = messages;
  return byRegion.length + 1 <= MAX_CROSS_COLUMNS
    ? [...blocks, crossTable(byStakeholder, byRegion, say)]
    : [
        ...blocks,
        countTable(stakeholderTitle, messages.stakeholder, byStakeholder, say),
        countTable(regionTitle, messages.region, byRegion, say),
      ];
}

interface Share {
  readonly name: string;
  readonly notes: ReadonlySet<Note>;
}

/** The declared choices in their order, then what was chosen from an older list, then "not noted". */
function countedAs(
  choices: readonly Choice[],
  notes: readonly Note[],
  choiceOf: (note: Note) => string | null,
  say: ReportWords,
): readonly Share[] {
  const { notNoted, notListed } = say.messages.participation;
  const listed = new Set(choices.map(({ id }) => id));
  const share = (name: string, counts: (id: string | null) => boolean): Share => ({
    name,
    notes: new Set(notes.filter((note) => counts(choiceOf(note)))),
  });
  const unlisted = share(notListed, (id) => id !== null && !listed.has(id));
  return [
    ...choices.map(({ id, name }) => share(name, (chosen) => chosen === id)),
    ...(unlisted.notes.size > 0 ? [unlisted] : []),
    share(notNoted, (id) => id === null),
  ];
}

const cell = (text: string): readonly Line[] => [[words(text)]];

/** As wide as the longest word of its title takes in small print. */
const figureColumn = (title: string): Column => ({
  title,
  width: 0.6 + 0.17 * Math.max(...title.split(/[\s-]/).map((word) => word.length)),
  align: 'end',
});

/** A dash is easier to read past than a nought. */
const figure = (count: number): readonly Line[] => cell(count === 0 ? '–' : String(count));

function crossTable(rows: readonly Share[], columns: readonly Share[], say: ReportWords): Table {
  const { participation: messages } = say.messages;
  const all = rows.reduce((sum, row) => sum + row.notes.size, 0);
  const common = (a: Share, b: Share): number =>
    [...a.notes].filter((note) => b.notes.has(note)).length;
  return {
    kind: 'table',
    caption: messages.byBoth,
    columns: [
      { title: messages.stakeholder, width: 4, align: 'start' },
      ...columns.map(({ name }) => figureColumn(name)),
      figureColumn(messages.total),
    ],
    rows: [
      ...rows.map((row): TableRow => ({
        total: false,
        cells: [
          cell(row.name),
          ...columns.map((column) => figure(common(row, column))),
          figure(row.notes.size),
        ],
      })),
      {
        total: true,
        cells: [
          cell(messages.total),
          ...columns.map((column) => figure(column.notes.size)),
          figure(all),
        ],
      },
    ],
  };
}

function countTable(
  caption: string,
  title: string,
  shares: readonly Share[],
  say: ReportWords,
): Table {
  const { participation: messages } = say.messages;
  const all = shares.reduce((sum, { notes }) => sum + notes.size, 0);
  return {
    kind: 'table',
    caption,
    columns: [
      { title, width: 6, align: 'start' },
      { title: messages.notes, width: 2, align: 'end' },
    ],
    rows: [
      ...shares.map(({ name, notes }): TableRow => ({
        total: false,
        cells: [cell(name), figure(notes.size)],
      })),
      { total: true, cells: [cell(messages.total), figure(all)] },
    ],
  };
}

function groupTable(groups: readonly GroupRecord[], say: ReportWords): Table {
  const { participation: messages } = say.messages;
  const row = (group: GroupRecord): TableRow => {
    const name: Line = [reference({ label: say.groupName(group), anchor: groupAnchor(group) })];
    if (!group.here) {
      return { total: false, cells: [[name], [], [], [], cell(messages.notHereShort)] };
    }
    const standing = group.recommendations.filter(({ withdrawn }) => !withdrawn);
    const { readyAt } = group.reportBack;
    return {
      total: false,
      cells: [
        [name],
        figure(group.notes.filter(({ note }) => !note.deleted && !note.draft).length),
        figure(standing.length),
        figure(standing.filter(({ mergedInto }) => mergedInto.length > 0).length),
        cell(readyAt === null ? messages.notReadyShort : say.time(readyAt)),
      ],
    };
  };
  return {
    kind: 'table',
    caption: messages.byGroup,
    columns: [
      { title: messages.group, width: 6, align: 'start' },
      figureColumn(messages.notes),
      figureColumn(messages.recommendations),
      figureColumn(messages.merged),
      { title: messages.ready, width: 3.4, align: 'end' },
    ],
    rows: groups.map(row),
  };
}
