import type { OpenedSession, SessionFileContents } from '../../src/browser/app/types.ts';
import { GroupBadge } from '../shared/group-badge.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import { useView } from '../shared/use-view.ts';
import {
  groupWords,
  knownIn,
  listed,
  momentWords,
  planWords,
  reportWords,
  sourceWords,
} from './file-words.ts';
import styles from './session-file-dialog.module.css';

export interface FileContentsProps {
  readonly session: OpenedSession;
  readonly contents: SessionFileContents;
}

/** Whose file it is, and when it was saved. */
export function FileFacts({ session, contents }: FileContentsProps) {
  const t = useT();
  const language = useLanguage();
  const { groups } = useView(session.plan.view);
  const { from, since, savedAt, ownFile, unsigned, leftOut, former } = contents;
  return (
    <>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('file.from')}</dt>
          <dd>{ownFile ? t('file.from-here') : sourceWords(from, groups, t)}</dd>
        </div>
        <div>
          <dt>{t('file.saved-at')}</dt>
          <dd>
            {momentWords(savedAt, language, t)}
            {!ownFile && <span className={styles['soft']}> {t('file.by-its-clock')}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('file.holds')}</dt>
          <dd>
            {since === null
              ? t('file.holds-all')
              : t('file.holds-lacking', { time: timeOfDay(since, language) })}
          </dd>
        </div>
      </dl>
      {former !== undefined && !ownFile && <p>{t(`file.former-${former}`)}</p>}
      {unsigned && !ownFile && <p>{t('file.unsigned')}</p>}
      {leftOut > 0 && <p>{t('file.left-out', { count: leftOut })}</p>}
    </>
  );
}

/** What a file has, group by group: what is new here, and how much is known. */
export function FileChanges(props: FileContentsProps & { readonly takenIn?: boolean }) {
  const { session, contents, takenIn = false } = props;
  const t = useT();
  const language = useLanguage();
  const plan = useView(session.plan.view);
  const { groups } = contents;
  const named = plan.groups.flatMap((group) => {
    const found = groups.find(({ groupId }) => groupId === group.id);
    return found === undefined ? [] : [{ group, found }];
  });
  // A laptop without the plan does not know its groups by name.
  const unnamed = groups.filter(({ groupId }) => !plan.groups.some(({ id }) => id === groupId));
  const words = (list: readonly string[]): string =>
    list.length === 0 ? t('file.nothing-new-there') : listed(list, language);
  return (
    <ul className={styles['changes']} aria-label={t('file.of')}>
      {named.map(({ group, found }) => (
        <li key={group.id}>
          <GroupBadge
            number={group.number}
            name={group.name === '' ? t('file.group', { number: group.number }) : group.name}
          />
          <span>
            {words(groupWords(found, t))}
            {!takenIn && knownIn(found) > 0 && (
              <span className={styles['soft']}>
                {' · '}
                {t('file.known', { count: knownIn(found) })}
              </span>
            )}
          </span>
        </li>
      ))}
      {unnamed.map((found) => (
        <li key={found.groupId}>
          <span>{t('file.a-group')}</span>
          <span>{words(groupWords(found, t))}</span>
        </li>
      ))}
      {contents.plan !== null &&
        (contents.plan.news > 0 || session.record.role !== 'facilitator') && (
          <li>
            <span>{t('file.plan')}</span>
            <span>{words(planWords(contents.plan, t))}</span>
          </li>
        )}
      {contents.report !== undefined && (
        <li>
          <span>{t('file.report')}</span>
          <span>{words(reportWords(contents.report, t))}</span>
        </li>
      )}
    </ul>
  );
}
