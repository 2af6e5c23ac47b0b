import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { networkAddresses } from '../../../src/hub/network-addresses.ts';

function at(address: string, internal = false): NetworkInterfaceInfo {
  const common = { address, netmask: '', mac: '', internal, cidr: null };
  return address.includes(':')
    ? { ...common, family: 'IPv6', scopeid: 0 }
    : { ...common, family: 'IPv4' };
}

it('puts Wi-Fi first, then cable, then the rest, virtual ones last', () => {
  expect(
    networkAddresses({
      lo: [at('127.0.0.1', true), at('::1', true)],
      docker0: [at('172.17.0.1')],
      veth12ab: [at('169.254.7.7')],
      enp3s0: [at('10.0.0.5')],
      ppp0: [at('10.64.0.2')],
      wlp2s0: [at('2001:db8::7'), at('192.168.4.20'), at('fe80::1')],
    }),
  ).toEqual(['192.168.4.20', '2001:db8::7', '10.0.0.5', '10.64.0.2', '172.17.0.1', '169.254.7.7']);
});

it("knows Windows's names", () => {
  expect(
    networkAddresses({
      'vEthernet (WSL)': [at('172.20.0.1')],
      'VMware Network Adapter VMnet8': [at('192.168.190.1')],
      Ethernet: [at('10.0.0.5')],
      'Wi-Fi': [at('192.168.4.20')],
    }),
  ).toEqual(['192.168.4.20', '10.0.0.5', '172.20.0.1', '192.168.190.1']);
});

it('has none where only the loopback is up', () => {
  expect(networkAddresses({ lo: [at('127.0.0.1', true)], wlan0: undefined })).toEqual([]);
});
