import type { DocumentId } from '../../core/protocol/document-key.ts';
import { parseJson } from '../../core/protocol/utf8.ts';
import type { SessionId } from '../../core/session/ids.ts';
import { ENVELOPE_KEY, SESSION_KEY } from './keep-second-copy.ts';
import { sealedWith } from './record-text.ts';
import type { VaultClient } from './vault-client.ts';

type Records = ReadonlyMap<string, string>;

/** The envelopes of the keys that the second copy's sessions are sealed with. */
export function neededEnvelopes(records: Records): readonly string[] {
  const needed = new Set<string>();
  for (const [name, text] of records) {
    const keyId = name.startsWith(SESSION_KEY) ? sealedWith(parseJson(text)) : null;
    if (keyId !== null) needed.add(ENVELOPE_KEY + keyId);
  }
  return [...needed].flatMap((name) => records.get(name) ?? []);
}

/** The sessions that the second copy has. */
export const sessionsIn = (records: Records): readonly SessionId[] =>
  [...records.keys()]
    .filter((name) => name.startsWith(SESSION_KEY))
    .map((name) => name.slice(SESSION_KEY.length) as SessionId);

/**
 * Lets the second copy forget all sessions and keys at once, as far as it can be reached; what it
 * keeps of them otherwise, it forgets when it is compared.
 */
export async function forgetInCopy(
  vault: VaultClient,
  records: Records,
  { notes }: { readonly notes: boolean },
): Promise<void> {
  const summary = notes ? await vault.summary() : null;
  const documents =
    summary?.ok === true ? [...summary.value.counts.keys()].map((id) => id as DocumentId) : [];
  for (const name of records.keys()) {
    if (name.startsWith(SESSION_KEY) || name.startsWith(ENVELOPE_KEY)) {
      await vault.forget(name, documents);
    }
  }
}
