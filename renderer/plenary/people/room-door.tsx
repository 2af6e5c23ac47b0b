import { useStore } from 'zustand';
import { AddressList } from '../../session/address-list.tsx';
import { DoorButtons } from '../../session/door-buttons.tsx';
import type { HubView } from '../../session/hub-store.ts';
import { useT } from '../../shared/messages.tsx';
import type { MessageKey } from '../../shared/translate.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './people.module.css';

/** Opens the session to the laptops in the room, or says at which addresses it is open. */
export function RoomDoor() {
  const t = useT();
  const { hub } = usePlenary();
  const view = useStore(hub.view);
  const { state, failure, again } = view;
  const isOpen = state?.openToNetwork === true;
  return (
    <div className={styles['doorWords']}>
      {again && isOpen && <p className={styles['doorAgain']}>{t('plenary.open-again')}</p>}
      {failure === null && <p>{t(about(view))}</p>}
      {isOpen && <AddressList addresses={state.addresses} />}
      {failure !== null && (
        <p className={styles['failure']} role="alert">
          {t(`plenary.open-failed-${failure}`)}
        </p>
      )}
      <DoorButtons
        hub={hub}
        toOpen={t('plenary.open-to-room')}
        toClose={t('plenary.close-room')}
        primary
      />
    </div>
  );
}

function about({ state, wanted, working }: HubView): MessageKey {
  if (state?.openToNetwork === true) {
    return state.addresses.length === 0 ? 'plenary.open-no-network' : 'plenary.open-where';
  }
  return wanted && !working ? 'plenary.opening-again' : 'plenary.open-why';
}
