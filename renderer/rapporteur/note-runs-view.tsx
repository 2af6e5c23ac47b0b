import type { NoteRow, NoteTable } from '../../src/core/report/model.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { isTypedAlone, LineView } from './line-view.tsx';
import { type NoteRun, runsOf } from './note-runs.ts';
import { numbered } from './numbered.ts';
import styles from './report-preview.module.css';

export interface NoteRunsViewProps {
  readonly table: NoteTable;
  /** Whether runs that nobody has folded or unfolded are shown. */
  readonly openAtFirst: boolean;
  readonly unfolded: ReadonlyMap<string, boolean>;
  readonly onFold: (run: string, open: boolean) => void;
}

/** The record of a group's notes; where there are many, in runs that a person unfolds. */
export function NoteRunsView({ table, openAtFirst, unfolded, onFold }: NoteRunsViewProps) {
  return runsOf(table).map((run) => (
    <RunView
      key={run.id}
      table={table}
      run={run}
      open={unfolded.get(run.id) ?? openAtFirst}
      {...(!openAtFirst && { onFold: (open: boolean) => onFold(run.id, open) })}
    />
  ));
}

interface RunViewProps {
  readonly table: NoteTable;
  readonly run: NoteRun;
  readonly open: boolean;
  /** Left out where all notes are shown anyway. */
  readonly onFold?: (open: boolean) => void;
}

function RunView({ table, run, open, onFold }: RunViewProps) {
  const t = useT();
  const first = run.rows[0]?.label.label ?? '';
  const last = run.rows.at(-1)?.label.label ?? '';
  return (
    <>
      {onFold !== undefined && (
        <div className={styles['run']}>
          <span className={styles['runName']}>
            {t('report.run', { first, last, count: run.rows.length })}
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
      )}
      {open && <NotesTable table={table} rows={run.rows} />}
    </>
  );
}

function NotesTable(props: { readonly table: NoteTable; readonly rows: readonly NoteRow[] }) {
  const { note, about, text, from } = props.table.columns;
  return (
    <div className={styles['tablePlace']}>
      <table className={styles['notes']}>
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
                <p className={styles['time']}>{row.time}</p>
              </td>
              <td>
                <p className={styles['noteText']} {...(isTypedAlone(row.text) && { dir: 'auto' })}>
                  <LineView line={row.text} />
                </p>
                {row.usedIn.length > 0 && (
                  <p className={styles['used']}>
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
