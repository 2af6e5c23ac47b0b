import { once } from 'node:events';
import { WebSocket } from 'ws';
import { accessKeyOf, type DocumentKey, writeKeyOf } from '../../src/core/protocol/document-key.ts';
import { readRelayFrame, writeRelayFrame } from '../../src/core/protocol/relay-frame.ts';

/** Tells a hub a document's keys, as its own laptop does over loopback; it remembers them. */
export async function bringDocument(localPort: number, { secret }: DocumentKey): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${localPort}/relay`);
  await once(socket, 'open');
  const opened = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (readRelayFrame(data)?.kind === 'opened') resolve();
    });
  });
  const [accessKey, writeKey] = [accessKeyOf(secret), writeKeyOf(secret)];
  socket.send(
    writeRelayFrame({ kind: 'bring', channel: 1, accessKey, writeKey, sessionKey: null }),
  );
  await opened;
  socket.close();
}
