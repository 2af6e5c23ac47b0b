import type { RelayTransport } from '../../src/browser/transport/relay-transport.ts';

/** Resolves with whether the hub opens the document within so many milliseconds, as soon as it does. */
export const untilOpen = (
  { transport }: { readonly transport: Pick<RelayTransport, 'onUp'> },
  ms = 20_000,
): Promise<boolean> =>
  new Promise((resolve) => {
    const late = setTimeout(() => {
      stop();
      resolve(false);
    }, ms);
    const stop = transport.onUp(() => {
      clearTimeout(late);
      resolve(true);
    });
  });
