import { useState } from 'react';
import { mostDivisive } from '../../../src/core/consensus/divisive.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { closedRounds, verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { FoldButton } from '../fold-button.tsx';
import { partName, percent } from './poll-words.ts';
import styles from './polls.module.css';

/** Fewer than this apart is nothing to talk about. */
const APART = 0.2;

/** Proposals over which the stakeholder groups differ most, by their last round. */
export function DivisiveList({ plan }: { readonly plan: Plan }) {
  const t = useT();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const judged = plan.proposals.flatMap((proposal, index) => {
    const last = closedRounds(plan.voting, proposal.id).at(-1);
    const verdict = last && verdictOfPoll(plan.voting, last);
    return verdict ? [{ number: index + 1, text: proposal.text, lines: verdict.lines }] : [];
  });
  const apart = mostDivisive(judged).filter(({ division }) => division.difference >= APART);
  if (apart.length === 0) return null;
  const name = (part: string): string => partName(part, plan.stakeholderGroups, t);
  return (
    <div className={styles['fold']}>
      <FoldButton open={open} onToggle={() => setOpen(!open)}>
        {t('polls.divisive', { count: apart.length })}
      </FoldButton>
      {open && (
        <ul className={styles['divisive']}>
          {apart.map(({ number, text, division }) => (
            <li key={number}>
              <span dir="auto">
                {number} {text}
              </span>
              <span className={styles['help']}>
                {t('polls.apart', {
                  difference: percent(division.difference, language),
                  most: name(division.most),
                  least: name(division.least),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
