import { type Ticket, ticketLink } from '../../../src/core/protocol/ticket.ts';
import type { Group } from '../../../src/core/session/model.ts';
import { plainAddress } from '../../session/hub-store.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { dayOf, timeOfDay } from '../../shared/time-of-day.ts';
import { MAX_QR_CHARACTERS } from './invitation.ts';
import { QrCode } from './qr-code.tsx';
import styles from './sheet.module.css';

export interface SheetProps {
  readonly title: string;
  readonly group: Pick<Group, 'number' | 'name'>;
  readonly ticket: Ticket;
}

/** A page of paper for one group: how to get in, for somebody who has never seen Caucus. */
export function Sheet({ title, group, ticket }: SheetProps) {
  const t = useT();
  const language = useLanguage();
  const { number, name } = group;
  const link = ticketLink(ticket);
  const fits = link.length <= MAX_QR_CHARACTERS;
  // Off the network the ticket names this laptop itself, which is nowhere for others.
  const [address] = ticket.addresses.filter((one) => !one.includes('//localhost'));
  return (
    <article className={styles['sheet']} data-sheet={number}>
      <p className={styles['session']} dir="auto">
        {title === '' ? ticket.title : title}
      </p>
      <h1 className={styles['group']}>
        <span className={styles['number']}>{number}</span> <bdi>{name}</bdi>
      </h1>
      <p>{t('sheet.for', { number })}</p>
      <ol className={styles['steps']}>
        <li>{t('sheet.open')}</li>
        <li>{t(fits ? 'sheet.scan' : 'sheet.no-scan')}</li>
        <li>
          {address === undefined ? (
            t('sheet.no-address')
          ) : (
            <>
              {t('sheet.ask', { number })}{' '}
              <bdi className={styles['address']} dir="ltr">
                {plainAddress(address)}
              </bdi>
            </>
          )}
        </li>
      </ol>
      {fits && (
        <div className={styles['code']}>
          <QrCode text={link} label={t('sheet.code', { number, group: name })} />
        </div>
      )}
      <p className={styles['small']}>
        {t('sheet.expires', {
          day: dayOf(ticket.expiresAt, language),
          time: timeOfDay(ticket.expiresAt, language),
        })}{' '}
        {t('sheet.secret')}
      </p>
    </article>
  );
}
