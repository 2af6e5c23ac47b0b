import { isIPv6 } from 'node:net';

/** A laptop may have as many IPv6 addresses as it likes, but all of them begin alike. RFC 4291, 2.5.1. */
const PREFIX_GROUPS = 4;

/**
 * Whom an address stands for, as far as it tells: an IPv4 address itself, an IPv6 address' network
 * of 64 bits. Many people may be behind one.
 */
export function addressOf(remoteAddress: string | undefined): string {
  const address = (remoteAddress ?? '').replace(/%.*$/u, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [before = '', after] = address.toLowerCase().split('::');
  const groups = before === '' ? [] : before.split(':');
  const rest = after === undefined || after === '' ? [] : after.split(':');
  while (after !== undefined && groups.length + rest.length < 8) groups.push('0');
  return [...groups, ...rest].slice(0, PREFIX_GROUPS).join(':');
}
