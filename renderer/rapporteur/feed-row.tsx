import { Button } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import { classes } from '../shared/classes.ts';
import { GroupBadge } from '../shared/group-badge.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './feed-pane.module.css';
import type { FeedItem } from './feed.ts';

export interface FeedActions {
  readonly onShow: (item: FeedItem) => void;
  /** Puts a reference into the text that the rapporteur writes. */
  readonly onCite: (item: FeedItem) => void;
  /** Leaves a note out of the report, or takes it in again. */
  readonly onOmit: (item: FeedItem) => void;
  /** The session may be read only. */
  readonly mayWrite: boolean;
}

export interface FeedRowProps {
  readonly item: FeedItem;
  readonly isNew: boolean;
  readonly actions: FeedActions;
}

/** A note may be as long as a book; what is beyond this is in the report. */
const LONGEST = 600;

export function FeedRow({ item, isNew, actions }: FeedRowProps) {
  const t = useT();
  const { label, kind, state, groupNumber, groupName, noteKind, from, leadsTo } = item;
  const text = item.text.length > LONGEST ? `${item.text.slice(0, LONGEST)} …` : item.text;
  const leftOut = state === 'left-out';
  const facts = [
    ...(noteKind === null ? [] : [t(`report.kind-${noteKind}`)]),
    ...(from === '' ? [] : [from]),
  ];
  return (
    <GridListItem
      id={item.id}
      textValue={`${label} ${text.slice(0, 80)}`}
      className={classes(styles['row'], styles[kind], styles[state])}
      onAction={() => actions.onShow(item)}
    >
      <span className={styles['rowLabel']}>
        {isNew && (
          <span className={styles['isNew']}>
            <span className={styles['unseen']}>{t('report.is-new')}</span>
          </span>
        )}
        {label}
      </span>
      <div className={styles['rowBody']}>
        <p className={styles['rowText']} dir="auto">
          {text}
        </p>
        <div className={styles['meta']}>
          <span className={styles['facts']}>
            <GroupBadge number={groupNumber} size="small" />
            <span className={styles['unseen']}>{groupName}</span>
            {facts.map((fact) => (
              <bdi key={fact}>{fact}</bdi>
            ))}
            <Standing item={item} leadsTo={leadsTo} />
          </span>
          {actions.mayWrite && state !== 'withdrawn' && (
            <span className={styles['actions']}>
              <RowButton
                onPress={() => actions.onCite(item)}
                label={t('report.cite-one', { label })}
              >
                {t('report.cite')}
              </RowButton>
              {item.omittable !== null && (
                <RowButton
                  onPress={() => actions.onOmit(item)}
                  label={t(leftOut ? 'report.take-in-one' : 'report.leave-out-one', { label })}
                >
                  {t(leftOut ? 'report.take-in' : 'report.leave-out')}
                </RowButton>
              )}
            </span>
          )}
        </div>
      </div>
    </GridListItem>
  );
}

/** Whether it stands in the report, and what became of it. */
function Standing({ item, leadsTo }: Pick<FeedRowProps, 'item'> & Pick<FeedItem, 'leadsTo'>) {
  const t = useT();
  if (item.state === 'withdrawn') return <span>{t('report.withdrawn')}</span>;
  if (item.state === 'left-out') {
    return <span className={styles['leftOutWords']}>{t('report.left-out')}</span>;
  }
  const labels = leadsTo.map(({ label }) => label).join(', ');
  if (item.kind === 'note')
    return labels === '' ? null : <span>{t('report.used-in', { labels })}</span>;
  return (
    <span>{labels === '' ? t('report.not-merged') : t('report.merged-into', { labels })}</span>
  );
}

function RowButton(props: {
  readonly label: string;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <Button className={styles['rowButton'] ?? ''} aria-label={props.label} onPress={props.onPress}>
      {props.children}
    </Button>
  );
}
