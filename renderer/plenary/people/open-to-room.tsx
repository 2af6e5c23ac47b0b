import { useEffect, useEffectEvent } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useStore } from 'zustand';
import { type HubView, plainAddress } from '../../session/hub-store.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import type { Translate } from '../../shared/translate.ts';
import { usePlenary } from '../plenary-context.ts';
import { RoomDoor } from './room-door.tsx';
import styles from './people.module.css';

/** In the top bar: whether laptops in the room reach this one, and where. */
export function OpenToRoom() {
  const t = useT();
  const { hub } = usePlenary();
  const view = useStore(hub.view);
  useSaidAgain(view.again);
  const isOpen = view.state?.openToNetwork === true;
  const words = wordsOf(view, t);
  return (
    <DialogTrigger>
      <Button size="small" variant={isOpen ? 'quiet' : 'secondary'}>
        {words}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom end">
        <Dialog className={styles['door'] ?? ''} aria-label={t('plenary.open-to-room')}>
          <RoomDoor />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function wordsOf({ state, wanted, working }: HubView, t: Translate): string {
  if (state?.openToNetwork !== true) {
    return t(wanted && !working ? 'plenary.open-interrupted' : 'plenary.open-to-room');
  }
  const [address] = state.addresses;
  return address === undefined
    ? t('plenary.open-no-address')
    : t('plenary.open-at', { address: plainAddress(address) });
}

/** Says that the session was opened again without anybody pressing. */
function useSaidAgain(again: boolean): void {
  const t = useT();
  const notices = useNotices();
  const say = useEffectEvent(() => notices.say(t('plenary.open-again')));
  useEffect(() => {
    if (again) say();
  }, [again]);
}
