import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../shared/button.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { isTyping } from '../../shared/keys.ts';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { AdmissionCodes } from './admission-codes.tsx';
import { DivisiveList } from './divisive-list.tsx';
import { Inbox } from './inbox.tsx';
import { KahootExport } from './kahoot-export.tsx';
import { Phones } from './phones.tsx';
import { PollForm } from './poll-form.tsx';
import { PollList } from './poll-list.tsx';
import { PollWork } from './poll-work.tsx';
import { SpeakerList } from './speaker-list.tsx';
import styles from './polls.module.css';

/** Asks the room, shows what it says, and who wants to speak. */
export function PollsPanel() {
  const t = useT();
  const { session, place, polls } = usePlenary();
  const plan = useView(session.plan.view);
  const chosen = useStore(place, ({ poll }) => poll);
  const all = plan.voting.polls;
  const selected =
    all.find(({ id }) => id === chosen) ??
    all.find(({ id }) => id === plan.voting.currentPollId) ??
    all.at(-1) ??
    null;

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || event.key.toLowerCase() !== 'o') return;
    if (selected === null || chosen === 'new') return;
    polls.toggle(selected);
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  return (
    <div className={styles['panel']}>
      <div className={styles['side']}>
        <PollList plan={plan} selected={chosen === 'new' ? null : (selected?.id ?? null)} />
        <DivisiveList plan={plan} />
        <AdmissionCodes plan={plan} />
        <KahootExport plan={plan} />
      </div>
      {/* Another poll is read from its beginning. */}
      <div key={chosen === 'new' ? chosen : selected?.id} className={styles['main']}>
        <Phones />
        {chosen === 'new' ? (
          <PollForm
            input={null}
            onCancel={() => place.setState({ poll: null })}
            onSave={(input) => polls.make(input)}
          />
        ) : selected === null ? (
          <EmptyState
            title={t('polls.empty')}
            example={t('polls.empty-example')}
            action={
              <Button variant="primary" onPress={() => place.setState({ poll: 'new' })}>
                {t('polls.new')}
              </Button>
            }
          >
            {t('polls.empty-why')}
          </EmptyState>
        ) : (
          <PollWork poll={selected} plan={plan} />
        )}
      </div>
      <div className={styles['floor']}>
        <SpeakerList plan={plan} />
        <Inbox plan={plan} />
      </div>
    </div>
  );
}
