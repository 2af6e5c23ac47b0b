import type { LineChange } from '../../consensus/rounds.ts';
import { POOL } from '../../consensus/pool-small-parts.ts';
import type { SupportLine } from '../../consensus/support-lines.ts';
import { wholePercent } from '../../consensus/whole-percent.ts';
import { words } from '../blocks.ts';
import { fill } from '../fill-message.ts';
import type { Line, Table } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';

/** What the parts of the room are called. */
export interface PartNames {
  readonly stakeholderGroup: (part: string) => string;
  readonly region: (part: string) => string;
  readonly breakoutGroup: (part: string) => string;
}

export function partNames(record: SessionRecord, say: ReportWords): PartNames {
  const { votes, participation } = say.messages;
  const naming = (declared: readonly { readonly id: string; readonly name: string }[]) => {
    const names = new Map(declared.map(({ id, name }) => [id, name]));
    return (part: string): string => {
      if (part === POOL) return votes.support.pooled;
      return part === '' ? votes.support.undeclared : (names.get(part) ?? participation.notListed);
    };
  };
  return {
    stakeholderGroup: naming(record.plan.stakeholderGroups),
    region: naming(record.plan.regions),
    breakoutGroup: naming(
      record.groups.map((group) => ({ id: group.groupId, name: say.groupName(group) })),
    ),
  };
}

const cell = (text: string): readonly Line[] => [[words(text)]];

/** Support part by part; with what changed since the round before, where there was one. */
export function supportTable(
  titles: { readonly caption: string; readonly part: string },
  lines: readonly SupportLine[],
  nameOf: (part: string) => string,
  changes: readonly LineChange[] | null,
  say: ReportWords,
): Table {
  const { support: messages, hands } = say.messages.votes;
  const name = ({ part, fromHands }: SupportLine): string =>
    fromHands === 0
      ? nameOf(part)
      : fill(messages.fromHands, { name: nameOf(part), hands: say.count(hands, fromHands) });
  return {
    kind: 'table',
    caption: titles.caption,
    columns: [
      { title: titles.part, width: 5, align: 'start' },
      { title: messages.agree, width: 1.5, align: 'end' },
      { title: messages.pass, width: 1.5, align: 'end' },
      { title: messages.disagree, width: 1.9, align: 'end' },
      { title: messages.votes, width: 1.5, align: 'end' },
      { title: messages.support, width: 1.9, align: 'end' },
      ...(changes === null ? [] : [{ title: messages.change, width: 2.4, align: 'end' } as const]),
    ],
    rows: lines.map((line) => ({
      total: false,
      cells: [
        cell(name(line)),
        ...[line.agree, line.pass, line.disagree, line.votes].map((count) =>
          cell(say.decimal(count)),
        ),
        cell(line.judged ? say.percent(line.support) : messages.tooFew),
        ...(changes === null ? [] : [cell(changeOf(line, changes))]),
      ],
    })),
  };
}

/** In points of the percentages as they are shown, so that the reader's own subtraction agrees. */
function changeOf(line: SupportLine, changes: readonly LineChange[]): string {
  const change = changes.find(({ part }) => part === line.part);
  if (!change || change.moved === null || change.before === null) return '–';
  const points = wholePercent(line.support) - wholePercent(change.before.support);
  return points > 0 ? `+${points}` : String(points).replace('-', '−');
}
