import { type FormEvent, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { readTicket } from '../../src/core/protocol/ticket.ts';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { Link } from '../shared/link.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { Page } from '../shared/page.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useNow } from '../shared/use-now.ts';
import { TicketFound } from './ticket-found.tsx';
import { useJoin } from './use-join.ts';
import styles from './join-screen.module.css';

/** A ticket may expire while it stands in the field. */
const LOOK_AT_CLOCK_MS = 5_000;

/** Takes a ticket, says what it opens, and opens it. */
export function JoinScreen() {
  const t = useT();
  const { inbox, machine } = useAppParts();
  const { text, fault } = useStore(inbox.draft);
  const { join, working, refusal } = useJoin();
  const now = useNow(LOOK_AT_CLOCK_MS);
  const ticket = text.trim() === '' ? null : readTicket(text, now);

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
  const submit = (): void => {
    if (ticket?.ok === true && !working) join(ticket.ticket);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };
  // A ticket has one line: Enter says "join", as in any other field.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
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
          onKeyDown={onKeyDown}
          error={problem}
        />
        <Button size="small" icon="file" onPress={() => void chooseFile()}>
          {t('join.choose-file')}
        </Button>
        <div className={styles['found']} aria-live="polite">
          {ticket?.ok === true && <TicketFound ticket={ticket.ticket} />}
        </div>
        <Button
          type="submit"
          variant="primary"
          size="large"
          isDisabled={ticket?.ok !== true || working}
        >
          {t('join.submit')}
        </Button>
        <p className={styles['other']}>
          <Link to={{ screen: 'ask' }} look="inline">
            {t('join.no-ticket')}
          </Link>
        </p>
      </form>
    </Page>
  );
}
