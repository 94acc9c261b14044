import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyServerOptions } from 'fastify';
import { errorBody } from './http-error.ts';

/** What Fastify refuses before it knows a route, so that no filter sees it: coded JSON there too. */
export const unroutable: Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'> = {
  frameworkErrors({ code }, _request, reply) {
    const answer = reply as FastifyReply; // Fastify types it for the schema of any route
    if (code === 'FST_ERR_BAD_URL') {
      return void answer.status(400).send(errorBody('BAD_REQUEST', 'The address cannot be decoded.'));
    }
    return void answer.status(404).send(errorBody('NOT_FOUND', 'There is nothing at this address.'));
  },

  clientErrorHandler(error, socket) {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy(error);
    const [status, code, message] = BROKEN[error.code] ?? NO_HTTP;
    const body = JSON.stringify(errorBody(code, message));
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8`;
    socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  },
};

type Refusal = readonly [status: number, code: string, message: string];

const NO_HTTP: Refusal = [400, 'BAD_REQUEST', 'The request is not valid HTTP.'];

const BROKEN: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'REQUEST_TIMEOUT', 'The request did not come in time.'],
  HPE_HEADER_OVERFLOW: [431, 'HEADERS_TOO_LARGE', 'The headers are larger than 16 kB.'],
};
