import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import { readTicket, type Ticket } from '../../src/core/protocol/ticket.ts';
import { useAppParts, useGo } from '../app-context.tsx';
import { homeOf } from '../session/places.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { Page } from '../shared/page.tsx';
import { TextField } from '../shared/text-field.tsx';
import styles from './join-screen.module.css';

/** Takes a ticket, says what it opens, and opens it. */
export function JoinScreen() {
  const t = useT();
  const { inbox, machine } = useAppParts();
  const { text, fault } = useStore(inbox.draft);
  const { join, working, refusal } = useJoin();
  const ticket = text.trim() === '' ? null : readTicket(text);

  const chooseFile = async (): Promise<void> => {
    const result = await machine.openFile({
      description: t('join.file-kind'),
      mediaType: 'text/plain',
      extension: '.caucus-ticket',
    });
    if (result.ok) inbox.takeFile(result.file);
    else if (result.reason !== 'cancelled') {
      inbox.refuseFile(result.reason === 'too-large' ? 'too-large' : 'file');
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (ticket?.ok === true) join(ticket.ticket);
  };
  const problem =
    fault !== null
      ? t(`join.fault-${fault}`)
      : ticket?.ok === false
        ? t(`join.fault-${ticket.reason}`)
        : null;

  return (
    <Page title={t('join.title')}>
      <p className={styles['lead']}>{t('join.lead')}</p>
      {refusal !== null && <Notice tone="bad">{t(`create-fault.${refusal}`)}</Notice>}
      <form className={styles['form']} onSubmit={onSubmit}>
        <TextField
          label={t('join.ticket')}
          description={t('join.ticket-help')}
          placeholder="caucus://join#…"
          multiline
          focusFirst
          value={text}
          onChange={inbox.type}
          error={problem}
        />
        <Button size="small" icon="file" onPress={() => void chooseFile()}>
          {t('join.choose-file')}
        </Button>
        <div className={styles['found']} aria-live="polite">
          {ticket?.ok === true && <Found ticket={ticket.ticket} />}
        </div>
        <Button
          type="submit"
          variant="primary"
          size="large"
          isDisabled={ticket?.ok !== true || working}
        >
          {t('join.submit')}
        </Button>
      </form>
    </Page>
  );
}

/** What a ticket opens, in words. */
function Found({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const addresses = ticket.addresses.map((address) => address.replace(/^wss?:\/\//u, ''));
  return (
    <section className={styles['ticket']}>
      <h2 className={styles['opens']}>{t('join.opens')}</h2>
      <p className={styles['session']} dir="auto">
        {ticket.title}
      </p>
      <p>{t(`join.as-${ticket.role}`)}</p>
      {addresses.length > 0 && (
        <p className={styles['reaches']}>
          {t('join.reaches', { addresses: addresses.join(', ') })}
        </p>
      )}
    </section>
  );
}

type Refusal = 'invalid' | 'no-space' | 'storage-blocked';

function useJoin() {
  const { app, inbox } = useAppParts();
  const go = useGo();
  const [working, setWorking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run = async (ticket: Ticket): Promise<void> => {
    setWorking(true);
    try {
      const result = await app.join(ticket);
      if (!result.ok) {
        setRefusal(result.reason);
        return;
      }
      // The ticket holds secrets: it is not left standing in a field.
      inbox.type('');
      go(homeOf(result.record));
    } finally {
      setWorking(false);
    }
  };
  return { join: (ticket: Ticket): void => void run(ticket), working, refusal };
}
