import { useMemo } from 'react';
import { useStore } from 'zustand';
import { unpackSessionFile } from '../../src/core/bundle/session-file.ts';
import { useAppParts, useGo } from '../app-context.tsx';
import { momentWords, refusalWords } from '../session-file/file-words.ts';
import { homeOf } from '../session/places.ts';
import { Button } from '../shared/button.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import styles from './waiting-file.module.css';

/**
 * A session file that was dropped or double-clicked while no session is open: which session it
 * belongs to, and the way there.
 */
export function WaitingFile() {
  const t = useT();
  const language = useLanguage();
  const go = useGo();
  const { app, files } = useAppParts();
  const file = useStore(files.waiting);
  const sessions = useStore(app.sessions);
  // Without keys it tells what stands open in it, and whether it is whole.
  const read = useMemo(() => (file === null ? null : unpackSessionFile(file.bytes, [])), [file]);
  if (file === null || read === null) return null;
  const dismiss = <Button onPress={files.clear}>{t('shared.dismiss')}</Button>;
  if (!read.ok) {
    return (
      <section className={styles['file']} role="status">
        <p className={styles['what']}>{t('start.file-refused', { name: file.name })}</p>
        <p>{refusalWords(read, [], language, t)}</p>
        <div className={styles['actions']}>{dismiss}</div>
      </section>
    );
  }
  const { sessionId, title, savedAt } = read.file;
  const record = sessions.find((one) => one.sessionId === sessionId) ?? null;
  return (
    <section className={styles['file']} role="status">
      <p className={styles['what']}>{t('start.file-of', { name: file.name, title })}</p>
      <p className={styles['soft']}>
        {t('start.file-saved', { when: momentWords(savedAt, language, t) })}
      </p>
      {record === null && <p>{t('start.file-needs-ticket')}</p>}
      <div className={styles['actions']}>
        {record === null ? (
          <Button variant="primary" onPress={() => go({ screen: 'join' })}>
            {t('start.join')}
          </Button>
        ) : (
          <Button variant="primary" onPress={() => go(homeOf(record))}>
            {t('start.file-open', { title: record.title })}
          </Button>
        )}
        {dismiss}
      </div>
    </section>
  );
}
