import { createElement, type ReactNode } from 'react';
import type {
  Block,
  Callout,
  Contents,
  Entry,
  Facts,
  Heading,
  Line,
  Paragraph,
  Table,
} from '../../src/core/report/model.ts';
import { classes } from '../shared/classes.ts';
import { isTypedAlone, LineView, Reference } from './line-view.tsx';
import { numbered } from './numbered.ts';
import styles from './report-preview.module.css';
import tables from './report-table.module.css';
import { idOfAnchor } from './use-report-places.ts';

/** Any block of the report but the record of notes, which folds. */
export function BlockView({ block }: { readonly block: Exclude<Block, { kind: 'notes' }> }) {
  if (block.kind === 'heading') return <HeadingView heading={block} />;
  if (block.kind === 'paragraph') return <ParagraphView paragraph={block} />;
  if (block.kind === 'contents') return <ContentsView contents={block} />;
  if (block.kind === 'callout') return <CalloutView callout={block} />;
  if (block.kind === 'facts') return <FactsView facts={block} />;
  return block.kind === 'entry' ? <EntryView entry={block} /> : <TableView table={block} />;
}

/** The session's title is the heading above the report's own. */
function HeadingView({ heading }: { readonly heading: Heading }) {
  const { level, anchor, text } = heading;
  return createElement(
    `h${level + 2}`,
    { id: idOfAnchor(anchor), className: styles[`heading${level}`], tabIndex: -1, dir: 'auto' },
    text,
  );
}

const directionOf = (line: Line): { dir?: 'auto' } => (isTypedAlone(line) ? { dir: 'auto' } : {});

function ParagraphView({ paragraph }: { readonly paragraph: Paragraph }) {
  const { tone, line } = paragraph;
  return (
    <p className={styles[tone]} {...directionOf(line)}>
      <LineView line={line} />
    </p>
  );
}

function ContentsView({ contents }: { readonly contents: Contents }) {
  return (
    <div className={styles['contents']}>
      <p className={styles['label']}>{contents.title}</p>
      <ul>
        {contents.entries.map(({ text, anchor }) => (
          <li key={anchor}>
            <Reference anchor={anchor} label={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CalloutView({ callout }: { readonly callout: Callout }) {
  return (
    <div className={styles['callout']}>
      <p className={styles['calloutTitle']}>{callout.title}</p>
      <ul>
        {numbered(callout.lines).map(({ key, item }) => (
          <li key={key}>
            <LineView line={item} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function FactsView({ facts }: { readonly facts: Facts }) {
  return (
    <dl className={styles['facts']}>
      {facts.rows.map(({ term, line }) => (
        <div key={term} className={styles['fact']}>
          <dt>{term}</dt>
          <dd>
            <LineView line={line} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function EntryView({ entry }: { readonly entry: Entry }) {
  const { label, weight, text, details, trail } = entry;
  return (
    <div className={classes(styles['entry'], weight === 'lead' && styles['lead-entry'])} data-mark>
      <div className={styles['entryLabel']}>
        <LineView line={[label]} />
      </div>
      <div className={styles['entryBody']}>
        <p className={styles['entryText']} {...directionOf(text)}>
          <LineView line={text} />
        </p>
        {numbered(details).map(({ key, item }) => (
          <p key={key} className={styles['detail']}>
            <LineView line={item} />
          </p>
        ))}
        {numbered(trail).map(({ key, item }) => (
          <p key={key} className={styles['trail']}>
            <LineView line={item} />
          </p>
        ))}
      </div>
    </div>
  );
}

function TableView({ table }: { readonly table: Table }) {
  const { caption, columns, rows } = table;
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  return (
    <TablePlace wide={columns.length > MOST_COLUMNS} name={caption}>
      <table className={tables['table']}>
        {caption !== '' && <caption>{caption}</caption>}
        <colgroup>
          {columns.map(({ title, width }) => (
            <col key={title} style={{ inlineSize: `${(100 * width) / whole}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ title, align }) => (
              <th key={title} scope="col" className={tables[align]}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(rows).map(({ key, item: { cells, total } }) => (
            <tr key={key} className={classes(total && tables['total'])}>
              {columns.map(({ title, align }, column) => (
                <td key={title} className={tables[align]}>
                  {numbered(cells[column] ?? []).map(({ key, item }) => (
                    <p key={key} {...directionOf(item)}>
                      <LineView line={item} />
                    </p>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TablePlace>
  );
}

/** More columns than this do not fit into a small window; the table then scrolls, by keyboard too. */
const MOST_COLUMNS = 5;

/** What scrolls has to be reached by the keyboard. */
const reachable = { tabIndex: 0 };

function TablePlace(props: {
  readonly wide: boolean;
  readonly name: string;
  readonly children: ReactNode;
}) {
  const { wide, name, children } = props;
  return wide ? (
    <section className={tables['tablePlace']} aria-label={name} {...reachable}>
      {children}
    </section>
  ) : (
    <div className={tables['tablePlace']}>{children}</div>
  );
}
