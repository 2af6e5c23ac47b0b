import type { ReactNode } from 'react';
import type { Plan } from '../../src/core/session/model.ts';
import { GroupBadge } from '../shared/group-badge.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import styles from './missing-strip.module.css';
import { type GroupLack, type Missing, type Place, placesOf } from './what-is-missing.ts';

export interface MissingWordsProps {
  readonly missing: Missing;
  readonly plan: Plan;
  readonly onGo: (place: Place) => void;
}

/** Of so many groups or questions each is named; the others come up as these are done. */
const MOST_NAMED = 10;

/** One thing that is missing, in words that lead to its place. */
export function MissingWords({ missing, plan, onGo }: MissingWordsProps) {
  const t = useT();
  const places = placesOf(missing);
  const onGoToPlace = (index: number) => (): void => {
    const place = places[index];
    if (place !== undefined) onGo(place);
  };
  const { kind } = missing;
  if (kind === 'no-notes') return t('report.missing-no-notes');
  if (kind === 'no-contact') {
    return <NoContact lastContactAt={missing.lastContactAt} onOpenFile={onGoToPlace(0)} />;
  }
  if (kind === 'assessments') {
    return (
      <>
        {t('report.missing-assessments', { count: missing.questions.length })}{' '}
        {missing.questions.slice(0, MOST_NAMED).map(({ id, letter }, index) => {
          const title = plan.questions.find((question) => question.id === id)?.title ?? '';
          return (
            <PlaceLink
              key={id}
              label={t('report.label-assessment', { letter, title })}
              onPress={onGoToPlace(index)}
            >
              {letter}
            </PlaceLink>
          );
        })}
        <More count={missing.questions.length - MOST_NAMED} />
      </>
    );
  }
  if (kind === 'summary' || kind === 'advice' || kind === 'unmerged' || kind === 'unfinished') {
    const count = 'count' in missing ? missing.count : 1;
    return <PlaceLink onPress={onGoToPlace(0)}>{t(`report.missing-${kind}`, { count })}</PlaceLink>;
  }
  return (
    <>
      {t(`report.missing-${kind}`)}{' '}
      {missing.groups.slice(0, MOST_NAMED).map((group, index) => (
        <GroupLink
          key={group.groupId}
          group={group}
          // What a group at work has not said yet is no question of when it was last heard.
          withTime={kind !== 'not-ready'}
          onPress={onGoToPlace(index)}
        />
      ))}
      <More count={missing.groups.length - MOST_NAMED} />
    </>
  );
}

function More({ count }: { readonly count: number }) {
  const t = useT();
  return count > 0 ? <> {t('report.missing-more', { count })}</> : null;
}

function NoContact(props: {
  readonly lastContactAt: number | null;
  readonly onOpenFile: () => void;
}) {
  const { lastContactAt, onOpenFile } = props;
  const t = useT();
  const language = useLanguage();
  return (
    <>
      {lastContactAt === null
        ? t('report.missing-never-in-contact')
        : t('report.missing-no-contact', { time: timeOfDay(lastContactAt, language) })}{' '}
      <PlaceLink onPress={onOpenFile}>{t('report.missing-session-file')}</PlaceLink>
    </>
  );
}

interface GroupLinkProps {
  readonly group: GroupLack;
  readonly withTime: boolean;
  readonly onPress: () => void;
}

function GroupLink({ group, withTime, onPress }: GroupLinkProps) {
  const t = useT();
  const language = useLanguage();
  const { number, name, lastContactAt } = group;
  const time = withTime && lastContactAt !== null ? timeOfDay(lastContactAt, language) : null;
  const label =
    time === null
      ? t('report.missing-group', { number, name })
      : t('report.missing-group-since', { number, name, time });
  return (
    <PlaceLink label={label} onPress={onPress}>
      <GroupBadge number={number} size="small" />
      {time !== null && <span className={styles['time']}>{time}</span>}
    </PlaceLink>
  );
}

interface PlaceLinkProps {
  /** Read out in place of words that are only a letter or a number. */
  readonly label?: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function PlaceLink({ label, onPress, children }: PlaceLinkProps) {
  return (
    <button type="button" className={styles['link']} aria-label={label} onClick={onPress}>
      {children}
    </button>
  );
}
