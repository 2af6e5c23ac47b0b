import { useState } from 'react';
import { isAgreementKind } from '../../../src/core/consensus/agreement.ts';
import { agreements } from '../../../src/core/consensus/poll.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { disputedIn } from '../../../src/core/session/hand-counts.ts';
import type { EnteredCount, HandCount, Poll } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { FoldButton } from '../fold-button.tsx';
import { usePlenary } from '../plenary-context.ts';
import styles from './hand-counts.module.css';
import pollStyles from './polls.module.css';

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
          <p className={pollStyles['help']}>{t('polls.hands-why')}</p>
          <div className={styles['scroll']}>
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
                          entered={
                            counted.find((one) => one.stakeholderGroup === row.id)?.entered[
                              column.id
                            ] ?? []
                          }
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <Disputes
        counted={counted}
        nameOf={({ stakeholderGroup }, answer) =>
          `${rows.find(({ id }) => id === stakeholderGroup)?.name ?? t('polls.part-unknown')}, ${columns.find(({ id }) => id === answer)?.name ?? ''}`
        }
      />
    </section>
  );
}

interface CountProps {
  readonly poll: Poll;
  readonly group: string;
  readonly answer: string;
  readonly label: string;
  readonly entered: readonly EnteredCount[];
}

/**
 * One number. While a moderator writes in it, nothing that comes from another laptop takes its place:
 * what was not there when the writing began stays beside it, and one of the two is chosen.
 */
function Count({ poll, group, answer, label, entered }: CountProps) {
  const { polls, session } = usePlenary();
  const [seen, setSeen] = useState<readonly number[] | null>(null);
  const mine = entered.find(({ deviceId }) => deviceId === session.deviceId);
  const known = mine ?? entered.find(({ count }) => seen === null || seen.includes(count));
  return (
    <TextField
      label={label}
      labelHidden
      inputMode="numeric"
      characters={4}
      value={known === undefined ? '' : String(known.count)}
      placeholder="0"
      onFocus={() => setSeen(entered.map(({ count }) => count))}
      onBlur={() => setSeen(null)}
      onChange={(text) => {
        const count = text.trim() === '' ? 0 : Number(text);
        const over = seen ?? entered.map((one) => one.count);
        if (Number.isInteger(count)) polls.count(poll.id, group, { [answer]: count }, over);
      }}
    />
  );
}

interface DisputesProps {
  readonly counted: readonly HandCount[];
  readonly nameOf: (row: HandCount, answer: string) => string;
}

/** Two moderators have counted the same hands, and not come to the same. */
function Disputes({ counted, nameOf }: DisputesProps) {
  const t = useT();
  const { polls } = usePlenary();
  const disputes = counted.flatMap((row) =>
    disputedIn(row).map(({ answer, counts }) => ({ row, answer, counts })),
  );
  return disputes.map(({ row, answer, counts }) => (
    <div key={`${row.stakeholderGroup}/${answer}`} className={styles['dispute']} role="status">
      <p>{t('polls.hands-differ', { name: nameOf(row, answer), counts: counts.join(', ') })}</p>
      {counts.map((count) => (
        <Button
          key={count}
          size="small"
          onPress={() => polls.count(row.pollId, row.stakeholderGroup, { [answer]: count })}
        >
          {t('polls.hands-choose', { count })}
        </Button>
      ))}
    </div>
  ));
}
