import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FeedMessage } from '@weinao/plugins';
import { Inbox } from '../contracts/inbox.ts';

export interface FeedListenerOptions {
  readonly token?: string;
  readonly lastEventId?: string;
  /** Sent as JSON, by POST: a GraphQL subscription. */
  readonly body?: object;
}

/** Somebody who listens to server-sent events. */
export class FeedListener {
  readonly messages = new Inbox<FeedMessage>();
  /** Comments, which tell nothing but that the connection lives. */
  readonly heartbeats = new Inbox<void>();
  /** Resolves when the other side has ended it, however. */
  readonly ended: Promise<unknown>;
  private rest = '';

  private constructor(private readonly answer: IncomingMessage) {
    answer.setEncoding('utf8');
    answer.on('data', (some: string) => this.hear(some));
    answer.on('error', () => undefined);
    this.ended = once(answer, 'close');
  }

  /** @throws Error with status and body where it is refused */
  static async connect(
    url: string,
    { token, lastEventId, body }: FeedListenerOptions = {},
  ): Promise<FeedListener> {
    const headers = {
      accept: 'text/event-stream',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const asked = request(url, { method: body ? 'POST' : 'GET', headers, agent: false });
    asked.end(body && JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    asked.on('error', () => undefined);
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await text(answer)}`);
    return new FeedListener(answer);
  }

  /** The data of the first so many messages, as soon as they are there. */
  async until(count: number): Promise<unknown[]> {
    await this.messages.until(count);
    return this.told();
  }

  /** The data of each message so far. */
  told(): unknown[] {
    return this.messages.items.map(({ data }) => JSON.parse(data) as unknown);
  }

  get contentType(): string | undefined {
    return this.answer.headers['content-type'];
  }

  /** Reads no more, as a screen that hangs. */
  stall(): void {
    this.answer.pause();
  }

  close(): void {
    this.answer.destroy();
  }

  private hear(some: string): void {
    const frames = (this.rest + some).split('\n\n');
    this.rest = frames.pop()!;
    for (const frame of frames) {
      if (frame.startsWith(':')) this.heartbeats.take();
      else this.messages.take(messageOf(frame));
    }
  }
}

function messageOf(frame: string): FeedMessage {
  const field = (name: string): string =>
    frame
      .split('\n')
      .flatMap((line) => (line.startsWith(`${name}: `) ? line.slice(name.length + 2) : []))
      .join('\n');
  return { id: field('id'), event: field('event'), data: field('data') };
}
