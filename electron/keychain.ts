import { readFile } from 'node:fs/promises';
import { safeStorage } from 'electron';
import * as v from 'valibot';
import {
  type Keychain,
  type KeychainContent,
  type KeychainKind,
  MAX_KEYCHAIN_TEXT,
} from '../src/core/protocol/machine.ts';
import { parseJson } from '../src/core/protocol/utf8.ts';
import { writeWhole } from './write-whole.ts';

/** This user may read and write it, and nobody else may do anything. */
const OWNER_ONLY = 0o600;

const ContentSchema = v.variant('kind', [
  v.strictObject({
    version: v.literal(1),
    kind: v.literal('system'),
    sealed: v.pipe(v.string(), v.base64()),
  }),
  v.strictObject({
    version: v.literal(1),
    kind: v.literal('file'),
    text: v.pipe(v.string(), v.maxLength(MAX_KEYCHAIN_TEXT)),
  }),
]);
type Content = v.InferOutput<typeof ContentSchema>;

/**
 * One short text, sealed by the operating system for this user, in `file`. Where the system has no
 * keychain it lies there as it is, for this user only, and says so; at the first start at which there
 * is one it is sealed.
 *
 * Electron's sealing without promises, although there is a newer one with: only of this one does it
 * say on Linux what it seals with, and `basic_text` is a password that every copy of Chromium has.
 */
export function createKeychain(file: string, platform: NodeJS.Platform): Keychain {
  async function store(text: string): Promise<boolean> {
    const content = seal(text, platform);
    const bytes = new TextEncoder().encode(JSON.stringify(content));
    return (await writeWhole(file, bytes, OWNER_ONLY)) === 'written';
  }
  return {
    store,
    async load(): Promise<KeychainContent> {
      const kind = kindOf(platform);
      const kept = await readKept(file);
      if (kept === 'none') {
        return { ok: true, kind, text: null };
      }
      if (kept === 'unreadable') {
        return { ok: false };
      }
      if (kept.kind === 'system') {
        const text = unseal(kept.sealed);
        return text === null ? { ok: false } : { ok: true, kind: 'system', text };
      }
      const isSealedNow = kind === 'system' && (await store(kept.text));
      return { ok: true, kind: isSealedNow ? 'system' : 'file', text: kept.text };
    },
  };
}

function kindOf(platform: NodeJS.Platform): KeychainKind {
  if (!safeStorage.isEncryptionAvailable()) {
    return 'file';
  }
  const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : '';
  return backend === 'basic_text' || backend === 'unknown' ? 'file' : 'system';
}

function seal(text: string, platform: NodeJS.Platform): Content {
  if (kindOf(platform) === 'system') {
    try {
      const sealed = safeStorage.encryptString(text).toString('base64');
      return { version: 1, kind: 'system', sealed };
    } catch (error) {
      // A keychain that a person keeps shut is none.
      console.error('The keychain did not seal:', nameOf(error));
    }
  }
  return { version: 1, kind: 'file', text };
}

/** Null where the keychain is another one by now, or a person keeps it shut. */
function unseal(sealed: string): string | null {
  try {
    return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
  } catch (error) {
    console.error('The keychain did not open what it had sealed:', nameOf(error));
    return null;
  }
}

async function readKept(file: string): Promise<Content | 'none' | 'unreadable'> {
  try {
    const content = v.safeParse(ContentSchema, parseJson(await readFile(file, 'utf8')));
    return content.success ? content.output : 'unreadable';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return 'none';
    }
    console.error('The file of the laptop key could not be read:', nameOf(error));
    return 'unreadable';
  }
}

/** Of an error from around a secret only what kind it is goes into the log. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
