import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useAppParts, useGo } from '../app-context.tsx';
import { homeOf } from '../session/places.ts';
import { Button } from '../shared/button.tsx';
import { Link } from '../shared/link.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { Page } from '../shared/page.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { ClosedOffer } from './closed-offer.tsx';
import { ProtectionLine } from './protection-line.tsx';
import { SessionList } from './session-list.tsx';
import { WaitingFile } from './waiting-file.tsx';
import styles from './start-screen.module.css';

/** What is on this laptop, and the three ways to have more. */
export function StartScreen() {
  const t = useT();
  const go = useGo();
  const { app } = useAppParts();
  const sessions = useStore(app.sessions);
  const sample = useSample();
  const first = sessions.length === 0;

  if (first) {
    return (
      <Page title={t('start.first-title')} back={false}>
        <p className={styles['lead']}>{t('start.first-lead')}</p>
        <WaitingFile />
        <section className={styles['first']}>
          <p className={styles['words']}>{t('start.sample-words')}</p>
          <Button variant="primary" size="large" onPress={sample.start} isDisabled={sample.working}>
            {t('start.sample')}
          </Button>
        </section>
        <div className={styles['others']}>
          <JoinWay />
          <Way words={t('start.empty-words')}>
            <Button onPress={() => go({ screen: 'new' })}>{t('start.empty')}</Button>
          </Way>
        </div>
      </Page>
    );
  }
  return (
    <Page title={t('start.title')} back={false}>
      <RestoredNotice />
      <WaitingFile />
      <ClosedOffer />
      <SessionList sessions={sessions} />
      <div className={styles['others']}>
        <JoinWay />
        <Way words={t('start.sample-words')}>
          <Button onPress={sample.start} isDisabled={sample.working}>
            {t('start.sample')}
          </Button>
        </Way>
        <Way words={t('start.empty-words')}>
          <Button onPress={() => go({ screen: 'new' })}>{t('start.empty')}</Button>
        </Way>
      </div>
      <ProtectionLine />
    </Page>
  );
}

/** That something was lost and is back: nobody should have to find out by wondering. */
function RestoredNotice() {
  const t = useT();
  const { app } = useAppParts();
  const restored = useStore(app.restored);
  if (restored === null) return null;
  const { titles } = restored;
  return (
    <Notice tone="wait" action={{ words: t('shared.dismiss'), onPress: () => app.seenRestored() }}>
      {t('start.restored', { count: titles.length, title: titles[0] ?? '' })}
    </Notice>
  );
}

function Way(props: { readonly words: string; readonly children: ReactNode }) {
  return (
    <section className={styles['way']}>
      {props.children}
      <p className={styles['words']}>{props.words}</p>
    </section>
  );
}

/** Into somebody else's session: with a ticket, or by asking for one. */
function JoinWay() {
  const t = useT();
  const go = useGo();
  return (
    <section className={styles['way']}>
      <Button onPress={() => go({ screen: 'join' })}>{t('start.join')}</Button>
      <p className={styles['words']}>
        {t('start.join-words')}{' '}
        <Link to={{ screen: 'ask' }} look="inline">
          {t('start.ask')}
        </Link>
      </p>
    </section>
  );
}

/** Makes a session from the sample and goes there. */
function useSample(): { readonly working: boolean; readonly start: () => void } {
  const t = useT();
  const go = useGo();
  const { app } = useAppParts();
  const notices = useNotices();
  const [working, setWorking] = useState(false);
  const start = async (): Promise<void> => {
    setWorking(true);
    try {
      const { sampleInput } = await import('./sample-input.ts');
      const result = await app.create(sampleInput);
      if (result.ok) go(homeOf(result.record));
      else notices.complain(t(`create-fault.${result.reason}`));
    } finally {
      setWorking(false);
    }
  };
  return { working, start: () => void start() };
}
