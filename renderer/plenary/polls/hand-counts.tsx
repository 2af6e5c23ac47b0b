import { useState } from 'react';
import { isAgreementKind } from '../../../src/core/consensus/agreement.ts';
import { agreements } from '../../../src/core/consensus/poll.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { FoldButton } from '../fold-button.tsx';
import { usePlenary } from '../plenary-context.ts';
import styles from './hand-counts.module.css';

/** A show of hands beside a poll: for people without a phone, per stakeholder group. */
export function HandCounts({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const t = useT();
  const counted = plan.voting.handCounts.filter(({ pollId }) => pollId === poll.id);
  const sum = counted.reduce(
    (all, { by }) => all + Object.values(by).reduce((a, b) => a + b, 0),
    0,
  );
  const [open, setOpen] = useState(false);
  const agreement = isAgreementKind(poll.kind);
  const columns = agreement
    ? agreements.map((id) => ({ id: id as string, name: t(`polls.hand-${id}`) }))
    : poll.options.map(({ id, text }) => ({ id, name: text }));
  const rows = [
    ...(agreement ? plan.stakeholderGroups : []),
    { id: '', name: t(agreement ? 'polls.hands-not-asked' : 'polls.hands-all') },
  ];
  // Hands cannot rank, hum or write.
  if (columns.length === 0 || poll.kind === 'ranking') return null;
  return (
    <section className={styles['hands']} aria-label={t('polls.hands')}>
      <FoldButton open={open} onToggle={() => setOpen(!open)}>
        {sum === 0 ? t('polls.hands-none') : t('polls.hands-some', { count: sum })}
      </FoldButton>
      {open && (
        <>
          <p className={styles['help']}>{t('polls.hands-why')}</p>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('polls.stakeholder-group')}</th>
                {columns.map(({ id, name }) => (
                  <th key={id} scope="col" dir="auto">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row" dir="auto">
                    {row.name}
                  </th>
                  {columns.map((column) => (
                    <td key={column.id}>
                      <Count
                        poll={poll}
                        group={row.id}
                        answer={column.id}
                        label={`${row.name}: ${column.name}`}
                        by={counted.find((one) => one.stakeholderGroup === row.id)?.by ?? {}}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

interface CountProps {
  readonly poll: Poll;
  readonly group: string;
  readonly answer: string;
  readonly label: string;
  readonly by: Readonly<Record<string, number>>;
}

function Count({ poll, group, answer, label, by }: CountProps) {
  const { polls } = usePlenary();
  const known = by[answer] ?? 0;
  return (
    <TextField
      label={label}
      labelHidden
      inputMode="numeric"
      characters={4}
      value={known === 0 ? '' : String(known)}
      placeholder="0"
      onChange={(text) => {
        const count = text.trim() === '' ? 0 : Number(text);
        if (Number.isInteger(count)) polls.count(poll.id, group, { ...by, [answer]: count });
      }}
    />
  );
}
