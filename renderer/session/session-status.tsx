import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { StatusLine } from '../shared/status-line.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
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
  const path =
    (groupId === null ? undefined : status.groups.get(groupId))?.path ?? status.plan.path;
  return (
    <StatusLine tone={tone} words={words}>
      <p className={styles['words']}>
        {t(status.plenary ? 'status.about-plenary' : 'status.about')}
      </p>
      {!status.plenary && <p className={styles['words']}>{t(`status.path-${path}`)}</p>}
      {!status.plenary && <Addresses session={session} />}
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

function Addresses({ session }: { readonly session: OpenedSession }) {
  const t = useT();
  const { app } = useAppParts();
  const known = useStore(
    app.sessions,
    (records) =>
      records.find(({ sessionId }) => sessionId === session.record.sessionId)?.addresses ??
      session.record.addresses,
  );
  const [address, setAddress] = useState('');
  const [outcome, setOutcome] = useState<'added' | 'not-an-address' | null>(null);
  const add = async (): Promise<void> => {
    const result = await session.addAddress(address);
    setOutcome(result);
    if (result === 'added') setAddress('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void add();
  };
  return (
    <>
      <section>
        <h3 className={styles['heading']}>{t('status.addresses')}</h3>
        {known.length === 0 ? (
          <p className={styles['words']}>{t('status.no-addresses')}</p>
        ) : (
          <ul className={styles['addresses']} dir="ltr">
            {known.map((one) => (
              <li key={one}>{one.replace(/^wss?:\/\//u, '')}</li>
            ))}
          </ul>
        )}
      </section>
      <form className={styles['add']} onSubmit={onSubmit}>
        <TextField
          label={t('status.another-address')}
          description={t('status.another-address-help')}
          placeholder="192.168.4.20:4711"
          value={address}
          onChange={setAddress}
          error={outcome === 'not-an-address' ? t('status.not-an-address') : null}
        />
        <Button type="submit" size="small" isDisabled={address.trim() === ''}>
          {t('status.try-address')}
        </Button>
        <output className={styles['words']}>
          {outcome === 'added' ? t('status.address-added') : ''}
        </output>
      </form>
    </>
  );
}
