import { isAgreementKind, support } from './agreement.ts';
import { ENOUGH } from './pool-small-parts.ts';
import type { PollKind } from './poll.ts';
import { supportLines, type HandCount, type SupportLine } from './support-lines.ts';
import type { Tally } from './tally.ts';
import type { Missing, VerdictStatus } from './verdict-status.ts';

const objectionStates = [
  'open',
  /** The wording was changed so that the objector can live with it. */
  'addressed',
  /** It stands, and is on record with the proposal. */
  'dissent',
] as const;
export type ObjectionState = (typeof objectionStates)[number];

/** "I cannot live with this", and what has become of it. C3 */
export interface Objection {
  readonly id: string;
  /** Why. */
  readonly text: string;
  readonly stakeholderGroup: string;
  readonly state: ObjectionState;
  /** In words: what was changed, or why it stays a dissent. Empty while it is open. */
  readonly how: string;
}

/** What the moderator decided on the proposal. Without a reason it is no decision (C3). */
export interface Decision {
  /** True: rough consensus. False: there is none, and the room goes on. */
  readonly confirmed: boolean;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface VerdictRules {
  /** What the weakest group's support has to reach, between 0 and 1. */
  readonly threshold: number;
  /** How many votes it takes to judge a group, and to show it. */
  readonly enough: number;
}

export const defaultRules: VerdictRules = { threshold: 0.6, enough: ENOUGH };

export interface Verdict {
  readonly status: VerdictStatus;
  /** Smallest support over the judged lines; null where none is judged. C2 */
  readonly figure: number | null;
  /** Whose support that is; null where none is judged. */
  readonly weakest: string | null;
  readonly threshold: number;
  /** For each stakeholder group, by id; then who declared nothing (""), then the pool. */
  readonly lines: readonly SupportLine[];
  readonly objections: Readonly<Record<ObjectionState, number>>;
  /** Empty with rough consensus. */
  readonly missing: readonly Missing[];
}

/** The fewest more that have to agree so that `line` reaches the threshold, nobody joining. */
function moreToAgree(line: SupportLine, threshold: number): number | null {
  // Near the answer by arithmetic, exactly there by the comparison that the verdict itself makes.
  let agree = Math.max(line.agree, Math.floor(threshold * (line.votes + 2)) - 2);
  while (agree <= line.votes && support(agree, line.votes) < threshold) agree += 1;
  return agree <= line.votes ? agree - line.agree : null;
}

function statusOf(
  figure: number | null,
  threshold: number,
  open: number,
  decision: Decision | null,
): VerdictStatus {
  const decided = decision !== null && decision.reason.trim() !== '';
  if (decided && !decision.confirmed) return 'decided-against';
  if (figure === null) return 'too-few';
  if (figure < threshold) return 'no-consensus';
  if (open > 0) return 'objections-open';
  return decided ? 'rough-consensus' : 'to-confirm';
}

/**
 * What a vote on a proposal comes to (C2, C3); null for a kind of poll that asks for no agreement.
 *
 * Those who declared nothing are judged like a group, once there are enough of them: a proposal that
 * half of the room refuses has no consensus, whatever that half said of itself. The small parts taken
 * together are judged as one.
 *
 * Why the smallest support and not the sum: rough consensus is reached when every objection has been
 * dealt with, not when there are many in favour (RFC 7282, "On Consensus and Humming in the IETF");
 * and a proposal that one group refuses is not carried by the size of the others, which is what Polis
 * calls group-informed. A later objection, or votes that change, undo a confirmed consensus: the
 * status always tells how it stands.
 */
export function verdictOf(
  kind: PollKind,
  tally: Pick<Tally, 'byStakeholderGroup'>,
  hands: readonly HandCount[],
  objections: readonly Objection[],
  decision: Decision | null,
  rules: VerdictRules = defaultRules,
): Verdict | null {
  if (!isAgreementKind(kind)) return null;
  const { threshold, enough } = rules;
  const lines = supportLines(kind, tally.byStakeholderGroup, hands, enough);
  const judged = lines.filter((line) => line.judged);
  const weakest = judged.reduce<SupportLine | null>(
    (weakest, line) => (weakest && weakest.support <= line.support ? weakest : line),
    null,
  );
  const count = (state: ObjectionState): number =>
    objections.filter((objection) => objection.state === state).length;
  const open = count('open');
  const figure = weakest?.support ?? null;
  const status = statusOf(figure, threshold, open, decision);

  const missing: Missing[] = [];
  if (judged.length === 0) {
    const most = Math.max(0, ...lines.map((line) => line.votes));
    missing.push({ what: 'votes', more: enough - most });
  }
  for (const line of judged.toSorted((a, b) => a.support - b.support)) {
    if (line.support >= threshold) break;
    missing.push({ what: 'support', part: line.part, more: moreToAgree(line, threshold) });
  }
  if (open > 0) missing.push({ what: 'objections', open });
  if (status !== 'rough-consensus' && !(decision?.confirmed && decision.reason.trim() !== '')) {
    missing.push({ what: 'confirmation' });
  }
  return {
    status,
    figure,
    weakest: weakest?.part ?? null,
    threshold,
    lines,
    objections: { open, addressed: count('addressed'), dissent: count('dissent') },
    missing,
  };
}
