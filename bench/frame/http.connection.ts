import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * One connection of HTTP/1.1 that is kept open, one request at a time: so little of a client that the processor is left
 * to the server which is measured.
 */
export class HttpConnection {
  private received: Buffer = Buffer.alloc(0);
  private answer: PromiseWithResolvers<string> | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {
    socket.on('data', (chunk) => this.take(chunk));
    const broken = (): void => this.answer?.reject(new Error(`${host} closed the connection`));
    socket.on('error', broken);
    socket.on('close', broken);
  }

  static open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new HttpConnection(socket, host)));
    });
  }

  /** @returns the body. @throws Error for any status but 200 */
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<string> {
    const lines = Object.entries({
      host: this.host,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.answer = Promise.withResolvers();
    this.socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    return this.answer.promise;
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? NaN);
    if (Number.isNaN(length)) return this.answer!.reject(new Error(`An answer without a length:\n${head}`));
    if (this.received.length < end + 4 + length) return;
    const body = this.received.toString('utf8', end + 4, end + 4 + length);
    this.received = this.received.subarray(end + 4 + length);
    if (head.startsWith('HTTP/1.1 200 ')) this.answer!.resolve(body);
    else this.answer!.reject(new Error(`${head.split('\r\n')[0]}: ${body}`));
  }
}
