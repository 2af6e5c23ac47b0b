import { describe, expect, it } from 'vitest';
import { writeDocx } from '../../../src/core/report/write-docx.ts';
import { writeMarkdown } from '../../../src/core/report/write-markdown.ts';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { objectionStates } from '../../../src/core/session/voting-model.ts';
import { seeded } from './random-session.ts';
import { reportOf, unzipped, xmlFault } from './report-tools.ts';
import {
  objection,
  poll,
  pollId,
  proposalId,
  result,
  counted,
  votedPlan,
  withVoting,
} from './voted-workshop.ts';
import { workshopDraft, workshopGroups, workshopPlan } from './workshop.ts';

const reportWith = (plan: typeof votedPlan, draft = workshopDraft) =>
  reportOf({ plan, draft, groups: workshopGroups });
const markdown = writeMarkdown(reportWith(votedPlan));

/** What stands under a heading, up to the next one of its level or above. */
function under(heading: string, text = markdown): string {
  const start = text.indexOf(`</a>${heading}\n`);
  expect(start, `the heading ${heading}`).toBeGreaterThan(0);
  const rest = text.slice(start + heading.length);
  const end = rest.search(/\n#+ /);
  return end < 0 ? rest : rest.slice(0, end);
}

describe('what the room agreed on', () => {
  const first = under('P1: rough consensus');

  it('C3 says the verdict in words, with the moderator’s reason', () => {
    // private, hands included: (7 + 1) / (8 + 2); the pool: (5 + 1) / (6 + 2).
    expect(first).toContain(
      'Rough consensus. Weakest support 75%, by All others together, where 60% is needed. 1 objection stands as dissent.',
    );
    expect(first).toContain(
      'Confirmed by the moderator on 14 November 2018 at 11:12: Nobody spoke against the new wording.',
    );
    expect(first).toContain('Asked in 2 rounds.');
    expect(first).toContain('Round 1: A public register?');
  });

  it('C2 shows support by stakeholder group in every round, hands marked, and what changed', () => {
    expect(first).toContain('| Private sector | 1 | 0 | 5 | 6 | 25% |');
    expect(first).toContain('| Private sector (2 raised hands) | 7 | 1 | 0 | 8 | 80% | \\+55 |');
    expect(first).toContain('| Technical community | 10 | 0 | 0 | 10 | 91% | \\+8 |');
    // Who is in the pool may have changed.
    expect(first).toContain('| All others together | 5 | 0 | 1 | 6 | 75% | – |');
  });

  it('shows the last round by region and breakout group', () => {
    expect(first).toContain('| Western European and Others | 14 | 0 | 0 | 14 | 93% |');
    expect(first).toContain('| Group 1: Makers and market | 20 | 1 | 1 | 22 | 87% |');
  });

  it('quotes each ballot box’s checksum', () => {
    expect(first).toContain('Ballot box: 22 ballots, SHA-256 first-checksum.');
    expect(first).toContain('Ballot box: 22 ballots, SHA-256 second-checksum.');
    expect(first).toContain(
      '(gradient of agreement in four steps; 22 ballots and 2 raised hands; closed 11:10)',
    );
  });

  it('R1 C3 lists every objection with how it was worked through', () => {
    expect(first).toMatch(
      /\*\*O1\*\* Small makers cannot[^]*Addressed: They get a year\.[^]*Private sector, /,
    );
    expect(first).toMatch(/\*\*O2\*\* A register names[^]*Recorded as dissent: Stands beside/);
    expect(first).toMatch(/\*\*O4\*\* I had misread it\.[^]*Taken back by the person/);
    expect(under('P4, withdrawn: not judged')).toContain('No seals, please.');
    expect(under('Other polls')).toContain('The hum was too early.');
  });

  it('C3 says which proposals have none, and why', () => {
    const second = under('P2: no rough consensus');
    expect(second).toContain(
      'No rough consensus: weakest support 10%, by Government, where 60% is needed.',
    );
    expect(second).toContain('Had not been worked through when the report was made.');
    expect(under('5 What the room agreed on')).toContain('Not put to a vote: [P3](#p3).');
  });

  it('shows on which proposals the groups differ most', () => {
    expect(under('Where the groups differ most')).toMatch(
      /\| \[P2\]\(#p2\) \| Technical community \(83%\) \| Government \(10%\) \| 73% \|\n\| \[P1\]/,
    );
  });

  it('M1 leads from the proposal to its votes and back', () => {
    expect(under('4 What the plenary merged')).toContain(
      'Weakest support 75%, by All others together, where 60% is needed. 1 objection stands as dissent. See [What the room agreed on](#vote-p1).',
    );
    expect(first).toContain('[P1](#p1) A public register');
  });

  it('M1 turns the label of an objection in the rapporteur’s text into a reference', () => {
    const texts = { ...workshopDraft.texts, advice: 'Keep O2 in mind; O9 is none.' };
    const text = writeMarkdown(reportWith(votedPlan, { ...workshopDraft, texts }));
    expect(under('2 Advice', text)).toContain('Keep [O2](#o2) in mind; O9 is none.');
  });
});

describe('other polls', () => {
  const someOptions = [
    { id: 'o1', text: 'A public register' },
    { id: 'o2', text: 'A shared desk' },
  ];
  const others = under('Other polls');

  it('have their results by kind', () => {
    expect(others).toContain('| A public register | 6 | 60% |');
    expect(others).toContain('| A seal on the box | 4 | 40% |');
    expect(others).toContain(
      'Median 4, mean 3.8, standard deviation 0.98, on a scale from 1 to 5.',
    );
    expect(others).toContain('| 1 | A public register | 10 | 5 |');
    expect(others).toContain('| A shared desk (right) | 7 | 88% |');
  });

  it('C2 have them by stakeholder group, region and breakout group too, small ones pooled', () => {
    const parts = {
      byRegion: { weog: counted({ o1: 6, o2: 2 }), african: counted({ o2: 1 }) },
      byBreakoutGroup: { makers: counted({ o1: 6, o2: 3 }) },
    };
    const text = writeMarkdown(
      reportWith(
        withVoting({
          polls: [
            poll('which', 'single', { options: someOptions }),
            poll('hum', 'hum', { question: 'Shall we?' }),
          ],
          results: {
            [pollId('which')]: result(
              'which',
              {
                gov: counted({ o1: 4, o2: 1 }),
                tech: counted({ o1: 1, o2: 4 }),
              },
              parts,
            ),
            [pollId('hum')]: result('hum', { gov: counted({ 5: 7 }), tech: counted({ 1: 5 }) }),
          },
        }),
      ),
    );
    const others = under('Other polls', text);
    expect(others).toContain(
      '| Option | Government (5 ballots) | Technical community (5 ballots) |',
    );
    expect(others).toContain('| A public register | 80% | 20% |');
    // One African vote is in the pool with others, or it could be read off.
    expect(others).not.toContain('African');
    expect(others).toContain('| Option | Group 1: Makers and market (9 ballots) |');
    const hum = others.slice(others.indexOf('Shall we?'));
    expect(hum).toContain('| Option | Government | Technical community |');
    expect(hum).toContain('| The hum | very loud | nearly silent |');
  });

  it('R1 say of an objection that the moderator took back whose it was', () => {
    const text = writeMarkdown(
      reportWith(
        withVoting({
          objections: [
            objection('x1', 'Heard wrongly.', { proposalId: proposalId('p1'), state: 'withdrawn' }),
          ],
        }),
      ),
    );
    expect(text).toMatch(/Heard wrongly\.[^]*Taken back by the moderator, who had written it down/);
  });

  it('have the quiz’s best by their names', () => {
    const leaders = [
      { place: 1, name: 'Blue | 1', points: 1_700 },
      { place: 2, name: '', points: 900 },
    ];
    const text = writeMarkdown(
      reportWith({ ...votedPlan, voting: { ...votedPlan.voting, leaders } }),
    );
    expect(under('Other polls', text)).toContain(
      '| 1 | Blue \\| 1 | 1,700 |\n| 2 | No name | 900 |',
    );
  });

  it('say in front where two counts of the same hands differ', () => {
    const entered = {
      agree: [12, 14].map((count, at) => ({ deviceId: `d${at}` as DeviceId, count })),
    };
    const handCounts = [{ pollId: pollId('next'), stakeholderGroup: 'gov', by: {}, entered }];
    const text = writeMarkdown(
      reportWith({ ...votedPlan, voting: { ...votedPlan.voting, handCounts } }),
    );
    expect(text).toContain('1 show of hands was entered with two different numbers');
    expect(markdown).not.toContain('two different numbers');
  });

  it('show a hum in words and never as counts', () => {
    const hum = others.slice(others.indexOf('Shall we go on?'), others.indexOf('In a word?'));
    expect(hum).toContain('The hum was very loud.');
    expect(hum).not.toContain('|');
  });

  it('show the short texts that a moderator let through, and how many not', () => {
    expect(others).toContain('Onwards \\<b\\>now');
    expect(others).not.toContain('Something rude');
    expect(others).toContain('2 texts were not shown to the room.');
  });

  it('are named where they are still open or were removed; what was never asked is not', () => {
    expect(others).toContain('Still open when the report was made: Still asking?');
    expect(others).toContain('Asked by mistake (one choice)');
    expect(markdown).not.toContain('Never asked');
  });

  it('say where a result has not reached this laptop, and where nobody answered', () => {
    const text = writeMarkdown(
      reportWith(
        withVoting({
          polls: [poll('a', 'single'), poll('b', 'single')],
          results: { [pollId('b')]: result('b', {}) },
        }),
      ),
    );
    expect(under('Other polls', text)).toContain('Its result had not reached this laptop');
    expect(under('Other polls', text)).toContain('Nobody answered.');
  });
});

describe('who voted, and what is not settled', () => {
  it('counts those who took part by stakeholder group and region', () => {
    const voters = under('Who voted');
    expect(voters).toContain('A public register, with a year’s grace?');
    expect(voters).toContain('| Private sector | 6 | 2 |');
    expect(voters).toContain('| **Total** | **22** | **2** |');
    expect(voters).toContain('| Western European and Others | 14 |');
  });

  it('says in front what is open', () => {
    const report = reportWith(votedPlan);
    expect(report.counts).toMatchObject({ objections: 6, openObjections: 1 });
    expect(markdown).toContain(
      '1 objection had not been worked through: see [What the room agreed on](#consensus).',
    );
    expect(markdown).toContain('1 vote was still open when the report was made.');
    const undecided = writeMarkdown(
      reportWith({ ...votedPlan, voting: { ...votedPlan.voting, decisions: {} } }),
    );
    expect(undecided).toContain(
      '1 proposal has the support for rough consensus, but the moderator had not confirmed it: [P1](#p1).',
    );
    expect(under('P1: not confirmed', undecided)).toContain(
      'but the moderator had not confirmed it.',
    );
  });

  it('tells of a decision on an earlier round, which decides the last one no more', () => {
    const decision = votedPlan.voting.decisions[proposalId('p1')];
    if (!decision) throw new Error('P1 is decided');
    const decisions = { [proposalId('p1')]: { ...decision, pollId: pollId('first') } };
    const text = writeMarkdown(
      reportWith({ ...votedPlan, voting: { ...votedPlan.voting, decisions } }),
    );
    expect(under('P1: not confirmed', text)).toContain(
      'On another round. Confirmed by the moderator on 14 November 2018 at 11:12: Nobody spoke',
    );
  });

  it('says of a session without votes that there were none', () => {
    const text = writeMarkdown(reportWith(workshopPlan));
    expect(under('5 What the room agreed on', text)).toContain('No vote was held and no objection');
    expect(text).not.toContain('Who voted');
  });
});

describe('every objection is in the report', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 1))('R1 seed %i', async (seed) => {
    const random = seeded(seed);
    const pick = <T>(items: readonly T[]): T => {
      const item = items[Math.floor(random() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    };
    const proposals = ['p1', 'p2', 'p3', 'p4', 'unknown', null];
    const polls = Array.from({ length: 6 }, (_, index) => {
      const about = pick(proposals);
      return poll(`poll${index}`, pick(['agree', 'gradient-8', 'single', 'hum'] as const), {
        proposalId: about === null ? null : proposalId(about),
        state: pick(['open', 'closed', 'closed'] as const),
        question: `tokq${index}x | # [a](#b) <b>`,
      });
    });
    const objections = Array.from({ length: 12 }, (_, index) => {
      const about = pick(proposals);
      return objection(`x${index}`, `tokx${index}x </w:t> | \u202e`, {
        proposalId: about === null ? null : proposalId(about),
        state: pick(objectionStates),
        how: random() < 0.5 ? '' : `tokhow${index}x`,
        stakeholderGroup: pick(['', 'gov', 'old']),
      });
    });
    const results = Object.fromEntries(
      polls
        .filter(() => random() < 0.8)
        .map(({ id }) => [id, result(id, { gov: counted({ agree: 5, 1: 3 }) })]),
    );
    const report = reportWith(withVoting({ polls, objections, results }));
    const texts = [writeMarkdown(report), unzipped(await writeDocx(report), 'word/document.xml')];
    expect(xmlFault(texts[1] ?? '')).toBeNull();
    for (const text of texts) {
      for (const [index, { state, how }] of objections.entries()) {
        expect(text.split(`tokx${index}x`)).toHaveLength(2);
        if (how !== '' && (state === 'addressed' || state === 'dissent')) {
          expect(text).toContain(how);
        }
      }
      for (const [index] of polls.entries()) expect(text).toContain(`tokq${index}x`);
      for (const { checksum } of Object.values(results)) {
        const asked = polls.find(({ id }) => checksum.startsWith(`${id}-`));
        expect(text.includes(checksum)).toBe(asked?.state === 'closed');
      }
    }
  });
});
