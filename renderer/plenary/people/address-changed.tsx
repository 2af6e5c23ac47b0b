import { useState } from 'react';
import { useStore } from 'zustand';
import { plainAddress } from '../../session/hub-store.ts';
import { Button } from '../../shared/button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useT } from '../../shared/messages.tsx';
import { Notice } from '../../shared/notice.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { usePlenary } from '../plenary-context.ts';
import { type AddressChange, addressChange } from './handed-out.ts';
import { QrCode } from './qr-code.tsx';
import styles from './people.module.css';

const nowhere = [] as const;

/** Warns when this laptop is no longer where the tickets say that it is, until the moderator knows. */
export function AddressChanged() {
  const t = useT();
  const { hub, handedOut } = usePlenary();
  const now = useStore(hub.view, ({ state }) => state?.addresses ?? nowhere);
  const change = addressChange(useStore(handedOut.addresses), now);
  const [showing, setShowing] = useState(false);
  if (change === null) return null;
  return (
    <>
      <Notice
        tone="wait"
        action={{ words: t('plenary.address-show'), onPress: () => setShowing(true) }}
      >
        {t('plenary.address-changed', {
          from: plainAddress(change.from),
          to: plainAddress(change.to),
        })}
      </Notice>
      <NewAddress
        change={change}
        isOpen={showing}
        onClose={() => setShowing(false)}
        onKnown={() => handedOut.settle(now)}
      />
    </>
  );
}

interface NewAddressProps {
  readonly change: AddressChange;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onKnown: () => void;
}

/** The new address to be read aloud, copied or scanned. */
function NewAddress({ change, isOpen, onClose, onKnown }: NewAddressProps) {
  const t = useT();
  const notices = useNotices();
  const address = plainAddress(change.to);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      notices.say(t('plenary.address-copied', { address }));
    } catch (error) {
      // The browser may refuse it, for example while the window is not in front.
      if (!(error instanceof DOMException)) throw error;
      notices.complain(t('plenary.address-not-copied'));
    }
  };
  return (
    <Dialog
      title={t('plenary.address-new')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => void copy()}>{t('plenary.address-copy')}</Button>
          <Button
            variant="primary"
            onPress={() => {
              onKnown();
              onClose();
            }}
          >
            {t('plenary.address-known')}
          </Button>
        </>
      }
    >
      <p className={styles['newAddress']} dir="ltr">
        {address}
      </p>
      <p>{t('plenary.address-where-to-type')}</p>
      <div className={styles['smallQr']}>
        <QrCode text={address} label={t('plenary.address-qr', { address })} />
      </div>
    </Dialog>
  );
}
