import { useEffect, useState } from 'react';

/**
 * Milliseconds since 1970, renewed every `everyMs`; by this laptop's own clock, or by the one that
 * `read` reads, which must stay the same function.
 */
export function useNow(everyMs: number, read: () => number = Date.now): number {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, read]);
  return now;
}
