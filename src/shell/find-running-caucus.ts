/** What of Caucus answers on a port: with its page, or the hub alone, as inside Electron. */
export type RunningCaucus = 'with-page' | 'hub-only' | null;

const ANSWER_LIMIT_MS = 1500;

async function ask(address: string, method: string): Promise<Response | null> {
  const options = {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  } as const;
  // Whatever goes wrong, it is not our hub that answers there.
  return fetch(address, options).catch(() => null);
}

/** Whether the one that has `port` is Caucus: its hub says so at /hub. */
export async function findRunningCaucus(port: number): Promise<RunningCaucus> {
  const greeting = await ask(`http://localhost:${port}/hub`, 'GET');
  const text = greeting?.ok ? await greeting.text().catch(() => '') : '';
  if (!text.startsWith('{"name":"caucus",')) return null;
  const page = await ask(`http://localhost:${port}/`, 'HEAD');
  return page?.ok ? 'with-page' : 'hub-only';
}
