import { describe, expect, it } from 'vitest';
import { messagesEn } from '../../../src/core/report/messages-en.ts';
import { reportFormat } from '../../../src/core/report/report-format.ts';
import type { ReportMessages } from '../../../src/core/report/messages.ts';
import { writeMarkdown } from '../../../src/core/report/write-markdown.ts';
import { omissionKey, type Plan } from '../../../src/core/session/model.ts';
import {
  draft,
  group,
  groupId,
  groupNotes,
  groupsById,
  minute,
  note,
  noteId,
  plan,
  proposal,
  question,
  questionId,
  recommendation,
  ref,
} from '../../fixtures/read-model.ts';
import { reportOf } from './report-tools.ts';
import { workshop } from './workshop.ts';

const markdownOf = (input: Parameters<typeof reportOf>[0]): string =>
  writeMarkdown(reportOf(input));

/** What stands under a heading, up to the next heading. */
function under(markdown: string, heading: string): string {
  const start = markdown.indexOf(`</a>${heading}\n`);
  expect(start, `the heading ${heading}`).toBeGreaterThan(0);
  const rest = markdown.slice(start + heading.length);
  const end = rest.search(/\n#+ /);
  return end < 0 ? rest : rest.slice(0, end);
}

describe('the report of a workshop', () => {
  const report = reportOf(workshop);
  const markdown = writeMarkdown(report);

  it('says what the session was and when', () => {
    expect(report.title).toBe('Internet of Things security by design');
    expect(report.dateLine).toBe('Held on 14 November 2018');
    expect(markdown).toContain('**Notes taken:** 14 November 2018, 10:06 to 10:27');
    expect(markdown).toContain('**Report made:** 14 November 2018, 11:37');
  });

  it('R1 names the group whose notes had not reached the laptop', () => {
    expect(markdown).toContain(
      'Group 3: National desks – its notes had not reached this laptop when the report was made.',
    );
    expect(under(markdown, 'Group 3: National desks')).toContain(
      'Its notes had not reached this laptop when the report was made.',
    );
  });

  it('R1 lists every recommendation, merged or not, and says which', () => {
    expect(under(markdown, 'Group 1: Makers and market')).toMatch(
      /\*\*R1\.1\*\* Keep a public register[^]*Merged into \[P1\]\(#p1\)/,
    );
    expect(under(markdown, 'Group 1: Makers and market')).toMatch(
      /\*\*R1\.2\*\* Give makers ninety days[^]*Not merged into a proposal/,
    );
    expect(under(markdown, 'Not merged into a proposal')).toContain(
      '3 recommendations are not merged into a proposal: [R1.2](#r1-2), [R1.3](#r1-3) and [R2.3](#r2-3).',
    );
  });

  it('M1 leads from a proposal to its recommendations and on to their notes', () => {
    expect(under(markdown, '4 What the plenary merged')).toMatch(
      /\*\*P1\*\* A public register[^]*\[R1\.1\]\(#r1-1\)[^\n]*\[N1\.1\]\(#n1-1\), \[N1\.3\]\(#n1-3\) and \[N1\.6\]\(#n1-6\)/,
    );
    expect(markdown).toContain('<a id="n1-3"></a>**N1.3**');
  });

  it('M1 shows a source that is not on this laptop as missing', () => {
    const merged = under(markdown, '4 What the plenary merged');
    expect(merged).toContain(
      'a recommendation whose group’s notes had not reached this laptop (r7f3kQ)',
    );
    expect(merged).toContain('a note that was not on this laptop (gone)');
    expect(report.counts.missingSources).toBe(2);
  });

  it('M1 turns the labels in the rapporteur’s texts into references', () => {
    expect(under(markdown, '2 Advice')).toContain('the register ([P1](#p1))');
    expect(under(markdown, '2 Advice')).toContain('Keep [R2.3](#r2-3) as a condition');
  });

  it('R1 leaves out the text of a note that a person left out, and lists its label', () => {
    expect(markdown).not.toContain('Said in confidence');
    expect(under(markdown, 'Left out by choice')).toContain('[N1.10](#n1-10)');
    expect(markdown).toMatch(/\*\*N1\.10\*\*[^\n]*\n\n {2}\*Left out by choice/);
  });

  it('lists unfinished and withdrawn ones apart', () => {
    expect(under(markdown, 'Unfinished')).toContain('Stars, like on a fridge');
    const withdrawn = under(markdown, 'Withdrawn');
    expect(withdrawn).toContain('Withdrawn: 1 proposal, 1 recommendation and 1 note.');
    expect(withdrawn).toContain('Room is too cold.');
    expect(withdrawn).toContain('A seal on the box.');
  });

  it('puts on each question the assessment, the proposals and the recommendations', () => {
    const elements = under(markdown, 'b Elements');
    expect(elements).toContain('Three elements came up in every group');
    expect(elements).toContain('[P1](#p1) A public register');
    expect(elements).toMatch(
      /\| \[R1\.3\]\(#r1-3\) \| Let small makers[^|]*\|[^|]*\| not merged \|/,
    );
    expect(under(markdown, 'd Practice')).toContain(
      'The assessment of this question is not written',
    );
  });

  it('counts notes by stakeholder group and region, those not noted too', () => {
    expect(markdown).toContain('| Private sector | – | 1 | – | 1 | 1 | 1 | 4 |');
    expect(markdown).toContain('| Not noted | – | – | – | – | – | 1 | 1 |');
    expect(markdown).toContain(
      '| **Total** | **5** | **5** | **2** | **4** | **5** | **2** | **23** |',
    );
  });

  it('counts what it holds', () => {
    expect(report.counts).toEqual({
      notes: 23,
      leftOut: 1,
      unfinished: 1,
      withdrawnNotes: 1,
      recommendations: 8,
      unmerged: 3,
      withdrawnRecommendations: 1,
      proposals: 3,
      withdrawnProposals: 1,
      objections: 0,
      openObjections: 0,
      groupsNotHere: 1,
      missingSources: 2,
    });
  });

  it('gives times in the time zone that is asked for', () => {
    const tokyo = reportOf({
      ...workshop,
      format: reportFormat('en-GB', 'Asia/Tokyo'),
    });
    expect(writeMarkdown(tokyo)).toContain('14 November 2018, 19:06 to 19:27');
  });

  it('is the same each time', () => {
    expect(reportOf(workshop)).toEqual(report);
  });
});

describe('names of speakers', () => {
  const groups = groupsById(
    groupNotes('g', { notes: [note('n', 'Said', { speakerName: 'Somebody by name' })] }),
  );
  const withAttribution = (attribution: boolean): Plan =>
    plan({ attribution, groups: [group('g', 1)] });

  it('are shown where the session allows it', () => {
    expect(markdownOf({ plan: withAttribution(true), groups })).toContain('Somebody by name');
  });
  it('are not shown otherwise', () => {
    expect(markdownOf({ plan: withAttribution(false), groups })).not.toContain('Somebody by name');
  });
});

describe('withdrawn notes', () => {
  const long = `${'word '.repeat(300)}the very end`;
  const groups = (sources: readonly string[]) =>
    groupsById(
      groupNotes('g', {
        notes: [note('n', long, { deleted: true })],
        recommendations: [recommendation('r', 'It rests on a note', sources)],
      }),
    );
  const onePlan = plan({ groups: [group('g', 1)] });

  it('are shortened', () => {
    const markdown = markdownOf({ plan: onePlan, groups: groups([]) });
    expect(markdown).toContain('word word');
    expect(markdown).not.toContain('the very end');
  });
  it('M1 are whole where a recommendation rests on them', () => {
    const markdown = markdownOf({ plan: onePlan, groups: groups(['n']) });
    expect(markdown).toContain('the very end');
    expect(markdown).toContain('From [N1.1](#n1-1) (withdrawn by the group).');
  });
  it('keep the numbers of the others as they were', () => {
    const notes = (deleted: boolean) => [
      note('a', 'first', { deleted }),
      note('b', 'second'),
      note('c', 'third'),
    ];
    for (const deleted of [false, true]) {
      const markdown = markdownOf({
        plan: onePlan,
        groups: groupsById(groupNotes('g', { notes: notes(deleted) })),
      });
      expect(markdown).toMatch(/\*\*N1\.3\*\*[^\n]*\n\n {2}third/);
    }
  });
});

describe('odd sessions', () => {
  it('an empty plan makes a report that says what is missing', () => {
    const markdown = markdownOf({ plan: plan({ title: '' }), groups: new Map() });
    expect(markdown).toContain('# Untitled session');
    expect(markdown).toContain('Report made on 14 November 2018');
    expect(markdown).toContain('The rapporteur has not written the summary yet.');
    expect(markdown).toContain('The rapporteur has not written the advice yet.');
    expect(markdown).toContain('No group has taken a note yet.');
    expect(markdown).toContain('The session has no breakout groups.');
    expect(markdown).toContain('The session has no questions.');
  });

  it('a group that exists but whose document is still empty counts as not here', () => {
    const opened = { ...groupNotes('g'), groupId: null };
    const report = reportOf({
      plan: plan({ groups: [group('g', 1)] }),
      groups: new Map([[groupId('g'), opened]]),
    });
    expect(report.counts.groupsNotHere).toBe(1);
  });

  it('R1 keeps the notes of a group that the plan does not list', () => {
    const markdown = markdownOf({
      plan: plan(),
      groups: groupsById(groupNotes('g', { notes: [note('n', 'Still here')] })),
    });
    expect(markdown).toContain('Group X1, which the plan does not list any more');
    expect(markdown).toContain('Still here');
    expect(markdown).toContain('**NX1.1**');
  });

  it('M1 tells two groups with the same number apart', () => {
    const markdown = markdownOf({
      plan: plan({ groups: [group('g', 2), group('h', 2)] }),
      groups: groupsById(
        groupNotes('g', { notes: [note('n', 'Of the first')] }),
        groupNotes('h', { notes: [note('n', 'Of the second')] }),
      ),
    });
    expect(markdown).toMatch(/\*\*N2\.1\*\*[^\n]*\n\n {2}Of the first/);
    expect(markdown).toMatch(/\*\*N2b\.1\*\*[^\n]*\n\n {2}Of the second/);
  });

  it('R1 lists an omission whose note is not on this laptop', () => {
    const key = omissionKey({ kind: 'note', groupId: groupId('g'), id: noteId('never-seen') });
    const markdown = markdownOf({
      plan: plan(),
      draft: draft({ omissions: new Set([key]) }),
      groups: new Map(),
    });
    expect(markdown).toContain('Also to be left out, but not on this laptop: note/g/never-seen.');
  });

  it('gathers what is on a question that was removed', () => {
    const markdown = markdownOf({
      plan: plan({
        questions: [question('a', 'Value')],
        groups: [group('g', 1)],
        proposals: [proposal('p', 'On nothing', [ref('g', 'r')])],
      }),
      groups: groupsById(
        groupNotes('g', {
          recommendations: [
            recommendation('r', 'On what was removed', [], { questionId: questionId('gone') }),
          ],
        }),
      ),
    });
    const elsewhere = under(markdown, 'On no question, or on one that was removed');
    expect(elsewhere).toContain('On nothing');
    expect(elsewhere).toContain('On what was removed');
  });

  it('counts choices that are not on the list any more, and parts the tables of many regions', () => {
    const markdown = markdownOf({
      plan: plan({
        groups: [group('g', 1)],
        regions: Array.from({ length: 12 }, (_, index) => ({
          id: `r${index}`,
          name: `Region ${index}`,
        })),
      }),
      groups: groupsById(
        groupNotes('g', {
          notes: [note('n', 'One', { stakeholderGroupId: 'removed', regionId: 'r3' })],
        }),
      ),
    });
    expect(markdown).toContain('| Not on the list any more | 1 |');
    expect(markdown).toContain('| Region 3 | 1 |');
    expect(markdown).toContain('**Notes by region**');
  });

  it('copes with notes that have no time and with several days', () => {
    const markdown = markdownOf({
      plan: plan({ groups: [group('g', 1)] }),
      groups: groupsById(
        groupNotes('g', {
          notes: [
            note('a', 'No time', { createdAt: 0 }),
            note('b', 'First day'),
            note('c', 'Second day', { createdAt: minute(24 * 60) }),
            note('d', 'Beyond all calendars', { createdAt: 9e15 }),
          ],
        }),
      ),
    });
    expect(markdown).toContain('Held from 14 November 2018 to 15 November 2018');
    expect(markdown).toContain('**N1.1** · time unknown ·');
    expect(markdown).toContain('**N1.3** · 15 November 2018, 10:00 ·');
    expect(markdown).toContain('**N1.4** · time unknown ·');
  });

  it.each([
    ['the plan', { plan: { ...plan(), readOnly: true } }],
    ['the report', { plan: plan(), draft: draft({ readOnly: true }) }],
  ])('says that a newer Caucus wrote part of it: %s', (_part, written) => {
    const report = reportOf({ ...written, groups: new Map() });
    expect(report.gaps.flat()).toContainEqual({
      kind: 'words',
      text: messagesEn.gaps.newerVersion,
    });
  });

  it('does 40 groups and 10,000 notes', () => {
    const groups = Array.from({ length: 40 }, (_, index) => `g${index}`);
    const report = reportOf({
      plan: plan({ groups: groups.map((id, index) => group(id, index + 1)) }),
      groups: groupsById(
        ...groups.map((id) =>
          groupNotes(id, {
            notes: Array.from({ length: 250 }, (_, index) => note(`n${index}`, `Note ${index}`)),
            recommendations: [recommendation('r', 'Recommendation', ['n0', 'n249'])],
          }),
        ),
      ),
    });
    expect(report.counts.notes).toBe(10_000);
    const markdown = writeMarkdown(report);
    expect(markdown.match(/<a id="n\d+-\d+">/g)).toHaveLength(10_000);
    expect(markdown).toContain('From [N40.1](#n40-1) and [N40.250](#n40-250).');
  });
});

describe('another language is data', () => {
  it('counts, lists and turns the page around as the messages say', () => {
    const other: ReportMessages = {
      ...messagesEn,
      language: 'ar',
      direction: 'rtl',
      counts: {
        ...messagesEn.counts,
        groups: {
          zero: 'Z{count}',
          one: 'O{count}',
          two: 'T{count}',
          few: 'F{count}',
          other: 'X{count}',
        },
      },
    };
    const groupsOf = (count: number) =>
      plan({ groups: Array.from({ length: count }, (_, index) => group(`g${index}`, index + 1)) });
    for (const [count, form] of [
      [0, 'Z'],
      [1, 'O'],
      [2, 'T'],
      [3, 'F'],
      [11, 'X'],
    ] as const) {
      const report = reportOf({ plan: groupsOf(count), groups: new Map(), texts: other });
      expect(report.direction).toBe('rtl');
      expect(writeMarkdown(report)).toMatch(new RegExp(`\\*\\*Groups:\\*\\* ${form}`));
    }
  });

  it('leaves no placeholder of its own unfilled', () => {
    const markdown = markdownOf(workshop);
    expect(markdown).not.toMatch(/\{[a-zA-Z]+\}/);
  });
});
