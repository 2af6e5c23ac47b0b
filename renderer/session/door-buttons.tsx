import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import type { HubStore } from './hub-store.ts';
import styles from './session-status.module.css';

export interface DoorButtonsProps {
  readonly hub: HubStore;
  /** What the button says where other laptops cannot connect, and where they can. */
  readonly toOpen: string;
  readonly toClose: string;
  /** Whether to open is what the person came for. */
  readonly primary?: boolean;
  /** What else can be pressed, beside it. */
  readonly children?: ReactNode;
}

/**
 * Lets other laptops connect, or shuts them out. One button for both, and never disabled: below the
 * status or the top bar, the keyboard must not lose its place, or Escape closes nothing any more.
 */
export function DoorButtons(props: DoorButtonsProps) {
  const { hub, toOpen, toClose, primary = false, children } = props;
  const t = useT();
  const { state, working, wanted } = useStore(hub.view);
  const isOpen = state?.openToNetwork === true;
  return (
    <div className={styles['buttons']}>
      <Button
        size={primary && !isOpen ? 'medium' : 'small'}
        variant={primary && !isOpen ? 'primary' : 'secondary'}
        onPress={() => void (isOpen ? hub.close() : hub.open())}
      >
        {isOpen ? toClose : working ? t('plenary.opening') : toOpen}
      </Button>
      {children}
      {wanted && !isOpen && !working && (
        <Button
          size={primary ? 'medium' : 'small'}
          variant="quiet"
          onPress={({ target }) => {
            // This button goes away; the keyboard goes on at the one that stays.
            const other = target.parentElement?.firstElementChild;
            if (other instanceof HTMLElement) other.focus();
            void hub.close();
          }}
        >
          {t('plenary.leave-closed')}
        </Button>
      )}
    </div>
  );
}
