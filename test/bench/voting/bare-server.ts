import { WebSocketServer } from 'ws';

/**
 * What a vote costs at the very least: a bare `ws` server that counts what comes, says so to who sent
 * it, and to all once everybody has. It reads nothing, checks nothing and keeps nothing. Prints its port.
 */
const phones = Number(process.env['PHONES']);
let counted = 0;
const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  backlog: 4_096,
  perMessageDeflate: false,
});
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    if (data.includes('"hello"')) {
      socket.send('{"type":"welcome"}');
      return;
    }
    counted += 1;
    socket.send('{"type":"counted"}');
    if (counted % phones !== 0) return;
    const text = `{"type":"poll","ballots":${phones}}`;
    for (const client of server.clients) client.send(text);
  });
});
server.on('listening', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
