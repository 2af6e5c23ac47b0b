import type { GroupId } from '../../../src/core/session/ids.ts';
import {
  type GroupNotes,
  type Note,
  omissionKey,
  type Plan,
  type ReportDraft,
} from '../../../src/core/session/model.ts';
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
  segment,
} from '../../fixtures/read-model.ts';

/** A whole workshop, small and true to life, with one of everything that a report must cope with. */
type Short = readonly [
  id: string,
  at: number,
  kind: Note['kind'],
  question: string | null,
  stakeholder: string | null,
  region: string | null,
  text: string,
  over?: Partial<Note>,
];

const notes = (rows: readonly Short[]): Note[] =>
  rows.map(([id, at, kind, questionKey, stakeholderGroupId, regionId, text, over]) =>
    note(id, text, {
      kind,
      createdAt: minute(at),
      questionId: questionKey === null ? null : questionId(questionKey),
      stakeholderGroupId,
      regionId,
      ...over,
    }),
  );

const makers = groupNotes('makers', {
  readyAt: minute(36),
  reportBack:
    'We spent most of our time on what makes a register effective. There was no quarrel about whether to have one, only about who pays for it.\nSmall makers need a way to answer that does not take a department.',
  notes: notes([
    [
      'm1',
      6,
      'point',
      'b',
      'tech',
      'weog',
      'A register only helps if makers must answer within a set time.',
    ],
    [
      'm2',
      7,
      'concern',
      'b',
      'private',
      'apac',
      'Small makers cannot staff a response desk; a deadline of days would put them out of business.',
    ],
    [
      'm3',
      9,
      'evidence',
      'd',
      'gov',
      'weog',
      'Two national schemes have published yearly figures for three years. Response times fell by half once they were public.',
    ],
    [
      'm4',
      11,
      'idea',
      'b',
      'tech',
      'africa',
      'Let one shared desk answer for several small makers, paid by membership.',
    ],
    [
      'm5',
      12,
      'question',
      'c',
      'civil',
      'grulac',
      'Who tells the person at home? Makers know the device, not the owner.',
    ],
    [
      'm6',
      15,
      'point',
      'a',
      'civil',
      'africa',
      'People buy what is cheap; without public figures nobody can tell a safe device from an unsafe one.',
    ],
    [
      'm7',
      17,
      'point',
      'c',
      'tech',
      'apac',
      'Reports should go to the maker first, and to the public after ninety days.',
    ],
    [
      'm8',
      19,
      'concern',
      'c',
      'private',
      'weog',
      'Our counsel would not let us share a flaw before there is an update.',
    ],
    ['m9', 22, 'idea', 'b', null, null, 'Seal on the box with the year until which updates come.'],
    ['m10', 24, 'point', 'b', 'private', null, 'Said in confidence; not for the report.'],
    [
      'm11',
      25,
      'point',
      'e',
      'gov',
      'eeg',
      'National desks exist already. Link them before building a new one.',
    ],
    ['m12', 26, 'point', null, 'civil', 'apac', 'Room is too cold.', { deleted: true }],
  ]),
  recommendations: [
    recommendation(
      'r1',
      'Keep a public register of the time that makers take to answer a report of a vulnerability.',
      ['m1', 'm3', 'm6'],
      {
        questionId: questionId('b'),
        rationale: 'Where figures were made public, response times fell by half.',
      },
    ),
    recommendation(
      'r2',
      'Give makers ninety days to answer before a report is made public.',
      ['m7', 'm8'],
      {
        questionId: questionId('c'),
        rationale: 'It protects owners and still leaves time for an update.',
      },
    ),
    recommendation('r3', 'Let small makers answer through a shared desk.', ['m2', 'm4'], {
      questionId: questionId('b'),
    }),
    recommendation('r4', 'Print on the box until when updates come.', ['m9'], {
      questionId: questionId('b'),
      deleted: true,
    }),
  ],
});

const users = groupNotes('users', {
  readyAt: minute(37),
  reportBack:
    'Our group kept coming back to the people who own the devices. A register that only experts can read does not help them.',
  notes: notes([
    [
      'u1',
      6,
      'point',
      'a',
      'civil',
      'weog',
      'Monitoring shows which devices are attacked now, not which ones were built badly.',
    ],
    [
      'u2',
      8,
      'concern',
      'a',
      'civil',
      'grulac',
      'Reporting must not become watching people at home.',
    ],
    [
      'u3',
      10,
      'evidence',
      'd',
      'tech',
      'weog',
      'Product recalls for cars work: one number, one public list, one duty to act.',
    ],
    [
      'u4',
      13,
      'idea',
      'c',
      'igo',
      'africa',
      'Providers could tell their customers when a device in the house is part of an attack.',
    ],
    [
      'u5',
      14,
      'point',
      'b',
      'civil',
      'apac',
      'A register of makers, open to all, in plain language and in more than one language.',
    ],
    [
      'u6',
      18,
      'question',
      'f',
      'gov',
      'africa',
      'Could the forum host the list, or only the talk about it?',
    ],
    [
      'u7',
      20,
      'point',
      'c',
      'civil',
      'africa',
      'من يبلغ صاحب الجهاز؟ الشركات تعرف الجهاز ولا تعرف صاحبه.',
    ],
    [
      'u8',
      23,
      'point',
      'b',
      'tech',
      'apac',
      '登録簿は誰でも読める言葉で書かれるべきだ。専門家だけのものではない。',
    ],
    ['u9', 27, 'idea', 'b', 'civil', 'apac', 'Stars, like on a fridge', { draft: true }],
  ]),
  recommendations: [
    recommendation(
      'r1',
      'Keep a register of makers that anyone can read, with how fast each of them answers reports.',
      ['u5', 'u3', 'u8'],
      {
        questionId: questionId('b'),
        rationale: 'Recalls of cars show that one public list changes what makers do.',
      },
    ),
    recommendation(
      'r2',
      'Have internet providers tell customers when a device in their home takes part in an attack.',
      ['u4', 'u7', 'gone'],
      {
        questionId: questionId('c'),
      },
    ),
    recommendation('r3', 'Collect nothing about the people who own the devices.', ['u2'], {
      questionId: questionId('a'),
    }),
  ],
});

const online = groupNotes('online', {
  notes: notes([
    [
      'o1',
      9,
      'point',
      'e',
      'igo',
      'eeg',
      'Do not build a new body. Agree on a format, and let national desks exchange reports.',
    ],
    [
      'o2',
      12,
      'evidence',
      'e',
      'tech',
      'grulac',
      'Computer emergency teams exchange reports this way since the nineties; the format matters more than the seat.',
    ],
    [
      'o3',
      16,
      'point',
      'f',
      'civil',
      'apac',
      'The forum can bring together those who never meet. It cannot run a service.',
    ],
    [
      'o4',
      21,
      'concern',
      'b',
      'private',
      'grulac',
      'A public list of bad makers invites lawsuits unless the list is signed and its method open.',
    ],
  ]),
  recommendations: [
    recommendation(
      'r1',
      'Publish the list of makers’ response times signed, with the method beside it.',
      ['o4'],
      { questionId: questionId('b') },
    ),
    recommendation(
      'r2',
      'Link the national desks through one common format instead of founding a new body.',
      ['o1', 'o2'],
      {
        questionId: questionId('e'),
        rationale: 'It is how computer emergency teams have worked together for decades.',
      },
    ),
  ],
});

export const workshopPlan: Plan = plan({
  title: 'Internet of Things security by design',
  description:
    'A workshop on one question: can a monitoring and reporting function for vulnerabilities in connected devices make these devices, and with them the internet and the people on it, more secure? Four breakout groups worked from the results of a questionnaire that was sent out weeks ahead; the plenary merged what they found.',
  agenda: [
    segment('Introduction', 5),
    segment('Breakout groups', 30),
    segment('Plenary', 30),
    segment('Conclusions', 20),
  ],
  questions: [
    question(
      'a',
      'Value',
      'What value does a monitoring and reporting function have against insecure devices?',
    ),
    question('b', 'Elements', 'Which elements make such a function effective?'),
    question('c', 'Sharing', 'Which information should be shared with whom?'),
    question('d', 'Practice', 'Which good practices exist, and why do they work?'),
    question('e', 'Organising', 'How could it be organised internationally?'),
    question('f', 'Forum’s role', 'Could the forum carry the discussion on, and how?'),
  ],
  groups: [
    group('makers', 1, 'Makers and market'),
    group('users', 2, 'People at home'),
    group('desks', 3, 'National desks'),
    group('online', 4, 'Online', true),
  ],
  stakeholderGroups: [
    { id: 'gov', name: 'Government' },
    { id: 'igo', name: 'Intergovernmental organisation' },
    { id: 'civil', name: 'Civil society' },
    { id: 'tech', name: 'Technical community' },
    { id: 'private', name: 'Private sector' },
  ],
  regions: [
    { id: 'africa', name: 'African' },
    { id: 'apac', name: 'Asia-Pacific' },
    { id: 'eeg', name: 'Eastern European' },
    { id: 'grulac', name: 'Latin American and Caribbean' },
    { id: 'weog', name: 'Western European and Others' },
  ],
  proposals: [
    proposal(
      'p1',
      'A public register of the time that makers take to answer reports of vulnerabilities, signed, in plain language, with its method open.',
      [ref('makers', 'r1'), ref('users', 'r1'), ref('online', 'r1')],
      { questionId: questionId('b') },
    ),
    proposal(
      'p2',
      'Link the national desks through one common format; found no new body.',
      [ref('online', 'r2'), ref('desks', 'r7f3kQ')],
      { questionId: questionId('e') },
    ),
    proposal(
      'p3',
      'Tell owners through their internet provider when a device of theirs takes part in an attack.',
      [ref('users', 'r2')],
      { questionId: questionId('c') },
    ),
    proposal('p4', 'A seal on the box.', [ref('makers', 'r4')], {
      questionId: questionId('b'),
      deleted: true,
    }),
  ],
});

export const workshopDraft: ReportDraft = draft({
  texts: {
    summary:
      'The groups agree that a monitoring and reporting function has value if its results are public and if makers must answer in a set time. They disagree on how much time that should be and on who tells the owner of a device.\n\nThe plenary merged three proposals. The strongest support was for a public register (P1), which three of the four groups had found independently of each other.',
    advice:
      'Proceed. Begin with the register (P1): figures exist already in two countries (N1.3), and where they were published makers answered faster. Link the national desks next (P2), without founding a new body. Keep R2.3 as a condition of both: nothing is collected about the people who own the devices.',
    assessments: {
      [questionId('a')]:
        'The value is not in monitoring as such but in what it makes visible. The groups see it as high where figures are public (R1.1) and as doubtful where they are not.',
      [questionId('b')]:
        'Three elements came up in every group: a duty to answer, a public register, and help for small makers. See P1 and R1.3.',
      [questionId('e')]: 'Feasible with what exists: national desks and a common format.',
    },
  },
  omissions: new Set([
    omissionKey({ kind: 'note', groupId: groupId('makers'), id: noteId('m10') }),
  ]),
});

/** Group 3 has not reached this laptop. */
export const workshopGroups: ReadonlyMap<GroupId, GroupNotes> = groupsById(makers, users, online);

export const workshop = { plan: workshopPlan, draft: workshopDraft, groups: workshopGroups };
