import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { TextField } from '../shared/text-field.tsx';
import { Fold } from './fold.tsx';
import { useHub } from './hub-context.ts';
import { plainAddress } from './hub-store.ts';
import { nearbyOf } from './use-nearby.ts';
import styles from './session-status.module.css';

export interface AddressesProps {
  readonly session: OpenedSession;
  /** Whether the plenary laptop answers: then none of this is needed at the moment. */
  readonly inContact: boolean;
}

/** Where this laptop looks for the plenary laptop, and a place for one more address. */
export function Addresses({ session, inContact }: AddressesProps) {
  const t = useT();
  const { app } = useAppParts();
  const { addresses, lastAddress } = useStore(
    app.sessions,
    (records) =>
      records.find(({ sessionId }) => sessionId === session.record.sessionId) ?? session.record,
  );
  return (
    <Fold title={t('status.addresses')} openFirst={!inContact}>
      {addresses.length === 0 ? (
        <p className={styles['words']}>{t('status.no-addresses')}</p>
      ) : (
        <ul className={styles['addresses']}>
          {addresses.map((one) => (
            <li key={one}>
              <bdi dir="ltr">{plainAddress(one)}</bdi>
              {one === lastAddress && ` · ${t('status.answered-last')}`}
            </li>
          ))}
        </ul>
      )}
      <Found session={session} />
      <AnotherAddress session={session} />
    </Fold>
  );
}

/** What the network shows by itself. */
function Found({ session }: { readonly session: OpenedSession }) {
  const t = useT();
  const state = useStore(useHub().view, (view) => view.state);
  if (state === null) return null;
  const nearby = nearbyOf(session, state);
  if (nearby.length === 0) return <p className={styles['words']}>{t('status.found-none')}</p>;
  return (
    <ul className={styles['addresses']}>
      {nearby.map(({ hubId, plenary, addresses: [address = ''] }) => (
        <li key={hubId}>
          {t(plenary ? 'status.found-plenary' : 'status.found-laptop', {
            address: plainAddress(address),
          })}
        </li>
      ))}
    </ul>
  );
}

function AnotherAddress({ session }: { readonly session: OpenedSession }) {
  const t = useT();
  const [address, setAddress] = useState('');
  const [outcome, setOutcome] = useState<'added' | 'not-an-address' | null>(null);
  const add = async (): Promise<void> => {
    const result = await session.addAddress(address);
    setOutcome(result);
    if (result === 'added') setAddress('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void add();
  };
  return (
    <form className={styles['add']} onSubmit={onSubmit}>
      <TextField
        label={t('status.another-address')}
        description={t('status.another-address-help')}
        placeholder="192.168.4.20:4711"
        value={address}
        onChange={setAddress}
        error={outcome === 'not-an-address' ? t('status.not-an-address') : null}
      />
      {/* Never disabled: the keyboard would lose its place, and Escape close nothing any more. */}
      <Button type="submit" size="small">
        {t('status.try-address')}
      </Button>
      <output className={styles['words']}>
        {outcome === 'added' ? t('status.address-added') : ''}
      </output>
    </form>
  );
}
