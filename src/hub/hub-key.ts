import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from '../core/protocol/secure-channel.ts';
import { faultOf, type HubLog } from './hub-log.ts';
import { keyPairFrom, systemKeyAgreement } from './relay/system-key-agreement.ts';

const NAME = 'hub-key';
const KEY_BYTES = 32;

function readKey(path: string): KeyPair | null {
  try {
    const bytes = readFileSync(path);
    return bytes.length === KEY_BYTES ? keyPairFrom(new Uint8Array(bytes)) : null;
  } catch {
    // Not there yet, or not to be read: a new one does.
    return null;
  }
}

/**
 * The key by which laptops know this hub again after a restart, kept in a file of its own that only
 * this account reads. Where it cannot be kept there is a new one every time, which costs nothing but
 * that laptops take the hub for another.
 */
export function keptHubKey(directory: string, log: HubLog): KeyPair {
  const path = join(directory, NAME);
  const kept = readKey(path);
  if (kept !== null) return kept;
  const made = systemKeyAgreement.makeKeyPair();
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const beside = `${path}.${process.pid}.part`;
    writeFileSync(beside, made.secretKey, { mode: 0o600, flush: true });
    renameSync(beside, path);
  } catch (error) {
    log(faultOf(error));
  }
  return made;
}
