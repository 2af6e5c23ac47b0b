import { inDeclaredOrder } from '../../../src/core/consensus/declared-order.ts';
import { type PartTable, partTable } from '../../../src/core/consensus/part-table.ts';
import type { CountsByPart } from '../../../src/core/consensus/pool-small-parts.ts';
import type { Choice } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { partName, percent } from './poll-words.ts';
import styles from './part-columns.module.css';

export interface PartColumnsProps {
  readonly poll: Poll;
  readonly label: string;
  readonly counts: CountsByPart;
  readonly declared: readonly Pick<Choice, 'id' | 'name'>[];
}

/** A line for each part of the room and a column for each answer, for kinds without a verdict. */
export function PartColumns({ poll, label, counts, declared }: PartColumnsProps) {
  const t = useT();
  const language = useLanguage();
  const table = partTable(poll, counts);
  if (table === null) return null;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const cell: Readonly<Record<PartTable['cells'], (value: number) => string>> = {
    share: (value) => percent(value, language),
    loudness: (value) => percent(value, language),
    place: (value) => number.format(value),
    step: (value) => number.format(value),
  };
  const answers: Readonly<Record<string, string>> = {
    median: t('polls.median'),
    mean: t('polls.mean'),
    loudness: t('polls.loudness'),
    ...Object.fromEntries(poll.options.map(({ id, text }) => [id, text])),
  };
  const rows = table.parts.map((part, index) => ({ ...part, index }));
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {table.rows.map(({ key }) => (
              <th key={key} scope="col" dir="auto">
                {answers[key]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inDeclaredOrder(rows, declared).map(({ part, ballots, index }) => (
            <tr key={part}>
              <th scope="row" dir="auto">
                {partName(part, declared, t)}
                {ballots !== null && (
                  <span className={styles['of']}> {t('polls.of-answers', { count: ballots })}</span>
                )}
              </th>
              {table.rows.map(({ key, cells }) => (
                <td key={key}>{cell[table.cells](cells[index] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.cells === 'place' && <p className={styles['of']}>{t('polls.places')}</p>}
    </div>
  );
}
