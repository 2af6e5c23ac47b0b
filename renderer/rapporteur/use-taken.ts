import { useState } from 'react';
import type { FeedQuestion } from './feed.ts';
import { idsOf, type Taken, waitingIn } from './filter-feed.ts';

/**
 * What of the feed is shown. What arrives later waits until the person asks for it, so that nothing
 * moves under the cursor; only where nothing was shown yet it comes in by itself.
 */
export function useTaken(feed: readonly FeedQuestion[]): {
  readonly taken: Taken;
  readonly takeIn: () => void;
} {
  const [taken, setTaken] = useState<Taken>(() => ({
    shown: new Set(idsOf(feed)),
    newest: new Set(),
  }));
  if (taken.shown.size === 0 && idsOf(feed).length > 0) {
    setTaken({ shown: new Set(idsOf(feed)), newest: new Set() });
  }
  const takeIn = (): void => {
    const arrived = waitingIn(feed, taken).map(({ id }) => id);
    setTaken({ shown: new Set([...taken.shown, ...arrived]), newest: new Set(arrived) });
  };
  return { taken, takeIn };
}
