import { useState } from 'react';
import type { AskOptions } from '../../src/browser/app/ask-to-join.ts';
import { Link } from '../shared/link.tsx';
import { useT } from '../shared/messages.tsx';
import { Page } from '../shared/page.tsx';
import { AskForm, type Typed } from './ask-form.tsx';
import { AskRequest } from './ask-request.tsx';
import styles from './join-screen.module.css';

const nothing: Typed = { name: '', address: null };

/** Asks the plenary laptop for a ticket: who, where, four words to compare, and in. */
export function AskScreen() {
  const t = useT();
  const [typed, setTyped] = useState(nothing);
  const [asked, setAsked] = useState<AskOptions | null>(null);
  return (
    <Page title={t('ask.title')}>
      {asked === null ? (
        <>
          <p className={styles['lead']}>{t('ask.lead')}</p>
          <AskForm typed={typed} onType={setTyped} onAsk={setAsked} />
          <p className={styles['other']}>
            <Link to={{ screen: 'join' }} look="inline">
              {t('ask.have-ticket')}
            </Link>
          </p>
        </>
      ) : (
        <AskRequest asked={asked} onBack={() => setAsked(null)} />
      )}
    </Page>
  );
}
