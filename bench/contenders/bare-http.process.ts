import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** node:http that reads a request and answers the bytes of ANSWER, whatever was asked. */
const answer = Buffer.from(process.env.ANSWER!);
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`bare http is listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
