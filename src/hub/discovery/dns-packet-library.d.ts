/** The part of `dns-packet` (5.6, no types of its own) that is used here. */

export type DnsRecord = {
  readonly name: string;
  readonly ttl: number;
  readonly flush?: boolean;
} & (
  | { readonly type: 'PTR' | 'A' | 'AAAA'; readonly data: string }
  | { readonly type: 'SRV'; readonly data: { readonly port: number; readonly target: string } }
  | { readonly type: 'TXT'; readonly data: readonly string[] }
);

export interface DnsPacket {
  readonly type: 'query' | 'response';
  readonly flags?: number;
  readonly questions?: readonly { readonly name: string; readonly type: string }[];
  readonly answers?: readonly DnsRecord[];
}

/** Throws where a name or a text is too long. */
export function encode(packet: DnsPacket): Buffer;
/** Throws on bytes that are no DNS packet. */
export function decode(bytes: Buffer): unknown;
