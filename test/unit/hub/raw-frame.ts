const MASK_BYTES = 4;

/**
 * A laptop's WebSocket frame (RFC 6455, 5.2), which no well-behaved client makes of itself; its mask of
 * zeros leaves the bytes as they are.
 */
export function rawFrame(opcode: number, final: boolean, bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(bytes.length < 126 ? 1 : bytes.length < 65_536 ? 3 : 9);
  if (length.length === 1) length.writeUInt8(bytes.length);
  else if (length.length === 3) length.writeUInt16BE(bytes.length, 1);
  else length.writeBigUInt64BE(BigInt(bytes.length), 1);
  if (length.length > 1) length[0] = length.length === 3 ? 126 : 127;
  length[0] = (length[0] ?? 0) | 0x80;
  const first = Buffer.from([(final ? 0x80 : 0) | opcode]);
  return Buffer.concat([first, length, Buffer.alloc(MASK_BYTES), bytes]);
}
