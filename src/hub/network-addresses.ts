import type { NetworkInterfaceInfo } from 'node:os';

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Names of interfaces that virtual machines, containers and tunnels make: nobody in the room is behind them. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|cni|flannel|tun|tap|utun|wg|zt)/i;
const virtualWords = /virtual|vmware|hyper-v|wsl|loopback|bluetooth/i;
const wireless = /^(wl|wi-?fi|wlan|airport|ath)/i;
const wired = /^(en|eth|lan)/i;

function rank(name: string): number {
  if (virtual.test(name) || virtualWords.test(name)) return 3;
  if (wireless.test(name)) return 0;
  return wired.test(name) ? 1 : 2;
}

/** 2000::/3 is what the internet routes, fc00::/7 what a site keeps to itself; fe80:: needs a zone and is left out. */
const isReachableIpv6 = (address: string): boolean => /^(2|3|f[cd])/i.test(address);
/** 169.254.x.x means that no router gave an address; it works between two laptops on one cable. */
const isSelfAssigned = (address: string): boolean => address.startsWith('169.254.');

/**
 * The addresses at which other laptops may reach this one, the likeliest first: Wi-Fi, then cable,
 * then the rest, virtual interfaces last; IPv4 before IPv6 within an interface, since it is shorter to
 * type. On macOS `en0` is Wi-Fi or cable depending on the model, so the two may come either way round.
 *
 * @param interfaces as `os.networkInterfaces()` gives them.
 */
export function networkAddresses(interfaces: Interfaces): string[] {
  const found: { address: string; order: number }[] = [];
  for (const [name, addresses] of Object.entries(interfaces)) {
    for (const { address, family, internal } of addresses ?? []) {
      if (internal || (family === 'IPv6' && !isReachableIpv6(address))) continue;
      const late = isSelfAssigned(address) ? 5 : 0;
      found.push({ address, order: (rank(name) + late) * 2 + (family === 'IPv6' ? 1 : 0) });
    }
  }
  return found.toSorted((a, b) => a.order - b.order).map(({ address }) => address);
}
