import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { newEnvelope } from '../../../src/browser/storage/key-envelope.ts';
import type { KeyKeep } from '../../../src/browser/storage/key-keep.ts';
import { keepInKeychain } from '../../../src/browser/storage/key-keep.ts';
import {
  type KeyringOptions,
  type Lock,
  openKeyring,
} from '../../../src/browser/storage/keyring.ts';

/** Cheap: what a real one costs is in key-envelope.test.ts. */
const tools = {
  random: (length: number): Uint8Array => new Uint8Array(randomBytes(length)),
  cost: { N: 16, r: 1, p: 1 },
};
const PASSPHRASE = 'three stout walls';

/** A place for the envelope that can be broken. */
function createKeep(text: string | null = null) {
  const kept = { text, isBroken: false, gives: true };
  const keep: KeyKeep = {
    inSecondCopy: true,
    load: async () =>
      kept.gives ? { ok: true, keptIn: 'beside', text: kept.text } : { ok: false },
    async add(next) {
      if (kept.isBroken) return null;
      kept.text ??= next;
      return kept.text;
    },
    async replace(next) {
      if (kept.isBroken) return false;
      kept.text = next;
      return true;
    },
  };
  return { kept, keep };
}
function optionsFor(keep: KeyKeep, more: Partial<KeyringOptions> = {}) {
  const locks: Lock[] = [];
  const options: KeyringOptions = {
    keep,
    ...tools,
    keysInUse: async () => new Set(),
    envelopesInCopy: async () => [],
    forget: vi.fn(async () => undefined),
    onLocked: (lock) => locks.push(lock),
    ...more,
  };
  return { options, locks };
}
async function withPassphrase(keep: KeyKeep): Promise<string> {
  const keyring = await openKeyring(optionsFor(keep).options);
  expect(await keyring.setPassphrase(null, PASSPHRASE)).toBe('done');
  return keyring.key?.id ?? '';
}
const lockOf = (locks: readonly Lock[]): Promise<Lock> => vi.waitUntil(() => locks[0]);

describe('at rest: the keyring', () => {
  it('makes a key at the first start, and finds it at the next', async () => {
    const { keep } = createKeep();
    const first = await openKeyring(optionsFor(keep).options);
    const second = await openKeyring(optionsFor(keep).options);
    expect(first.key?.id).toBe(second.key?.id);
    expect(first.protection.getState()).toEqual({ keptIn: 'beside', passphrase: false });
    expect(first.envelope.getState()?.keyId).toBe(first.key?.id);
  });

  it('takes the key of another window that was sooner', async () => {
    const { keep, kept } = createKeep();
    const sooner = newEnvelope(tools);
    const late: KeyKeep = {
      ...keep,
      add: async () => {
        kept.text = sooner.text;
        return sooner.text;
      },
    };
    expect((await openKeyring(optionsFor(late).options)).key?.id).toBe(sooner.keyId);
  });

  it('seals nothing where no key can be kept, and says so', async () => {
    const { keep, kept } = createKeep();
    kept.isBroken = true;
    const keyring = await openKeyring(optionsFor(keep).options);
    expect(keyring.key).toBeNull();
    expect(keyring.protection.getState().keptIn).toBe('nowhere');
    expect(await keyring.setPassphrase(null, PASSPHRASE)).toBe('failed');
  });

  it('asks for the passphrase, as often as it takes', async () => {
    const { keep } = createKeep();
    const id = await withPassphrase(keep);
    const { options, locks } = optionsFor(keep);
    const opening = openKeyring(options);
    const lock = await lockOf(locks);
    expect(lock.reason).toBe('passphrase');
    for (const wrong of ['', 'wrong', 'wrong again'])
      expect(await lock.unlock(wrong)).toBe('wrong');
    expect(await lock.unlock(PASSPHRASE)).toBe('opened');
    const keyring = await opening;
    expect(keyring.key?.id).toBe(id);
    expect(keyring.protection.getState().passphrase).toBe(true);
  });

  it('changes and takes away the passphrase for who knows it, and keeps the key', async () => {
    const { keep, kept } = createKeep();
    const id = await withPassphrase(keep);
    const { options, locks } = optionsFor(keep);
    const opening = openKeyring(options);
    await (await lockOf(locks)).unlock(PASSPHRASE);
    const keyring = await opening;
    const before = kept.text;
    expect(await keyring.setPassphrase('wrong one', 'another passphrase')).toBe('wrong');
    expect(await keyring.setPassphrase(PASSPHRASE, 'short')).toBe('too-short');
    kept.isBroken = true;
    expect(await keyring.setPassphrase(PASSPHRASE, 'another passphrase')).toBe('failed');
    expect(kept.text).toBe(before);
    kept.isBroken = false;
    expect(await keyring.setPassphrase(PASSPHRASE, 'another passphrase')).toBe('done');
    expect(await keyring.setPassphrase(PASSPHRASE, null)).toBe('wrong');
    expect(await keyring.setPassphrase('another passphrase', null)).toBe('done');
    expect((await openKeyring(optionsFor(keep).options)).key?.id).toBe(id);
  });

  it('tells the second copy of a new envelope, and never gives it a keychain’s', async () => {
    const { keep } = createKeep();
    const keyring = await openKeyring(optionsFor(keep).options);
    const heard = vi.fn();
    keyring.envelope.subscribe(heard);
    await keyring.setPassphrase(null, PASSPHRASE);
    expect(heard).toHaveBeenCalledOnce();
    expect(keyring.envelope.getState()?.text).not.toContain('"key"');

    let text: string | null = null;
    const chain = keepInKeychain({
      load: async () => ({ ok: true, kind: 'system', text }),
      store: async (next) => {
        text = next;
        return true;
      },
    });
    const other = await openKeyring(optionsFor(chain).options);
    expect(other.protection.getState().keptIn).toBe('system');
    expect(other.envelope.getState()).toBeNull();
  });

  it('S2: finds its key in the second copy where the browser has lost its own', async () => {
    const lost = newEnvelope(tools);
    const { keep, kept } = createKeep();
    const { options } = optionsFor(keep, { envelopesInCopy: async () => ['rubbish', lost.text] });
    expect((await openKeyring(options)).key?.id).toBe(lost.keyId);
    expect(kept.text).toBe(lost.text);
  });

  it('S2: takes no other key for sealed sessions, and makes none over them', async () => {
    const { keep, kept } = createKeep(newEnvelope(tools).text);
    const before = kept.text;
    const { options, locks } = optionsFor(keep, {
      keysInUse: async () => new Set(['another key']),
      envelopesInCopy: async () => [newEnvelope(tools).text],
    });
    void openKeyring(options);
    const lock = await lockOf(locks);
    expect(lock.reason).toBe('key-lost');
    expect(await lock.unlock(PASSPHRASE)).toBe('wrong');
    expect(kept.text).toBe(before);
    expect(options.forget).not.toHaveBeenCalled();
  });

  it('says that the key is lost where the keychain does not give it out', async () => {
    const { keep, kept } = createKeep();
    const keyring = await openKeyring(optionsFor(keep).options);
    kept.gives = false;
    const { options, locks } = optionsFor(
      { ...keep, inSecondCopy: false },
      {
        keysInUse: async () => new Set([keyring.key?.id ?? '']),
      },
    );
    void openKeyring(options);
    expect((await lockOf(locks)).reason).toBe('key-lost');
  });

  it.each([true, false])(
    'starts over when a person says so and not before (notes too: %s)',
    async (notes) => {
      const { keep, kept } = createKeep();
      const id = await withPassphrase(keep);
      const { options, locks } = optionsFor(keep);
      const opening = openKeyring(options);
      const lock = await lockOf(locks);
      await lock.unlock('wrong');
      expect(options.forget).not.toHaveBeenCalled();
      expect(await lock.startOver({ notes })).toBe(true);
      const keyring = await opening;
      expect(options.forget).toHaveBeenCalledExactlyOnceWith({ notes });
      expect(keyring.key?.id).not.toBe(id);
      expect(keyring.protection.getState().passphrase).toBe(false);
      expect((await openKeyring(optionsFor(keep).options)).key?.id).toBe(keyring.key?.id);
      expect(kept.text).not.toContain('scrypt');
    },
  );

  it('S2: keeps the key where the sessions could not be forgotten', async () => {
    const { keep, kept } = createKeep();
    await withPassphrase(keep);
    const before = kept.text;
    const { options, locks } = optionsFor(keep, {
      forget: async () => {
        throw new Error('no space');
      },
    });
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    void openKeyring(options);
    expect(await (await lockOf(locks)).startOver({ notes: false })).toBe(false);
    expect(kept.text).toBe(before);
    log.mockRestore();
  });
});
