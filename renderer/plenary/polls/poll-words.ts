import { POOL } from '../../../src/core/consensus/pool-small-parts.ts';
import { wholePercent } from '../../../src/core/consensus/whole-percent.ts';
import type { Missing } from '../../../src/core/consensus/verdict-status.ts';
import type { Verdict } from '../../../src/core/consensus/verdict.ts';
import type { Choice, Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import type { Translate } from '../../shared/translate.ts';

type Named = Pick<Choice, 'id' | 'name'>;

/** What a part of the room is called: a declared one, those who declared nothing, or the small ones. */
export function partName(part: string, declared: readonly Named[], t: Translate): string {
  if (part === POOL) return t('polls.part-pool');
  if (part === '') return t('polls.part-none');
  return declared.find(({ id }) => id === part)?.name ?? t('polls.part-unknown');
}

/** "63%"; rounded down, so that what falls short of a mark does not read as the mark. */
export const percent = (share: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(
    wholePercent(share) / 100,
  );

/** "+12%", "−3%". */
export const percentChange = (change: number, language: string): string =>
  new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  }).format(change);

/** What is in the way of rough consensus, the first thing first; null where nothing is. */
export function missingWords(
  verdict: Verdict,
  plan: Pick<Plan, 'stakeholderGroups'>,
  t: Translate,
): string | null {
  const [first] = verdict.missing;
  return first === undefined ? null : wordsOf(first, plan.stakeholderGroups, t);
}

function wordsOf(missing: Missing, declared: readonly Named[], t: Translate): string {
  switch (missing.what) {
    case 'votes':
      return t('polls.missing-votes', { count: missing.more });
    case 'support': {
      const part = partName(missing.part, declared, t);
      return missing.more === null
        ? t('polls.missing-all', { part })
        : t('polls.missing-support', { count: missing.more, part });
    }
    case 'objections':
      return t('polls.missing-objections', { count: missing.open });
    case 'confirmation':
      return t('polls.missing-confirmation');
    default:
      return missing satisfies never;
  }
}

/** "Proposal 2", "Proposal 2 · round 2", or what kind of question it is. */
export function pollName(poll: Poll, plan: Pick<Plan, 'proposals'>, t: Translate): string {
  const number = plan.proposals.findIndex(({ id }) => id === poll.proposalId) + 1;
  const name = number === 0 ? t(`polls.kind-${poll.kind}`) : t('plenary.proposal', { number });
  return poll.round > 1 ? t('polls.name-round', { name, round: poll.round }) : name;
}

/** "1:05" left, and "0:00" once it is over. `ms` may be negative. */
export function countdownText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const steps4 = [1, 2, 3, 4] as const;
const steps8 = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** What the steps of a gradient of agreement are called, the first first. */
export const stepNames = (kind: 'gradient-4' | 'gradient-8', t: Translate): readonly string[] =>
  kind === 'gradient-4'
    ? steps4.map((step) => t(`polls.gradient-4-${step}`))
    : steps8.map((step) => t(`polls.gradient-8-${step}`));
