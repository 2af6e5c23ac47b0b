import { NETWORK_PORT } from '../../core/protocol/machine.ts';

/**
 * The WebSocket base address that a person meant by "192.168.4.20", "192.168.4.20:4711",
 * "http://plenary.local:4711/" or the like; null where it is none.
 */
export function parseAddress(typed: string): string | null {
  const bare = typed.trim().replace(/^(?:wss?|https?):\/\//iu, '');
  if (bare === '' || /[\s@#?]/u.test(bare)) return null;
  if (!URL.canParse(`http://${bare}`)) return null;
  const url = new URL(`http://${bare}`);
  if (url.pathname !== '/') return null;
  const looksLikeHost = /[.:]/u.test(url.hostname) || url.hostname === 'localhost';
  if (!looksLikeHost) return null;
  const port = /:\d+\/?$/u.test(bare) && url.port === '' ? '80' : url.port || String(NETWORK_PORT);
  return `ws://${url.hostname}:${port}`;
}
