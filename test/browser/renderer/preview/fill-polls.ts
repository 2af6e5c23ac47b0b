import type { SessionId } from '../../../../src/core/session/ids.ts';
import { openPlanDocument } from '../../../../src/core/session/plan-document.ts';
import type { FakeApp } from '../fake-app.ts';
import {
  closeWith,
  type FakeDesk,
  ranked,
  receive,
  tallyOf,
  votedProposal,
} from '../plenary/voting-workshop.ts';

/** A plenary in the middle of its votes: a second round, objections, one that is open, speakers. */
export function fillPolls(app: FakeApp, sessionId: SessionId, desk: FakeDesk): void {
  const plan = openPlanDocument(app.inside(sessionId).planDoc, app.context);
  const { voting } = plan;
  const first = votedProposal(
    plan,
    'A public register that shows how long makers take to answer a report, kept by an independent body.',
    [
      [6, 2, 1],
      [9, 2, 1],
      [14, 3, 2],
      [11, 0, 1],
      [3, 2, 7],
    ],
  );
  const [, , , , privateSector] = plan.view.snapshot().stakeholderGroups;
  voting.receiveObjection({
    pollId: first.pollId,
    person: 'p1',
    text: 'A small maker cannot answer within days: without a longer time for small firms we cannot live with it.',
    stakeholderGroup: privateSector?.id ?? '',
    at: Date.now() - 240_000,
  });
  const again = voting.secondRound(first.pollId);
  if (again.ok) {
    closeWith(plan, again.value, [
      [7, 1, 1],
      [10, 1, 1],
      [15, 2, 2],
      [11, 0, 1],
      [8, 2, 2],
    ]);
    voting.setHandCount(again.value, plan.view.snapshot().stakeholderGroups[0]?.id ?? '', {
      agree: 4,
      pass: 0,
      disagree: 1,
    });
  }
  voting.recordObjection({
    proposalId: first.proposalId,
    pollId: first.pollId,
    text: 'Who pays for the register is not said.',
    stakeholderGroup: '',
  });
  const open = plan.addProposal({
    text: 'Makers name a contact for security reports on every product.',
    questionId: null,
    sources: [],
  });
  const asked = open.ok ? voting.makePollFromProposal(open.value) : null;
  if (asked?.ok === true) {
    voting.openPoll(asked.value, 120);
    desk.count(
      tallyOf(plan, asked.value, [
        [4, 0, 1],
        [8, 2, 1],
        [9, 1, 1],
        [4, 0, 0],
        [3, 0, 0],
      ]),
    );
  }
  ranked(plan);
  const quiz = voting.makePoll({
    proposalId: null,
    kind: 'quiz',
    question: 'How many of those who answered call a monitoring function valuable?',
    options: ['62%', '26%', '9%', '91%'].map((text, index) => ({ id: `o${index}`, text })),
    most: 0,
    seconds: 20,
    right: 'o0',
  });
  if (quiz.ok) {
    voting.openPoll(quiz.value);
    voting.closePoll(quiz.value);
    const all = { ballots: 41, by: { o0: 22, o1: 12, o2: 2, o3: 5 } };
    const tally = { ...tallyOf(plan, quiz.value, []), all, byRegion: {}, byBreakoutGroup: {} };
    voting.writeResult(quiz.value, { tally, count: 41, checksum: 'c0ffee', at: Date.now() });
    const names = [
      'Blue bottle',
      'Second row',
      '',
      'Register!',
      'Kiwi',
      'Q',
      'The desk',
      'Tea',
      'Fox',
      'Ten',
    ];
    voting.writeLeaders(
      names.map((name, index) => ({ place: index + 1, name, points: 1_940 - index * 113 })),
    );
  }
  receive(plan, 'hand', 0);
  receive(plan, 'hand', 1);
  receive(plan, 'hand', 4);
  receive(
    plan,
    'question',
    2,
    'Is the register meant for consumer devices only, or for industry too?',
  );
  receive(
    plan,
    'read-out',
    1,
    'In our country the national office already does this; we would share the figures.',
  );
  voting.startSpeaker({
    inboxId: null,
    person: '',
    label: 'Second row',
    stakeholderGroup: '',
    online: false,
  });
  plan.destroy();
}
