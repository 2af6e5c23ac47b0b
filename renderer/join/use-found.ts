import { useEffect, useState } from 'react';
import type { FoundHub, Machine } from '../../src/core/protocol/machine.ts';
import { toBase64Url } from '../../src/core/protocol/base64url.ts';

const LOOK_EVERY_MS = 1_500;
/** A room has one or two; who floods the network gets no more. */
const MAX_FOUND = 6;

/**
 * The plenary laptops that the network shows, while the screen that asks for them is open. This
 * laptop's hub looks around only for sessions, and here none is known yet: it is given a made-up tag,
 * which nobody else has, and which is not called out, as this laptop is not open to the network.
 */
export function useFound(machine: Machine): readonly FoundHub[] {
  const [found, setFound] = useState<readonly FoundHub[]>([]);
  useEffect(() => {
    let stopped = false;
    const tag = toBase64Url(crypto.getRandomValues(new Uint8Array(9)));
    const look = async (): Promise<void> => {
      const answer = await machine.hubState();
      if (stopped) return;
      const next = answer.ok ? answer.state.found.filter(({ plenary }) => plenary) : [];
      setFound((before) =>
        JSON.stringify(before) === JSON.stringify(next) ? before : next.slice(0, MAX_FOUND),
      );
    };
    void machine.announce([{ tag, plenary: false }]).then(look);
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
      void machine.announce([]);
    };
  }, [machine]);
  return found;
}
