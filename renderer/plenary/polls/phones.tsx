import { useStore } from 'zustand';
import { DoorButtons } from '../../session/door-buttons.tsx';
import { Notice } from '../../shared/notice.tsx';
import { useT } from '../../shared/messages.tsx';
import { QrCode } from '../people/qr-code.tsx';
import { usePlenary } from '../plenary-context.ts';
import { phoneAddress, usePhoneAddresses } from './phone-address.ts';
import { useLive, useVotingDesk } from './voting-desk-context.ts';
import styles from './phones.module.css';

/** Where phones get in and how many there are; the one next step where they cannot. */
export function Phones() {
  const t = useT();
  const { hub, session } = usePlenary();
  const desk = useVotingDesk();
  const open = useStore(hub.view, ({ state }) => state?.openToNetwork === true);
  const [address] = usePhoneAddresses();
  const { voters, trouble, partsLeftOut } = useLive((live) => live);
  if (!session.record.plenary || desk === null) {
    return <p className={styles['elsewhere']}>{t('polls.phones-elsewhere')}</p>;
  }
  if (!open) {
    return (
      <div className={styles['closed']}>
        <p>{t('polls.phones-closed')}</p>
        <DoorButtons
          hub={hub}
          toOpen={t('plenary.open-to-room')}
          toClose={t('plenary.close-room')}
          primary
        />
      </div>
    );
  }
  return (
    <>
      {trouble !== null && <Notice tone="bad">{t(`polls.trouble-${trouble}`)}</Notice>}
      {partsLeftOut > 0 && (
        <Notice tone="wait">{t('polls.parts-left-out', { count: partsLeftOut })}</Notice>
      )}
      <p className={styles['line']}>
        <span>
          {t('polls.phones-at')}{' '}
          <bdi className={styles['address']} dir="ltr">
            {address === undefined ? t('plenary.open-no-address') : phoneAddress(address)}
          </bdi>
        </span>
        <span>{t('polls.phones-there', { count: voters?.connected ?? 0 })}</span>
      </p>
    </>
  );
}

/** For the room: the code, the address, and what the network sees of a vote. */
export function PhonesForRoom() {
  const t = useT();
  const [address] = usePhoneAddresses();
  if (address === undefined)
    return <p className={styles['roomNote']}>{t('polls.phones-closed')}</p>;
  return (
    <aside className={styles['room']} aria-label={t('polls.phones-join')}>
      <div className={styles['code']}>
        <QrCode text={phoneAddress(address)} label={t('polls.phones-code')} />
      </div>
      <p className={styles['roomAddress']} dir="ltr">
        {phoneAddress(address)}
      </p>
      <p className={styles['roomNote']}>{t('polls.phones-honest')}</p>
    </aside>
  );
}
