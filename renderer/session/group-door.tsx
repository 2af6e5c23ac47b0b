import { useState } from 'react';
import { useStore } from 'zustand';
import { QrCode } from '../plenary/people/qr-code.tsx';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { AddressList } from './address-list.tsx';
import { DoorButtons } from './door-buttons.tsx';
import { Fold } from './fold.tsx';
import { useHub } from './hub-context.ts';
import { plainAddress } from './hub-store.ts';
import styles from './session-status.module.css';

/** Lets a group's two laptops go on together while the plenary laptop is away. */
export function GroupDoor() {
  const t = useT();
  const hub = useHub();
  const { state, failure, working, wanted, again } = useStore(hub.view);
  const [scanning, setScanning] = useState(false);
  const isOpen = state?.openToNetwork === true;
  return (
    <Fold title={t('status.door')} openFirst={isOpen || wanted} answer={isOpen && !scanning}>
      {isOpen && again && <p className={styles['words']}>{t('status.door-again')}</p>}
      {isOpen ? (
        <OpenDoor addresses={state.addresses} scanning={scanning} />
      ) : (
        failure === null && (
          <p className={styles['words']}>
            {t(wanted && !working ? 'status.door-opening-again' : 'status.door-why')}
          </p>
        )
      )}
      {failure !== null && (
        <p className={styles['failure']} role="alert">
          {t(`plenary.open-failed-${failure}`)}
        </p>
      )}
      <DoorButtons hub={hub} toOpen={t('status.door-open')} toClose={t('status.door-close')}>
        {isOpen && state.addresses.length > 0 && (
          <Button size="small" variant="quiet" onPress={() => setScanning(!scanning)}>
            {t(scanning ? 'status.door-qr-hide' : 'status.door-qr')}
          </Button>
        )}
      </DoorButtons>
    </Fold>
  );
}

interface OpenDoorProps {
  readonly addresses: readonly string[];
  /** Whether the address is shown to be scanned. */
  readonly scanning: boolean;
}

function OpenDoor({ addresses, scanning }: OpenDoorProps) {
  const t = useT();
  const [first] = addresses;
  if (first === undefined) {
    return <p className={styles['words']}>{t('status.door-no-network')}</p>;
  }
  const address = plainAddress(first);
  return (
    <>
      <p className={styles['words']}>{t('status.door-where')}</p>
      <AddressList addresses={addresses} />
      {scanning && (
        <div className={styles['qr']}>
          <QrCode text={address} label={t('status.door-qr-of', { address })} />
        </div>
      )}
    </>
  );
}
