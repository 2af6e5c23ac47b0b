import { useState } from 'react';
import type { SessionRecord } from '../../src/browser/app/types.ts';
import { routeHash } from '../routes.ts';
import { homeOf } from '../session/places.ts';
import { MenuButton } from '../shared/menu-button.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { useNow } from '../shared/use-now.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { openedWords, roleKey } from './session-words.ts';
import styles from './session-list.module.css';

export function SessionList({ sessions }: { readonly sessions: readonly SessionRecord[] }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow(60_000);
  const [leaving, setLeaving] = useState<SessionRecord | null>(null);
  return (
    <>
      <ul className={styles['list']} aria-label={t('start.list')}>
        {sessions.map((record) => (
          <li key={record.sessionId} className={styles['row']}>
            <a className={styles['open']} href={routeHash(homeOf(record))}>
              <span className={styles['title']} dir="auto">
                {record.title}
              </span>
              <span className={styles['role']}>
                {t(roleKey(record))}
                {record.role !== 'facilitator' && (
                  <> · {t('start.groups', { count: record.groups.size })}</>
                )}
              </span>
              <span className={styles['when']}>
                {openedWords(record.openedAt, now, language, t)}
              </span>
            </a>
            <MenuButton
              label={t('start.session-menu', { title: record.title })}
              icon="more"
              size="small"
              choices={[
                {
                  id: 'remove',
                  name: t('start.remove'),
                  danger: true,
                  onAction: () => setLeaving(record),
                },
              ]}
            />
          </li>
        ))}
      </ul>
      {leaving !== null && <RemoveDialog record={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}
