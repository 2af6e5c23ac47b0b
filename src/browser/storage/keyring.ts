import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type EnvelopeTools,
  type KeyEnvelope,
  MIN_PASSPHRASE_CHARACTERS,
  newEnvelope,
  readEnvelope,
} from './key-envelope.ts';
import type { KeepContent, KeptIn, KeyKeep } from './key-keep.ts';
import type { LaptopKey } from './laptop-key.ts';

/** What stands between a thief of this laptop's disk and the keys to its sessions. */
export interface Protection {
  /** `nowhere`: the key could not be kept this time, so the keys to the sessions lie open. */
  readonly keptIn: KeptIn | 'nowhere';
  readonly passphrase: boolean;
}

export type PassphraseResult =
  | 'done'
  /** That is not the present passphrase. */
  | 'wrong'
  | 'too-short'
  /** It could not be kept; everything is as it was. */
  | 'failed';

/** What is asked before the sessions of this laptop can be opened. */
export interface Lock {
  /** `key-lost`: nobody can open them any more; the keychain does not give their key. */
  readonly reason: 'passphrase' | 'key-lost';
  unlock(passphrase: string): Promise<'opened' | 'wrong'>;
  /**
   * Begins anew: forgets the sealed keys, and with `notes` also everything that was typed here.
   * Without it the notes stay, and a ticket for their session brings them back. The caller has asked
   * the person. False where the storage does not let it; then nothing was forgotten.
   */
  startOver(options: { readonly notes: boolean }): Promise<boolean>;
}

/** What the keyring needs of the storage. */
export interface KeyringOptions extends EnvelopeTools {
  readonly keep: KeyKeep;
  /** The ids of the keys that the sessions here are sealed with; empty where none is sealed. */
  readonly keysInUse: () => Promise<ReadonlySet<string>>;
  /** The envelopes in the second copy that its sessions need; asked only where `keep` has none. */
  readonly envelopesInCopy: () => Promise<readonly string[]>;
  /** See `Lock.startOver`. Rejects where the storage cannot be written. */
  readonly forget: (options: { readonly notes: boolean }) => Promise<void>;
  /** Shows the lock to a person; the keyring opens when it does. */
  readonly onLocked: (lock: Lock) => void;
}

export interface Keyring {
  /** Null where no key could be kept: then nothing is sealed, because it could not be opened again. */
  readonly key: LaptopKey | null;
  readonly protection: StoreApi<Protection>;
  /** The envelope as the second copy is to have it; null where it is not. */
  readonly envelope: StoreApi<{ readonly keyId: string; readonly text: string } | null>;
  /** Sets, changes or (with null) takes away the passphrase; `present` is null where there is none. */
  setPassphrase(present: string | null, next: string | null): Promise<PassphraseResult>;
}

/**
 * Finds this laptop's key, or makes it at the first start; where it takes a person to open it,
 * resolves when that person has. Rejects only as the storage does.
 */
export async function openKeyring(options: KeyringOptions): Promise<Keyring> {
  const { keep, onLocked } = options;
  const content = await keep.load();
  const kept = await findEnvelope(content, options);
  const keptIn = content.ok ? content.keptIn : 'file';
  if (kept.state === 'found' && !kept.envelope.needsPassphrase) {
    const key = await kept.envelope.open(null);
    if (key !== null) return keyringOf(kept.envelope, key, keptIn, options);
  }
  if (kept.state === 'none') return makeKey(options);

  return new Promise((resolve, reject) => {
    onLocked({
      reason: kept.state === 'found' ? 'passphrase' : 'key-lost',
      async unlock(passphrase) {
        if (kept.state !== 'found') return 'wrong';
        const key = await kept.envelope.open(passphrase);
        if (key === null) return 'wrong';
        resolve(keyringOf(kept.envelope, key, keptIn, options));
        return 'opened';
      },
      async startOver(how) {
        try {
          await options.forget(how);
        } catch (error) {
          console.error('The sessions could not be forgotten', error);
          return false;
        }
        const envelope = newEnvelope(options);
        // Where it cannot be replaced, the passphrase is asked for again, before an empty list.
        if (!(await keep.replace(envelope.text))) return false;
        const key = await envelope.open(null);
        if (key === null) return false;
        keep.load().then((now) => {
          resolve(keyringOf(envelope, key, now.ok ? now.keptIn : keptIn, options));
        }, reject);
        return true;
      },
    });
  });
}

type Found =
  | { readonly state: 'found'; readonly envelope: KeyEnvelope }
  /** There is none, and nothing that needs one. */
  | { readonly state: 'none' }
  | { readonly state: 'lost' };

async function findEnvelope(content: KeepContent, options: KeyringOptions): Promise<Found> {
  const { keep } = options;
  const inUse = await options.keysInUse();
  const fits = (envelope: KeyEnvelope): boolean =>
    inUse.size === 0 || [...inUse].every((id) => id === envelope.keyId);
  const kept = content.ok && content.text !== null ? readEnvelope(content.text, options) : null;
  if (kept !== null && fits(kept)) return { state: 'found', envelope: kept };
  // The browser has lost it, with its database or without.
  for (const text of keep.inSecondCopy ? await options.envelopesInCopy() : []) {
    const envelope = readEnvelope(text, options);
    if (envelope === null || !fits(envelope)) continue;
    await keep.replace(envelope.text);
    return { state: 'found', envelope };
  }
  return { state: inUse.size > 0 ? 'lost' : 'none' };
}

async function makeKey(options: KeyringOptions): Promise<Keyring> {
  const { keep } = options;
  const made = newEnvelope(options);
  const text = await keep.add(made.text);
  const envelope = text === null ? null : readEnvelope(text, options);
  const content = await keep.load();
  const key = envelope === null ? null : await envelope.open(null);
  if (envelope === null || key === null || !content.ok) {
    return {
      key: null,
      protection: createStore<Protection>(() => ({ keptIn: 'nowhere', passphrase: false })),
      envelope: createStore<{ keyId: string; text: string } | null>(() => null),
      setPassphrase: async () => 'failed',
    };
  }
  return keyringOf(envelope, key, content.keptIn, options);
}

function keyringOf(
  opened: KeyEnvelope,
  key: LaptopKey,
  keptIn: KeptIn,
  { keep }: KeyringOptions,
): Keyring {
  let current = opened;
  const protection = createStore<Protection>(() => ({
    keptIn,
    passphrase: opened.needsPassphrase,
  }));
  const forCopy = ({ keyId, text }: KeyEnvelope) => (keep.inSecondCopy ? { keyId, text } : null);
  const envelope = createStore<{ keyId: string; text: string } | null>(() => forCopy(opened));
  return {
    key,
    protection,
    envelope,
    async setPassphrase(present, next) {
      if (next !== null && next.trim().length < MIN_PASSPHRASE_CHARACTERS) return 'too-short';
      const changed = await current.rewrap(present, next);
      if (changed === null) return 'wrong';
      if (!(await keep.replace(changed.text))) return 'failed';
      current = changed;
      // A keychain may have been opened or shut since the start.
      const now = await keep.load();
      protection.setState({
        passphrase: changed.needsPassphrase,
        ...(now.ok && { keptIn: now.keptIn }),
      });
      envelope.setState(forCopy(changed), true);
      return 'done';
    },
  };
}
