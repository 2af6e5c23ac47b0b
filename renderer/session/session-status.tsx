import { useEffect, useEffectEvent, useRef } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { useLanguage, useT } from '../shared/messages.tsx';
import { StatusLine } from '../shared/status-line.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import { Addresses } from './addresses.tsx';
import { GroupDoor } from './group-door.tsx';
import { SecondCopyLine } from './second-copy-line.tsx';
import { summariseStatus } from './status-summary.ts';
import styles from './session-status.module.css';

export interface SessionStatusLineProps {
  readonly session: OpenedSession;
  /** Of one group; left out or null for the whole session. */
  readonly groupId?: GroupId | null;
}

/** The session's status in words; pressed, it explains and takes another address. */
export function SessionStatusLine({ session, groupId = null }: SessionStatusLineProps) {
  const t = useT();
  const language = useLanguage();
  const status = useStore(session.status);
  const { tone, key, values, turn } = summariseStatus(status, groupId, (at) =>
    timeOfDay(at, language),
  );
  const words = t(key, values);
  useSpoken(words, turn);
  const part = (groupId === null ? undefined : status.groups.get(groupId)) ?? status.plan;
  return (
    <StatusLine tone={tone} words={words}>
      <p className={styles['truth']}>{words}</p>
      {!status.plenary && <p>{t(`status.path-${part.path}`)}</p>}
      {status.takenBack === true && <p>{t('status.taken-back-why')}</p>}
      <p className={styles['words']}>
        {t(status.plenary ? 'status.about-plenary' : 'status.about')}
      </p>
      <SecondCopyLine />
      {!status.plenary && <Addresses session={session} inContact={part.inContact} />}
      {!status.plenary && session.record.role === 'facilitator' && <GroupDoor />}
    </StatusLine>
  );
}

/** Has the words read out when it turns, but neither at first nor with every note. */
function useSpoken(words: string, turn: string): void {
  const notices = useNotices();
  const heard = useRef(turn);
  const speak = useEffectEvent(() => notices.announce(words));
  useEffect(() => {
    if (heard.current !== turn) speak();
    heard.current = turn;
  }, [turn]);
}
