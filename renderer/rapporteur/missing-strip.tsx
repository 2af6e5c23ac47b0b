import type { ReactNode } from 'react';
import type { Plan } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { GroupBadge } from '../shared/group-badge.tsx';
import { Icon } from '../shared/icon.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import styles from './missing-strip.module.css';
import { type GroupLack, type Missing, nextStep, type Place, placesOf } from './what-is-missing.ts';

export interface MissingStripProps {
  readonly missing: readonly Missing[];
  readonly plan: Plan;
  readonly onGo: (place: Place) => void;
  /** At the end of the strip: the export. */
  readonly children: ReactNode;
}

/** What the report still lacks, in words that lead there, and the one next step. */
export function MissingStrip({ missing, plan, onGo, children }: MissingStripProps) {
  const t = useT();
  const next = nextStep(missing);
  return (
    <section className={styles['strip']} aria-label={t('report.missing')} data-region tabIndex={-1}>
      {missing.length === 0 ? (
        <p className={styles['nothing']}>
          <Icon name="check" />
          {t('report.nothing-missing')}
        </p>
      ) : (
        <>
          {next !== null && (
            <Button size="small" keys="Alt+N" onPress={() => onGo(next)}>
              <NextWords place={next} plan={plan} />
            </Button>
          )}
          <div className={styles['words']}>
            <h2 className={styles['title']}>{t('report.missing')}</h2>
            <ul className={styles['list']}>
              {missing.map((one) => (
                <li key={one.kind} className={styles['item']}>
                  <MissingWords missing={one} plan={plan} onGo={onGo} />
                </li>
              ))}
            </ul>
          </div>
        </>
      )}
      <div className={styles['end']}>{children}</div>
    </section>
  );
}

function NextWords({ place, plan }: { readonly place: Place; readonly plan: Plan }) {
  const t = useT();
  if (place.kind !== 'text') {
    const group =
      place.kind === 'group' ? plan.groups.find(({ id }) => id === place.groupId) : undefined;
    return t(`report.next-${place.kind}`, { number: group?.number ?? '' });
  }
  const { section } = place;
  if (section.section !== 'assessment') return t(`report.next-${section.section}`);
  const question = plan.questions.find(({ id }) => id === section.questionId);
  return t('report.next-assessment', { letter: question?.letter ?? '' });
}

interface MissingWordsProps {
  readonly missing: Missing;
  readonly plan: Plan;
  readonly onGo: (place: Place) => void;
}

function MissingWords({ missing, plan, onGo }: MissingWordsProps) {
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
        {missing.questions.map(({ id, letter }, index) => {
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
      {missing.groups.map((group, index) => (
        <GroupLink
          key={group.groupId}
          group={group}
          // What a group at work has not said yet is no question of when it was last heard.
          withTime={kind !== 'not-ready'}
          onPress={onGoToPlace(index)}
        />
      ))}
    </>
  );
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
