import { inDeclaredOrder } from '../../core/consensus/declared-order.ts';
import type { PollForm } from '../../core/consensus/poll.ts';
import { wholePercent } from '../../core/consensus/whole-percent.ts';
import type { FromDesk, ShownVerdict } from '../../core/protocol/voting-frames.ts';
import type { Plan } from '../../core/session/model.ts';
import { verdictOfPoll } from '../../core/session/poll-verdict.ts';
import type { Poll } from '../../core/session/voting-model.ts';

/** What the hub has to be told once, and again whenever `key` comes with another `state`. */
export interface Telling {
  readonly key: string;
  /** Tells apart what was said already; times until something are not in it, they always differ. */
  readonly state: string;
  readonly frame: FromDesk;
}

export const formOf = (poll: Poll): PollForm => ({
  id: poll.id,
  kind: poll.kind,
  question: poll.question,
  options: poll.options,
  most: poll.most,
  objections: poll.proposalId !== null,
});

/**
 * Everything that the plan says and the hub has to know, in the order in which it is to be said: the
 * poll that the room looks at comes last, so that no phone sees another one in between.
 */
export function tellingsOf(plan: Plan, now: number): readonly Telling[] {
  const { voting } = plan;
  const telling = (
    key: string,
    frame: FromDesk,
    state: string = JSON.stringify(frame),
  ): Telling => ({
    key,
    state,
    frame,
  });
  const parts = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ id, name }));

  const asked = (poll: Poll): boolean => poll.openedAt !== null;
  const polls = [
    ...voting.polls.filter(asked),
    // One that was deleted is over, whatever else is said of it, and without a right answer gives no
    // points in the quiz.
    ...voting.deletedPolls
      .filter(asked)
      .map((poll): Poll => ({ ...poll, state: 'closed', right: null })),
  ];
  const isCurrent = (poll: Poll): boolean => !poll.deleted && poll.id === voting.currentPollId;
  const current = polls.find(isCurrent);
  const ofPoll = (poll: Poll): Telling => {
    const said = {
      type: 'poll',
      form: formOf(poll),
      state: poll.state === 'open' ? 'open' : 'closed',
      shown: poll.shown,
      right: poll.right,
      current: isCurrent(poll),
    } as const;
    const closesInMs =
      poll.state === 'open' && poll.closesAt !== null ? Math.max(0, poll.closesAt - now) : null;
    return telling(
      `poll/${poll.id}`,
      { ...said, closesInMs },
      JSON.stringify([said, poll.closesAt, poll.openedAt]),
    );
  };

  return [
    telling('room', {
      type: 'room',
      session: plan.sessionId ?? '',
      title: plan.title,
      stakeholderGroups: parts(plan.stakeholderGroups),
      regions: parts(plan.regions),
      breakoutGroups: parts(plan.groups),
      codes: voting.codesNeeded,
      ...shownVerdict(plan),
    }),
    ...polls.filter((poll) => poll !== current).map(ofPoll),
    ...(current === undefined ? [] : [ofPoll(current)]),
    telling('current', { type: 'no-poll' }, current?.id ?? ''),
    ...voting.shownTexts.map((key) => letThrough(key, true)),
    ...voting.inbox
      .filter(({ person, takenAt, doneAt }) => person !== '' && (takenAt ?? doneAt) !== null)
      .map(({ id, doneAt }) =>
        telling(`taken/${id}`, { type: 'taken', id, done: doneAt !== null }),
      ),
  ];
}

/** What the projector says of the poll that the room looks at, once it is closed and written down. C4 */
function shownVerdict({ voting, stakeholderGroups }: Plan): { readonly verdict?: ShownVerdict } {
  const poll = voting.polls.find(({ id }) => id === voting.currentPollId);
  if (poll?.state !== 'closed' || voting.results[poll.id] === undefined) return {};
  const verdict = verdictOfPoll(voting, poll);
  if (verdict === null) return {};
  const lines = inDeclaredOrder(verdict.lines, stakeholderGroups);
  return {
    verdict: {
      poll: poll.id,
      status: verdict.status,
      threshold: wholePercent(verdict.threshold),
      lines: lines.map(({ part, agree, votes, support, judged }) => ({
        part,
        agree,
        votes,
        percent: judged ? wholePercent(support) : null,
      })),
      missing: verdict.missing[0] ?? null,
    },
  };
}

/** What has to be said because `key`, which was said before, is not said any more; null for nothing. */
export function unsaid(key: string): Telling | null {
  return key.startsWith('text/') ? letThrough(key.slice('text/'.length), false) : null;
}

function letThrough(key: string, shown: boolean): Telling {
  const slash = key.indexOf('/');
  const frame: FromDesk = {
    type: 'let-through',
    poll: key.slice(0, slash),
    ballot: key.slice(slash + 1),
    shown,
  };
  return { key: `text/${key}`, state: String(shown), frame };
}
