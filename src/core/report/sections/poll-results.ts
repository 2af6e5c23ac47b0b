import { rankingResult } from '../../consensus/ranking-result.ts';
import { loudness, stepResult } from '../../consensus/step-result.ts';
import type { Counts, Tally } from '../../consensus/tally.ts';
import type { Poll } from '../../session/voting-model.ts';
import { paragraph, quiet, subtitle, typed, words } from '../blocks.ts';
import { fill } from '../fill-message.ts';
import type { Block, Inline, Line, Table } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { SessionRecord } from '../session-record.ts';
import { loudnessWord, partBlocks } from './part-tables.ts';

/** What was asked, how many answered, when, and which ballot box it rests on. */
export function pollLine(
  record: SessionRecord,
  poll: Poll,
  numbered: boolean,
  say: ReportWords,
): readonly Block[] {
  const { votes: messages } = say.messages;
  const result = record.plan.voting.results[poll.id];
  const hands = sumOf(handsIn(record, poll));
  const ballots = say.count(messages.ballots, result?.tally.all.ballots ?? 0);
  const counted =
    hands === 0
      ? ballots
      : fill(messages.ballotsAndHands, { ballots, hands: say.count(messages.hands, hands) });
  const told = fill(messages.poll, {
    kind: messages.kinds[poll.kind],
    counted,
    time: say.time(poll.closedAt ?? 0),
  });
  const round = numbered ? [words(fill(messages.round, { round: String(poll.round) }))] : [];
  const boxed = result
    ? fill(messages.box, {
        ballots: say.count(messages.ballots, result.count),
        checksum: result.checksum,
      })
    : messages.resultNotHere;
  return [
    paragraph('label', [...round, typed(poll.question), words(told)]),
    result ? quiet(boxed) : paragraph('pending', [words(boxed)]),
  ];
}

/** What a show of hands added to a poll, all groups together. */
function handsIn(record: SessionRecord, poll: Poll): ReadonlyMap<string, number> {
  const by = new Map<string, number>();
  for (const count of record.plan.voting.handCounts) {
    if (count.pollId !== poll.id) continue;
    for (const [key, number] of Object.entries(count.by)) {
      by.set(key, (by.get(key) ?? 0) + number);
    }
  }
  return by;
}

const sumOf = (by: ReadonlyMap<string, number>): number =>
  [...by.values()].reduce((sum, count) => sum + count, 0);

/** Phones and hands together: a raised hand is a ballot for one thing. */
function countsOf(record: SessionRecord, poll: Poll): Counts {
  const all = record.plan.voting.results[poll.id]?.tally.all ?? { ballots: 0, by: {} };
  const hands = handsIn(record, poll);
  const by = new Map(Object.entries(all.by));
  for (const [key, count] of hands) by.set(key, (by.get(key) ?? 0) + count);
  return { ballots: all.ballots + sumOf(hands), by: Object.fromEntries(by) };
}

/** A closed poll that asks for no agreement, with what it came to. */
export function resultBlocks(
  record: SessionRecord,
  poll: Poll,
  say: ReportWords,
): readonly Block[] {
  const counts = countsOf(record, poll);
  const asked = pollLine(record, poll, false, say);
  if (counts.ballots === 0) {
    const { others } = say.messages.votes;
    const known = record.plan.voting.results[poll.id] !== undefined;
    return known ? [...asked, quiet(others.noBallots)] : asked;
  }
  return [...asked, ...answered(record, poll, counts, say), ...partBlocks(record, poll, say)];
}

function answered(
  record: SessionRecord,
  poll: Poll,
  counts: Counts,
  say: ReportWords,
): readonly Block[] {
  const { others } = say.messages.votes;
  switch (poll.kind) {
    case 'ranking':
      return [rankingTable(poll, counts, say), quiet(others.borda)];
    case 'scale':
      return scaleBlocks(poll, counts, say);
    case 'hum':
      return [humParagraph(counts, say)];
    case 'text':
      return textBlocks(record, poll, record.plan.voting.results[poll.id]?.tally, say);
    case 'single':
    case 'multiple':
    case 'quiz':
    case 'agree':
    case 'gradient-8':
    case 'gradient-4':
      break;
  }
  return [optionTable(poll, counts, say)];
}

/** In words and never as counts, which would make a vote of it (RFC 7282). */
function humParagraph(counts: Counts, say: ReportWords): Block {
  const { hum, loudness: levels } = say.messages.votes.others;
  return paragraph('body', [
    words(fill(hum, { loudness: loudnessWord(loudness(counts), levels) })),
  ]);
}

const cell = (text: string): readonly Line[] => [[words(text)]];

function optionTable(poll: Poll, counts: Counts, say: ReportWords): Table {
  const { others } = say.messages.votes;
  const name = (id: string, text: string): Line =>
    poll.kind === 'quiz' && id === poll.right ? markRight(text, others.right) : [typed(text)];
  return {
    kind: 'table',
    caption: '',
    columns: [
      { title: others.option, width: 8, align: 'start' },
      { title: others.count, width: 1.8, align: 'end' },
      { title: others.share, width: 2.2, align: 'end' },
    ],
    rows: poll.options.map(({ id, text }) => ({
      total: false,
      cells: [
        [name(id, text)],
        cell(say.decimal(counts.by[id] ?? 0)),
        cell(say.share((counts.by[id] ?? 0) / counts.ballots)),
      ],
    })),
  };
}

/** The message's words around what was typed. */
function markRight(text: string, template: string): Line {
  const [before = '', after = ''] = template.split('{option}');
  const around = (part: string): readonly Inline[] => (part === '' ? [] : [words(part)]);
  return [...around(before), typed(text), ...around(after)];
}

function rankingTable(poll: Poll, counts: Counts, say: ReportWords): Table {
  const { others } = say.messages.votes;
  const texts = new Map(poll.options.map(({ id, text }) => [id, text]));
  return {
    kind: 'table',
    caption: '',
    columns: [
      { title: others.place, width: 1.4, align: 'end' },
      { title: others.option, width: 7, align: 'start' },
      { title: others.points, width: 1.8, align: 'end' },
      { title: others.firsts, width: 2.2, align: 'end' },
    ],
    rows: rankingResult(poll.options, counts).map(({ option, place, points, firsts }) => ({
      total: false,
      cells: [
        cell(String(place)),
        [[typed(texts.get(option) ?? '')]],
        cell(say.decimal(points)),
        cell(say.decimal(firsts)),
      ],
    })),
  };
}

function scaleBlocks(poll: Poll, counts: Counts, say: ReportWords): readonly Block[] {
  const { others } = say.messages.votes;
  const { median, mean, spread, bySteps } = stepResult(poll.most, counts);
  return [
    paragraph('body', [
      words(
        fill(others.scale, {
          median: say.decimal(median ?? 0),
          mean: say.decimal(mean ?? 0),
          spread: say.decimal(spread ?? 0),
          most: String(poll.most),
        }),
      ),
    ]),
    {
      kind: 'table',
      caption: '',
      columns: [
        { title: others.step, width: 2, align: 'end' },
        { title: others.count, width: 2, align: 'end' },
      ],
      rows: bySteps.map((count, index) => ({
        total: false,
        cells: [cell(String(index + 1)), cell(say.decimal(count))],
      })),
    },
  ];
}

/** Only what a moderator let the room see. */
function textBlocks(
  record: SessionRecord,
  poll: Poll,
  tally: Tally | undefined,
  say: ReportWords,
): readonly Block[] {
  const { others } = say.messages.votes;
  const letThrough = new Set(record.plan.voting.shownTexts);
  const texts = (tally?.texts ?? []).filter(({ ballot }) => letThrough.has(`${poll.id}/${ballot}`));
  const hidden = (tally?.all.ballots ?? 0) - texts.length;
  return [
    ...(texts.length === 0
      ? [quiet(others.noTexts)]
      : [subtitle(others.texts), ...texts.map(({ text }) => paragraph('body', [typed(text)]))]),
    ...(hidden > 0 ? [quiet(say.count(others.textsNotShown, hidden))] : []),
  ];
}
