import { type ReactNode, useState } from 'react';
import { Group } from 'react-aria-components/Group';
import { useStore } from 'zustand';
import { type Ticket, ticketLink } from '../../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import { useMachine } from '../../app-context.tsx';
import { invitedTo } from '../../session/hub-store.ts';
import { Button } from '../../shared/button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { usePlenary } from '../plenary-context.ts';
import { MAX_QR_CHARACTERS, ticketFileKind, ticketFileName } from './invitation.ts';
import { QrCode } from './qr-code.tsx';
import styles from './people.module.css';

export interface InvitationButtonsProps {
  readonly who: { readonly groupId: GroupId } | { readonly role: 'moderator' | 'rapporteur' };
  /** Whom the ticket is for, in words. */
  readonly name: string;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}

/** A ticket for one group or role: copied, saved as a file, or shown to be scanned. */
export function InvitationButtons({ who, name, children }: InvitationButtonsProps) {
  const t = useT();
  const notices = useNotices();
  const machine = useMachine();
  const { session, hub, handedOut } = usePlenary();
  const state = useStore(hub.view, (view) => view.state);
  const [showing, setShowing] = useState<string | null>(null);
  const makeTicket = (): Ticket => {
    if (state?.openToNetwork === true) handedOut.hand(state.addresses);
    return session.ticketFor(who, invitedTo(state), state?.hubId ?? null);
  };

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(ticketLink(makeTicket()));
      notices.say(t('plenary.copied', { name }));
    } catch (error) {
      // The browser may refuse it, for example while the window is not in front.
      if (!(error instanceof DOMException)) throw error;
      notices.complain(t('plenary.not-copied'));
    }
  };
  const save = async (): Promise<void> => {
    const ticket = makeTicket();
    const result = await machine.saveFile(
      ticketFileName(ticket.title, name),
      ticketFileKind(t('plenary.ticket-file')),
      new TextEncoder().encode(`${ticketLink(ticket)}\n`),
    );
    if (result.ok) notices.say(t('plenary.saved', { name }));
    else if (result.reason !== 'cancelled') notices.complain(t(`plenary.save-${result.reason}`));
  };
  return (
    <Group className={styles['ticket'] ?? ''} aria-label={t('plenary.ticket-for', { name })}>
      <Button size="small" onPress={() => void copy()}>
        {t('plenary.copy')}
      </Button>
      <Button size="small" onPress={() => void save()}>
        {t('plenary.save-file')}
      </Button>
      <Button size="small" onPress={() => setShowing(ticketLink(makeTicket()))}>
        {t('plenary.qr')}
      </Button>
      {children}
      <Dialog
        title={t('plenary.ticket-for', { name })}
        isOpen={showing !== null}
        onClose={() => setShowing(null)}
      >
        {showing !== null && showing.length > MAX_QR_CHARACTERS ? (
          <p>{t('plenary.qr-too-long')}</p>
        ) : (
          showing !== null && <QrCode text={showing} label={t('plenary.qr-of', { name })} />
        )}
        <p className={styles['help']}>{t('plenary.ticket-secret')}</p>
      </Dialog>
    </Group>
  );
}
