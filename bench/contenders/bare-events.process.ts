import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Server-sent events with as little as Node needs for it: whoever asks listens, and all are written the same. */
const listening = new Set<ServerResponse>();
const server = createServer((request, response) => {
  request.resume();
  response.removeHeader('transfer-encoding');
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', connection: 'close' });
  response.write(':\n\n');
  listening.add(response);
});

process.on('message', (frame: string) => {
  const bytes = Buffer.from(frame);
  for (const response of listening) response.write(bytes);
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () => {
  process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
