import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useStore } from 'zustand';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { plainAddress } from './hub-store.ts';
import { usePlenary } from '../plenary-context.ts';
import { RoomDoor } from './room-door.tsx';
import styles from './people.module.css';

/** In the top bar: whether laptops in the room reach this one, and where. */
export function OpenToRoom() {
  const t = useT();
  const { hub } = usePlenary();
  const { state } = useStore(hub.view);
  const [address] = state?.addresses ?? [];
  const words =
    state?.openToNetwork !== true
      ? t('plenary.open-to-room')
      : address === undefined
        ? t('plenary.open-no-address')
        : t('plenary.open-at', { address: plainAddress(address) });
  return (
    <DialogTrigger>
      <Button size="small" variant={state?.openToNetwork === true ? 'quiet' : 'secondary'}>
        {words}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom end">
        <Dialog className={styles['door'] ?? ''} aria-label={words}>
          <RoomDoor />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
