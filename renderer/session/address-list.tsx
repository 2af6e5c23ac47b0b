import { plainAddress } from './hub-store.ts';
import styles from './address-list.module.css';

/** This laptop's addresses as other people type them: the likeliest large, the others below it. */
export function AddressList({ addresses }: { readonly addresses: readonly string[] }) {
  return (
    <ul className={styles['addresses']} dir="ltr">
      {addresses.map((address) => (
        <li key={address}>{plainAddress(address)}</li>
      ))}
    </ul>
  );
}
