import { subtitle, target, typed, words } from '../blocks.ts';
import { fill } from '../fill-message.ts';
import type { Block, Line } from '../model.ts';
import type { ReportWords } from '../report-words.ts';
import type { ObjectionRecord } from '../vote-record.ts';
import type { PartNames } from './support-table.ts';
import { textOf } from './written.ts';

/** Every objection with how it was worked through (R1, C3), those taken back too. */
export function objectionBlocks(
  objections: readonly ObjectionRecord[],
  names: PartNames,
  title: string,
  say: ReportWords,
): readonly Block[] {
  if (objections.length === 0) return [];
  return [subtitle(title), ...objections.map((record) => objectionBlock(record, names, say))];
}

function objectionBlock(record: ObjectionRecord, names: PartNames, say: ReportWords): Block {
  const { objections: messages } = say.messages.votes;
  const { text, stakeholderGroup, at } = record.objection;
  const template = stakeholderGroup === '' ? messages.fromUndeclared : messages.from;
  const from = fill(template, {
    part: names.stakeholderGroup(stakeholderGroup),
    time: say.time(at),
  });
  return {
    kind: 'entry',
    label: target(record),
    weight: 'body',
    text: textOf(text, say),
    details: [workedThrough(record, say)],
    trail: [[words(from)]],
  };
}

function workedThrough({ objection }: ObjectionRecord, say: ReportWords): Line {
  const { states, how, withdrawnByModerator } = say.messages.votes.objections;
  const isSpoken = objection.person === '';
  const state =
    objection.state === 'withdrawn' && isSpoken ? withdrawnByModerator : states[objection.state];
  if (objection.state === 'open' || objection.state === 'withdrawn') return [words(state)];
  if (objection.how.trim() === '') return [words(`${state}.`)];
  return [words(fill(how, { state })), typed(objection.how)];
}
