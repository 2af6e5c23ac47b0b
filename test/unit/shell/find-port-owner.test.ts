import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import {
  findPortOwner,
  listeningInodes,
  nameFromTasklist,
  ownerFromLsof,
  processIdFromNetstat,
} from '../../../src/shell/find-port-owner.ts';

it('reads /proc/net/tcp', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1266 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31337 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1266 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22 1 0000000000000000 100 0 0 10 0`;
  expect(listeningInodes(table, 4710)).toEqual(new Set(['31337']));
  expect(listeningInodes(table, 80)).toEqual(new Set());
});

it('reads lsof', () => {
  expect(ownerFromLsof('p501\ncControlCenter\nf9\n')).toEqual({
    processId: 501,
    name: 'ControlCenter',
  });
  expect(ownerFromLsof('')).toBeNull();
});

it('reads netstat and tasklist, in any language of Windows', () => {
  const netstat = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:4710         0.0.0.0:0              ABHÖREN         7788
  TCP    127.0.0.1:4710         127.0.0.1:50123        HERGESTELLT     7788
  TCP    0.0.0.0:14710          0.0.0.0:0              ABHÖREN         4`.replaceAll('\n', '\r\n');
  expect(processIdFromNetstat(netstat, 4710)).toBe(7788);
  expect(processIdFromNetstat(netstat, 50123)).toBeNull();
  expect(nameFromTasklist('\r\n"python.exe","7788","Console","1","12,345 K"\r\n')).toBe(
    'python.exe',
  );
  expect(nameFromTasklist('INFO: No tasks are running.')).toBeNull();
});

it.runIf(process.platform === 'linux')('finds itself on Linux', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  expect(await findPortOwner(port)).toMatchObject({ processId: process.pid });
  await new Promise((resolve) => {
    server.close(resolve);
  });
  expect(await findPortOwner(port)).toBeNull();
});
