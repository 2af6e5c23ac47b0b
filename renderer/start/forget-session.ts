import type { SessionId } from '../../src/core/session/ids.ts';

/**
 * Takes away what the screens have kept of a session beside its notes, such as until when the room is
 * booked: whatever stands under a name with the session's id in it.
 */
export function forgetSession(storage: Storage, sessionId: SessionId): void {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  for (const name of names) if (name.includes(sessionId)) storage.removeItem(name);
}
