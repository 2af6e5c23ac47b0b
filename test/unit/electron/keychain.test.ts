import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeychain } from '../../../electron/keychain.ts';

const { safeStorage } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ safeStorage }));

const KEY = '{"version":1,"keyId":"AAAA","key":"c2VjcmV0c2VjcmV0"}';
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caucus-keychain-'));
  file = path.join(folder, 'laptop-key.json');
  safeStorage.isEncryptionAvailable.mockReturnValue(true);
  safeStorage.getSelectedStorageBackend.mockReturnValue('gnome_libsecret');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const kept = (): Promise<string> => readFile(file, 'utf8');

describe('at rest: the laptop key in Electron', () => {
  it('is nothing before the first', async () => {
    expect(await createKeychain(file, 'linux').load()).toEqual({
      ok: true,
      kind: 'system',
      text: null,
    });
  });

  it.each(['win32', 'darwin', 'linux'] as const)(
    'is sealed by the system on %s, and comes back',
    async (platform) => {
      const keychain = createKeychain(file, platform);
      expect(await keychain.store(KEY)).toBe(true);
      expect(await kept()).not.toContain('c2VjcmV0');
      expect(await createKeychain(file, platform).load()).toEqual({
        ok: true,
        kind: 'system',
        text: KEY,
      });
    },
  );

  it.skipIf(process.platform === 'win32')('is for this user only', async () => {
    for (const isAvailable of [true, false]) {
      safeStorage.isEncryptionAvailable.mockReturnValue(isAvailable);
      await createKeychain(file, 'linux').store(KEY);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  it.each([
    ['there is no keychain', false, 'gnome_libsecret'],
    ['what seals it is a password that everybody has', true, 'basic_text'],
    ['nobody knows what seals it', true, 'unknown'],
  ] as const)('says that it lies in a file where %s', async (_why, isAvailable, backend) => {
    safeStorage.isEncryptionAvailable.mockReturnValue(isAvailable);
    safeStorage.getSelectedStorageBackend.mockReturnValue(backend);
    const keychain = createKeychain(file, 'linux');
    expect(await keychain.load()).toEqual({ ok: true, kind: 'file', text: null });
    await keychain.store(KEY);
    expect(await keychain.load()).toEqual({ ok: true, kind: 'file', text: KEY });
    expect(safeStorage.encryptString).not.toHaveBeenCalled();
  });

  it('is sealed as soon as there is a keychain', async () => {
    safeStorage.isEncryptionAvailable.mockReturnValue(false);
    await createKeychain(file, 'linux').store(KEY);
    expect(JSON.parse(await kept())).toMatchObject({ kind: 'file', text: KEY });
    safeStorage.isEncryptionAvailable.mockReturnValue(true);
    expect(await createKeychain(file, 'linux').load()).toEqual({
      ok: true,
      kind: 'system',
      text: KEY,
    });
    expect(await kept()).not.toContain('c2VjcmV0');
  });

  it('lies in a file where the keychain refuses, and the log says no more than that', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    safeStorage.encryptString.mockImplementationOnce((text) => {
      throw new TypeError(`could not seal ${text}`);
    });
    const keychain = createKeychain(file, 'darwin');
    expect(await keychain.store(KEY)).toBe(true);
    expect(JSON.parse(await kept())).toMatchObject({ kind: 'file' });
    expect(log.mock.calls).toEqual([['The keychain did not seal:', 'TypeError']]);
  });

  it('S2: is not taken for none where the keychain does not give it out, and stays as it is', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const keychain = createKeychain(file, 'darwin');
    await keychain.store(KEY);
    const before = await kept();
    safeStorage.decryptString.mockImplementationOnce(() => {
      throw new Error('Error while decrypting the ciphertext');
    });
    expect(await keychain.load()).toEqual({ ok: false });
    expect(await kept()).toBe(before);
    expect(await keychain.load()).toEqual({ ok: true, kind: 'system', text: KEY });
    expect(log.mock.calls.flat().join(' ')).not.toContain('c2VjcmV0');
  });

  it.each([
    '',
    'x',
    '{}',
    '{"version":2,"kind":"file","text":"x"}',
    '{"version":1,"kind":"system"}',
  ])('is not taken for none where its file says %j', async (text) => {
    await writeFile(file, text);
    expect(await createKeychain(file, 'linux').load()).toEqual({ ok: false });
  });

  it('is not kept where the disk does not take it, and the old one stays', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await createKeychain(path.join(folder, 'gone', 'key.json'), 'linux').store(KEY)).toBe(
      false,
    );
  });
});
