import { buildReport } from '../../src/core/report/build-report.ts';
import { messagesEn } from '../../src/core/report/messages-en.ts';
import type { Block, Line, Report } from '../../src/core/report/model.ts';
import { type ReportFormat, reportFormat } from '../../src/core/report/report-format.ts';
import { groupAnchor } from '../../src/core/report/sections/groups.ts';
import { recordSession } from '../../src/core/report/session-record.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Plan, ReportDraft } from '../../src/core/session/model.ts';
import { type FeedQuestion, feedOf } from './feed.ts';
import { type Piece, placeTexts } from './place-texts.ts';
import type { ReportInputs } from './report-inputs.ts';
import { type ContentsEntry, tableOfContents } from './table-of-contents.ts';

/** All that the screen shows of the report, made in one go. */
export interface ReportModel {
  readonly report: Report;
  readonly pieces: readonly Piece[];
  readonly contents: readonly ContentsEntry[];
  readonly feed: readonly FeedQuestion[];
  /** Where each label of the report leads: "R2.3" → "r2-3". */
  readonly anchors: ReadonlyMap<string, string>;
  /** Where the report tells of each group. */
  readonly groupAnchors: ReadonlyMap<GroupId, string>;
  /** How long it took to make, in milliseconds. */
  readonly cost: number;
}

const texts = messagesEn;
const format = onceAMinute(reportFormat(texts.language));

/** The report as it would be exported at `at` (milliseconds since 1970). */
export const reportOf = (
  plan: Plan,
  draft: ReportDraft,
  groups: ReadonlyMap<GroupId, GroupNotes>,
  at: number,
): Report => buildReport({ plan, draft, groups, texts, exportedAt: at, format });

export function buildModel(inputs: ReportInputs): ReportModel {
  const start = performance.now();
  const { plan, draft, groups, at } = inputs;
  const report = reportOf(plan, draft, groups, at);
  const record = recordSession(plan, draft, groups);
  const pieces = placeTexts(report.blocks, plan.questions);
  return {
    report,
    pieces,
    contents: tableOfContents(pieces),
    feed: feedOf(record),
    anchors: anchorsOf(report.blocks),
    groupAnchors: new Map(record.groups.map((group) => [group.groupId, groupAnchor(group)])),
    cost: performance.now() - start,
  };
}

function anchorsOf(blocks: readonly Block[]): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const take = (label: Line[number]): void => {
    if (label.kind === 'target') anchors.set(label.label, label.anchor);
  };
  for (const block of blocks) {
    if (block.kind === 'entry') take(block.label);
    if (block.kind === 'notes') block.rows.forEach(({ label }) => take(label));
  }
  return anchors;
}

/** Writing ten thousand moments takes a while, and notes of the same minute read the same. */
function onceAMinute(format: ReportFormat): ReportFormat {
  const remember = (write: (at: number) => string): ((at: number) => string) => {
    const written = new Map<number, string>();
    return (at) => {
      const minute = Math.floor(at / 60_000);
      const known = written.get(minute);
      if (known !== undefined) return known;
      const text = write(at);
      written.set(minute, text);
      return text;
    };
  };
  return { date: remember(format.date), time: remember(format.time) };
}
