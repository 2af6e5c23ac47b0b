import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** This host, its loopback, multicast, and what is reserved or broadcast (RFC 6890). */
const nobody = new BlockList();
nobody.addSubnet('0.0.0.0', 8);
nobody.addSubnet('127.0.0.0', 8);
nobody.addSubnet('224.0.0.0', 4);
nobody.addSubnet('240.0.0.0', 4);

/** What the internet routes and what a site keeps to itself; fe80:: needs a zone, which an address in a link has not. */
const somebody = new BlockList();
somebody.addSubnet('2000::', 3, 'ipv6');
somebody.addSubnet('fc00::', 7, 'ipv6');

/** Whether one laptop on a network may have this address, private or public. */
export function isUnicastAddress(address: string): boolean {
  if (isIPv4(address)) return !nobody.check(address);
  return isIPv6(address) && !address.includes('%') && somebody.check(address, 'ipv6');
}
