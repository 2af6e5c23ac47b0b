import { useState } from 'react';
import type { Ticket } from '../../src/core/protocol/ticket.ts';
import { useAppParts, useGo } from '../app-context.tsx';
import { homeOf } from '../session/places.ts';

export type JoinRefusal = 'invalid' | 'no-space' | 'storage-blocked';

/** Takes a ticket in and goes to where its holder works. */
export function useJoin(): {
  readonly join: (ticket: Ticket) => void;
  readonly working: boolean;
  readonly refusal: JoinRefusal | null;
} {
  const { app, inbox } = useAppParts();
  const go = useGo();
  const [working, setWorking] = useState(false);
  const [refusal, setRefusal] = useState<JoinRefusal | null>(null);
  const run = async (ticket: Ticket): Promise<void> => {
    setWorking(true);
    try {
      const result = await app.join(ticket);
      if (!result.ok) {
        setRefusal(result.reason);
        return;
      }
      // The ticket holds secrets: it is not left standing in a field.
      inbox.type('');
      go(homeOf(result.record));
    } finally {
      setWorking(false);
    }
  };
  return { join: (ticket: Ticket): void => void run(ticket), working, refusal };
}
