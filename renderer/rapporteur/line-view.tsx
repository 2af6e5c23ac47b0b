import { useState } from 'react';
import type { Inline, Line } from '../../src/core/report/model.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { numbered } from './numbered.ts';
import { ReportLink } from './report-link.tsx';
import styles from './report-preview.module.css';
import { idOfAnchor } from './use-report-places.ts';

/** A list of references may go on for thousands; so many pieces of a line are shown at first. */
const SHORT_LINE = 160;

/** A line of the report, with references that lead to their places. */
export function LineView({ line }: { readonly line: Line }) {
  const t = useT();
  const [whole, setWhole] = useState(false);
  const shown = whole || line.length <= SHORT_LINE ? line : line.slice(0, SHORT_LINE);
  const alone = isTypedAlone(line);
  return (
    <>
      {numbered(shown).map(({ key, item }) => (
        <InlineView key={key} inline={item} alone={alone} />
      ))}
      {shown !== line && (
        <>
          {' … '}
          <Button variant="quiet" size="small" onPress={() => setWhole(true)}>
            {t('report.show-all')}
          </Button>
        </>
      )}
    </>
  );
}

/** A text on its own sets the direction of its paragraph; within words of ours it is kept apart. */
export const isTypedAlone = (line: Line): boolean =>
  line.every(({ kind }) => kind === 'typed' || kind === 'reference');

function InlineView({ inline, alone }: { readonly inline: Inline; readonly alone: boolean }) {
  if (inline.kind === 'words') return inline.text;
  if (inline.kind === 'missing') return <em className={styles['missing']}>{inline.text}</em>;
  if (inline.kind === 'reference') return <Reference anchor={inline.anchor} label={inline.label} />;
  if (inline.kind === 'target') {
    return (
      <span id={idOfAnchor(inline.anchor)} className={styles['target']} tabIndex={-1}>
        {inline.label}
      </span>
    );
  }
  return alone ? (
    <span className={styles['typed']}>{inline.text}</span>
  ) : (
    <bdi className={styles['typed']}>{inline.text}</bdi>
  );
}

export function Reference(props: { readonly anchor: string; readonly label: string }) {
  return (
    <ReportLink anchor={props.anchor} className={styles['reference']}>
      {props.label}
    </ReportLink>
  );
}
