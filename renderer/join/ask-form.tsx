import { type FormEvent, useState } from 'react';
import { parseAddress } from '../../src/browser/app/address.ts';
import type { AskOptions } from '../../src/browser/app/ask-to-join.ts';
import { cleanName, MAX_NAME_CHARACTERS } from '../../src/core/protocol/ask-to-join-frames.ts';
import type { FoundHub } from '../../src/core/protocol/machine.ts';
import { useMachine } from '../app-context.tsx';
import { plainAddress } from '../session/hub-store.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useFound } from './use-found.ts';
import styles from './join-screen.module.css';

export interface Typed {
  readonly name: string;
  /** Null while nobody has typed or chosen one: then it is the one that the network shows. */
  readonly address: string | null;
}

const addressOf = (hub: FoundHub | undefined): string => plainAddress(hub?.addresses[0] ?? '');

/** All addresses of the laptop that this one belongs to. */
function addressesFor(typed: string, found: readonly FoundHub[]): readonly string[] {
  const parsed = parseAddress(typed);
  if (parsed === null) return [];
  return found.find(({ addresses }) => addresses.includes(parsed))?.addresses ?? [parsed];
}

export interface AskFormProps {
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
  readonly onAsk: (options: AskOptions) => void;
}

/** Who asks, and whom. */
export function AskForm({ typed, onType, onAsk }: AskFormProps) {
  const t = useT();
  const found = useFound(useMachine());
  const [tried, setTried] = useState(false);
  const only = found.length === 1 ? addressOf(found[0]) : '';
  const address = typed.address ?? only;
  const name = cleanName(typed.name);
  const addresses = addressesFor(address, found);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name !== '' && addresses.length > 0) onAsk({ addresses, name });
  };
  return (
    <form className={styles['form']} onSubmit={onSubmit}>
      <TextField
        label={t('ask.name')}
        description={t('ask.name-help')}
        placeholder={t('ask.name-example')}
        focusFirst
        maxLength={MAX_NAME_CHARACTERS}
        value={typed.name}
        onChange={(text) => onType({ ...typed, name: text })}
        error={tried && name === '' ? t('ask.no-name') : null}
      />
      <TextField
        label={t('ask.address')}
        description={t('ask.address-help')}
        placeholder="192.168.4.20:4711"
        characters={28}
        value={address}
        onChange={(text) => onType({ ...typed, address: text })}
        error={tried && addresses.length === 0 ? t('status.not-an-address') : null}
      />
      <div aria-live="polite" className={styles['found']}>
        <Found
          found={found}
          chosen={address}
          onChoose={(one) => onType({ ...typed, address: one })}
        />
      </div>
      <Button type="submit" variant="primary" size="large">
        {t('ask.submit')}
      </Button>
    </form>
  );
}

interface FoundProps {
  readonly found: readonly FoundHub[];
  readonly chosen: string;
  readonly onChoose: (address: string) => void;
}

/** What the network shows: where a workshop is, never which one. */
function Found({ found, chosen, onChoose }: FoundProps) {
  const t = useT();
  if (found.length === 0) return <p className={styles['reaches']}>{t('ask.found-none')}</p>;
  const addresses = [...new Set(found.map(addressOf))];
  const [only] = addresses;
  if (addresses.length === 1 && only === chosen) {
    return <p className={styles['reaches']}>{t('ask.found-at', { address: only })}</p>;
  }
  return (
    <ul className={styles['choices']}>
      {addresses.map((address) => (
        <li key={address}>
          <Button size="small" icon="laptop" onPress={() => onChoose(address)}>
            {t('ask.found-at', { address })}
          </Button>
        </li>
      ))}
    </ul>
  );
}
