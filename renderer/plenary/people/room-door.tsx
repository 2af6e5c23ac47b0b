import { useStore } from 'zustand';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { usePlenary } from '../plenary-context.ts';
import { plainAddress } from './hub-store.ts';
import styles from './people.module.css';

/** Opens the session to the laptops in the room, or says at which addresses it is open. */
export function RoomDoor() {
  const t = useT();
  const { hub } = usePlenary();
  const { state, failure, working } = useStore(hub.view);
  if (state?.openToNetwork === true) {
    return (
      <div className={styles['doorWords']}>
        <p>{t(state.addresses.length === 0 ? 'plenary.open-no-network' : 'plenary.open-where')}</p>
        <ul className={styles['addresses']} dir="ltr">
          {state.addresses.map((address) => (
            <li key={address}>{plainAddress(address)}</li>
          ))}
        </ul>
        <div>
          <Button size="small" isDisabled={working} onPress={() => void hub.close()}>
            {t('plenary.close-room')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles['doorWords']}>
      <p>{t('plenary.open-why')}</p>
      {failure !== null && (
        <p className={styles['failure']} role="alert">
          {t(`plenary.open-failed-${failure}`)}
        </p>
      )}
      <div>
        <Button variant="primary" isDisabled={working} onPress={() => void hub.open()}>
          {t(working ? 'plenary.opening' : 'plenary.open-to-room')}
        </Button>
      </div>
    </div>
  );
}
