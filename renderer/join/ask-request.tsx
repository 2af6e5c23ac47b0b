import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Asking, AskOptions } from '../../src/browser/app/ask-to-join.ts';
import type { Ticket } from '../../src/core/protocol/ticket.ts';
import { useAppParts } from '../app-context.tsx';
import { plainAddress } from '../session/hub-store.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { FourWords } from './four-words.tsx';
import { changeBy } from './role-change.ts';
import { TicketFound } from './ticket-found.tsx';
import { useJoin } from './use-join.ts';
import styles from './join-screen.module.css';

export interface AskRequestProps {
  readonly asked: AskOptions;
  readonly onBack: () => void;
}

/** One request, from the first word to the answer. Leaving it takes it back. */
export function AskRequest({ asked, onBack }: AskRequestProps) {
  const { app } = useAppParts();
  const [asking] = useState(() => createStore<{ now: Asking | null }>(() => ({ now: null })));
  const now = useStore(asking, (held) => held.now);
  useEffect(() => {
    const started = app.askToJoin(asked);
    asking.setState({ now: started });
    return () => started.stop();
  }, [app, asked, asking]);
  return now && <Asked asking={now} asked={asked} onBack={onBack} />;
}

function Asked({ asking, asked, onBack }: AskRequestProps & { readonly asking: Asking }) {
  const t = useT();
  const view = useStore(asking.state);
  /** What the person says of the words; they are asked once, whenever that is. */
  const [same, setSame] = useState<boolean | null>(null);
  const differ = (): void => {
    asking.stop();
    setSame(false);
  };

  if (same === false) return <Ended words={t('ask.words-differ')} onBack={onBack} />;
  if (view.state === 'refused') return <Ended words={t('ask.refused')} onBack={onBack} />;
  if (view.state === 'ended') {
    return <Ended words={t(`ask.ended-${view.reason}`)} onBack={onBack} />;
  }
  if (view.state === 'admitted' && same === true) {
    return <Admitted ticket={view.ticket} onBack={onBack} />;
  }
  const takeBack = (
    <Button key="back" size="large" focusFirst onPress={onBack}>
      {t('ask.take-back')}
    </Button>
  );
  const words = view.state === 'reaching' ? null : view.words;
  return (
    <section className={styles['step']}>
      {/* One place for all that is to be read out, there from the first moment. */}
      <div aria-live="polite" className={styles['step']}>
        {words === null ? (
          <p>{t('ask.reaching', { address: plainAddress(asked.addresses[0] ?? '') })}</p>
        ) : (
          <>
            <p>{t('ask.compare', { name: asked.name })}</p>
            <FourWords words={words} label={t('ask.words')} />
          </>
        )}
        {view.state === 'admitted' && <p>{t('ask.admitted')}</p>}
        {same === true && <p>{t('ask.waiting')}</p>}
      </div>
      {words !== null && <p className={styles['reaches']}>{t('ask.compare-why')}</p>}
      <div className={styles['answers']}>
        {words === null || same === true ? (
          takeBack
        ) : (
          <>
            <Button
              key="same"
              variant="primary"
              size="large"
              focusFirst
              onPress={() => setSame(true)}
            >
              {t('ask.same')}
            </Button>
            <Button size="large" onPress={differ}>
              {t('ask.differ')}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

/** Joins at once, unless this laptop takes part already and that would change. */
function Admitted({ ticket, onBack }: { readonly ticket: Ticket; readonly onBack: () => void }) {
  const t = useT();
  const { app } = useAppParts();
  const { join, working, refusal } = useJoin();
  const [change] = useState(() => changeBy(ticket, app.sessions.getState()));
  const joinAtOnce = useEffectEvent(() => {
    if (change === null) join(ticket);
  });
  useEffect(() => joinAtOnce(), []);
  if (refusal !== null) return <Ended words={t(`create-fault.${refusal}`)} onBack={onBack} />;
  if (change === null) return <output>{t('ask.joining')}</output>;
  return (
    <section className={styles['step']}>
      <TicketFound ticket={ticket} />
      <Button
        variant="primary"
        size="large"
        focusFirst
        isDisabled={working}
        onPress={() => join(ticket)}
      >
        {t('join.submit')}
      </Button>
    </section>
  );
}

function Ended({ words, onBack }: { readonly words: string; readonly onBack: () => void }) {
  const t = useT();
  return (
    <section className={styles['step']}>
      <Notice tone="bad">{words}</Notice>
      <Button variant="primary" focusFirst onPress={onBack}>
        {t('ask.again')}
      </Button>
    </section>
  );
}
