import { useState } from 'react';
import { isAgreementKind } from '../../../src/core/consensus/agreement.ts';
import { partTable } from '../../../src/core/consensus/part-table.ts';
import type { CountsByPart } from '../../../src/core/consensus/pool-small-parts.ts';
import { supportLines } from '../../../src/core/consensus/support-lines.ts';
import type { Tally } from '../../../src/core/consensus/tally.ts';
import type { Choice, Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useT } from '../../shared/messages.tsx';
import { FoldButton } from '../fold-button.tsx';
import { Bars } from './bars.tsx';
import { PartColumns } from './part-columns.tsx';
import { stepNames } from './poll-words.ts';
import { SupportLines } from './verdict-view.tsx';
import styles from './polls.module.css';

export interface OtherPartsProps {
  readonly poll: Poll;
  readonly plan: Plan;
  readonly tally: Tally;
}

interface Division {
  readonly label: string;
  readonly counts: CountsByPart;
  readonly declared: readonly Pick<Choice, 'id' | 'name'>[];
}

/** The result by region and by breakout group, and a gradient's steps: for those who ask. */
export function OtherParts({ poll, plan, tally }: OtherPartsProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { kind } = poll;
  const isJudged = isAgreementKind(kind);
  const divisions: readonly Division[] = [
    {
      label: t('polls.by-stakeholder-group'),
      counts: tally.byStakeholderGroup,
      declared: plan.stakeholderGroups,
    },
    { label: t('polls.by-region'), counts: tally.byRegion, declared: plan.regions },
    {
      label: t('polls.by-breakout-group'),
      counts: tally.byBreakoutGroup,
      declared: plan.groups.map(({ id, number, name }) => ({ id, name: `${number} ${name}` })),
    },
  ];
  // By stakeholder group a verdict stands above already.
  const shown = isJudged
    ? divisions.slice(1)
    : divisions.filter(({ counts }) => partTable(poll, counts) !== null);
  if (shown.length === 0) return null;
  return (
    <div className={styles['fold']}>
      <FoldButton open={open} onToggle={() => setOpen(!open)}>
        {t(isJudged ? 'polls.other-parts' : 'polls.all-parts')}
      </FoldButton>
      {open && (
        <>
          {shown.map(({ label, counts, declared }) => (
            <section key={label} className={styles['part']} aria-label={label}>
              {isJudged && <h3 className={styles['small']}>{label}</h3>}
              {isJudged ? (
                <SupportLines
                  label={label}
                  lines={supportLines(kind, counts)}
                  declared={declared}
                  threshold={null}
                />
              ) : (
                <PartColumns poll={poll} label={label} counts={counts} declared={declared} />
              )}
            </section>
          ))}
          {isJudged && kind !== 'agree' && (
            <section className={styles['part']} aria-label={t('polls.by-step')}>
              <h3 className={styles['small']}>{t('polls.by-step')}</h3>
              <Bars
                label={t('polls.by-step')}
                bars={stepNames(kind, t).map((name, index) => ({
                  id: String(index + 1),
                  name,
                  value: tally.all.by[String(index + 1)] ?? 0,
                }))}
                most={tally.all.ballots}
              />
            </section>
          )}
        </>
      )}
    </div>
  );
}
