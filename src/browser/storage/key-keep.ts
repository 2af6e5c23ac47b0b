import type { Keychain } from '../../core/protocol/machine.ts';
import type { Database } from './database.ts';

/** Where the laptop key lies. */
export type KeptIn =
  /** In the operating system's keychain, which gives it to this user only. */
  | 'system'
  /** In a file that only this user may read. */
  | 'file'
  /** Beside what it seals: this protects nothing that the account on this laptop does not. */
  | 'beside';

export type KeepContent =
  | { readonly ok: true; readonly keptIn: KeptIn; readonly text: string | null }
  | { readonly ok: false };

/** Keeps the laptop key's envelope. */
export interface KeyKeep {
  load(): Promise<KeepContent>;
  /** Keeps it unless there is one, and returns which is kept; null where it could not be kept. */
  add(text: string): Promise<string | null>;
  /** False where it could not be kept; then the one before still is. */
  replace(text: string): Promise<boolean>;
  /** Whether the second copy is to have it too: where a lost database would take it along. */
  readonly inSecondCopy: boolean;
}

const NAME = 'laptopKey';

export function keepInKeychain(keychain: Keychain): KeyKeep {
  return {
    async load() {
      const content = await keychain.load();
      return content.ok ? { ok: true, keptIn: content.kind, text: content.text } : { ok: false };
    },
    // There is one window only, so nobody can have come in between.
    add: async (text) => ((await keychain.store(text)) ? text : null),
    replace: (text) => keychain.store(text),
    inSecondCopy: false,
  };
}

/** @param database null while it cannot be opened. */
export function keepBeside(database: () => Database | null): KeyKeep {
  return {
    async load() {
      const row = await database()?.settings.get(NAME);
      return { ok: true, keptIn: 'beside', text: row?.value ?? null };
    },
    async add(text) {
      const opened = database();
      if (opened === null) return text;
      // In one transaction: two windows that start together must not make two keys.
      return opened.transaction('rw', opened.settings, async () => {
        const row = await opened.settings.get(NAME);
        if (row !== undefined) return row.value;
        await opened.settings.put({ name: NAME, value: text });
        return text;
      });
    },
    async replace(text) {
      const opened = database();
      if (opened === null) return false;
      try {
        await opened.settings.put({ name: NAME, value: text });
        return true;
      } catch (error) {
        console.error('The laptop key could not be kept', error);
        return false;
      }
    },
    inSecondCopy: true,
  };
}
