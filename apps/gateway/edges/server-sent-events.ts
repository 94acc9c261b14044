import type { FastifyReply } from 'fastify';
import type { FeedMessage } from '@weinao/plugins';

/** A reader that is so far behind is cut; it comes back and is told what is valid. */
const MOST_UNSENT_BYTES = 1_048_576;

/** Of who has not read everything when it ends. */
const GOODBYE_MS = 1_000;

export const HEARTBEAT = Buffer.from(':\n\n');

const LINE_END = /\r\n|\r|\n/;
const oneLine = (text: string): string => text.split(LINE_END).join(' ');

/** As it goes over the wire. */
export function frameOf({ id, event, data }: FeedMessage): Buffer {
  const lines = data.split(LINE_END).map((line) => `data: ${line}\n`);
  return Buffer.from(`id: ${oneLine(id)}\nevent: ${oneLine(event)}\n${lines.join('')}\n`);
}

/** An answer that goes on: one HTTP connection that listens. */
export class ServerSentEvents {
  constructor(
    private readonly reply: FastifyReply,
    private readonly correlationId: string,
  ) {}

  /** Ended by either side. */
  get isClosed(): boolean {
    const { raw } = this.reply;
    return raw.destroyed || raw.writableEnded;
  }

  onClose(listener: () => void): void {
    this.reply.raw.once('close', listener);
  }

  /** Not chunked, so that all connections are sent the very same bytes: it ends with its connection. */
  open(): void {
    this.reply.hijack();
    const { raw } = this.reply;
    if (raw.destroyed) return; // gone while it was opened
    raw.removeHeader('transfer-encoding');
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': this.correlationId,
      connection: 'close',
    });
  }

  write(bytes: Buffer): void {
    const { raw } = this.reply;
    if (this.isClosed) return;
    raw.write(bytes);
    if (raw.writableLength > MOST_UNSENT_BYTES) raw.destroy();
  }

  /** With a last word; who reads slowly is not waited for long, and may not hear it. */
  end(last?: Buffer): void {
    const { raw } = this.reply;
    if (this.isClosed) return;
    raw.end(last);
    if (raw.writableLength === 0) return;
    const cut = setTimeout(() => raw.destroy(), GOODBYE_MS);
    raw.once('close', () => clearTimeout(cut));
  }
}
