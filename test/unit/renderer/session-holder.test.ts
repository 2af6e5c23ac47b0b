import { describe, expect, it } from 'vitest';
import { createSessionHolder } from '../../../renderer/session/session-holder.ts';
import type { OpenedSession, OpenResult } from '../../../src/browser/app/types.ts';
import type { SessionId } from '../../../src/core/session/ids.ts';

const a = 'a' as SessionId;
const b = 'b' as SessionId;

/** An app whose opening and closing is finished by hand, and which writes down the order. */
function byHand() {
  const log: string[] = [];
  const steps: (() => void)[] = [];
  const later = <T>(value: T): Promise<T> =>
    new Promise((resolve) => steps.push(() => resolve(value)));
  const app = {
    open(sessionId: SessionId): Promise<OpenResult> {
      log.push(`open ${sessionId}`);
      const close = (): Promise<void> => {
        log.push(`close ${sessionId}`);
        return later(undefined);
      };
      // Only what the holder uses.
      const session = { record: { sessionId }, close } as unknown as OpenedSession;
      return later(sessionId === b ? { ok: false, reason: 'not-found' } : { ok: true, session });
    },
  };
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 10; round += 1) {
      await Promise.resolve();
      steps.shift()?.();
      await Promise.resolve();
    }
  };
  return { log, settle, holder: createSessionHolder(app) };
}

describe('the open session', () => {
  it('is the one that the address names', async () => {
    const { holder, settle } = byHand();
    holder.show(a);
    expect(holder.held.getState().state).toBe('opening');
    await settle();
    expect(holder.held.getState().state).toBe('open');
  });

  it('is not opened twice for another screen of it', async () => {
    const { holder, settle, log } = byHand();
    holder.show(a);
    await settle();
    holder.show(a);
    await settle();
    expect(log).toEqual(['open a']);
  });

  it('is closed before the next is opened', async () => {
    const { holder, settle, log } = byHand();
    holder.show(a);
    await settle();
    holder.show(b);
    await settle();
    expect(log).toEqual(['open a', 'close a', 'open b']);
    expect(holder.held.getState()).toEqual({ state: 'failed', reason: 'not-found' });
  });

  it('is closed again where the person left while it was opening', async () => {
    const { holder, settle, log } = byHand();
    holder.show(a);
    await Promise.resolve();
    holder.show(null);
    await settle();
    expect(log).toEqual(['open a', 'close a']);
    expect(holder.held.getState().state).toBe('none');
  });

  it('can be tried again after a failure', async () => {
    const { holder, settle, log } = byHand();
    holder.show(b);
    await settle();
    holder.reopen();
    await settle();
    expect(log).toEqual(['open b', 'open b']);
  });
});
