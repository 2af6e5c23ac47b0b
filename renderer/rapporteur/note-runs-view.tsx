import { Fragment } from 'react';
import type { NoteRow, NoteTable } from '../../src/core/report/model.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { isTypedAlone, LineView } from './line-view.tsx';
import { foldOfTable, runsOf } from './note-runs.ts';
import { numbered } from './numbered.ts';
import styles from './report-preview.module.css';
import tables from './report-table.module.css';

export interface NoteRunsViewProps {
  readonly table: NoteTable;
  /** Whether the report is so short that nothing is folded away. */
  readonly allShown: boolean;
  readonly unfolded: ReadonlyMap<string, boolean>;
  readonly onFold: (id: string, open: boolean) => void;
}

/** The record of a group's notes; in a long report it unfolds, and a long one in runs. */
export function NoteRunsView({ table, allShown, unfolded, onFold }: NoteRunsViewProps) {
  if (allShown) return <NotesTable table={table} rows={table.rows} />;
  const id = foldOfTable(table);
  const open = unfolded.get(id) ?? false;
  const runs = runsOf(table);
  return (
    <>
      <Fold rows={table.rows} open={open} onFold={(to) => onFold(id, to)} />
      {open &&
        runs.map((run, index) => {
          const runOpen = unfolded.get(run.id) ?? index === 0;
          return (
            <Fragment key={run.id}>
              {runs.length > 1 && (
                <Fold rows={run.rows} open={runOpen} onFold={(to) => onFold(run.id, to)} />
              )}
              {runOpen && <NotesTable table={table} rows={run.rows} />}
            </Fragment>
          );
        })}
    </>
  );
}

interface FoldProps {
  readonly rows: readonly NoteRow[];
  readonly open: boolean;
  readonly onFold: (open: boolean) => void;
}

function Fold({ rows, open, onFold }: FoldProps) {
  const t = useT();
  const first = rows[0]?.label.label ?? '';
  const last = rows.at(-1)?.label.label ?? '';
  return (
    <div className={styles['run']}>
      <span className={styles['runName']}>
        {t('report.run', { first, last, count: rows.length })}
      </span>
      <Button
        variant="quiet"
        size="small"
        icon={open ? 'up' : 'down'}
        aria-expanded={open}
        aria-label={t(open ? 'report.hide-run' : 'report.show-run', { first, last })}
        onPress={() => onFold(!open)}
      >
        {t(open ? 'report.hide' : 'report.show')}
      </Button>
    </div>
  );
}

function NotesTable(props: { readonly table: NoteTable; readonly rows: readonly NoteRow[] }) {
  const { note, about, text, from } = props.table.columns;
  return (
    <div className={tables['tablePlace']}>
      <table className={tables['notes']}>
        <thead>
          <tr>
            <th scope="col">{note}</th>
            <th scope="col">{text}</th>
            <th scope="col">{about}</th>
            <th scope="col">{from}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.label.anchor} data-mark>
              <td>
                <p>
                  <LineView line={[row.label]} />
                </p>
                <p className={tables['time']}>{row.time}</p>
              </td>
              <td>
                <p className={tables['noteText']} {...(isTypedAlone(row.text) && { dir: 'auto' })}>
                  <LineView line={row.text} />
                </p>
                {row.usedIn.length > 0 && (
                  <p className={tables['used']}>
                    <LineView line={row.usedIn} />
                  </p>
                )}
              </td>
              <td>
                <Words lines={row.about} />
              </td>
              <td>
                <Words lines={row.from} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Words = ({ lines }: { readonly lines: readonly string[] }) =>
  numbered(lines).map(({ key, item }) => (
    <p key={key} dir="auto">
      {item}
    </p>
  ));
