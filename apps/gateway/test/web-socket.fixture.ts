import { once } from 'node:events';
import { Inbox } from '@weinao/testing';
import { createClient } from 'graphql-ws';
import type { Client, FormattedExecutionResult, SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ClientOptions, CloseEvent } from 'ws';
import type { Asking, LiveFixture } from './live.fixture.ts';

/** What a client was told of one operation. */
export interface Heard {
  readonly results: Inbox<FormattedExecutionResult>;
  /** `complete`, or the errors with which it ended. */
  readonly end: Promise<unknown>;
  unsubscribe(): void;
}

/** A client as people use it. */
export class GraphqlWsClient {
  readonly closes = new Inbox<{ readonly code: number; readonly reason: string }>();
  private readonly client: Client;

  constructor(fixture: LiveFixture, asking: Asking = {}) {
    this.client = createClient({
      url: fixture.url(asking).replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
      connectionParams: async () => ({ authorization: `Bearer ${await fixture.token(asking)}` }),
      on: {
        closed: (event) => {
          const { code, reason } = event as CloseEvent;
          this.closes.take({ code, reason });
        },
      },
    });
  }

  ask(payload: SubscribePayload): Heard {
    const results = new Inbox<FormattedExecutionResult>();
    let unsubscribe: () => void = () => undefined;
    const end = new Promise<unknown>((resolve) => {
      unsubscribe = this.client.subscribe(payload, {
        next: (result) => results.take(result as FormattedExecutionResult),
        error: resolve,
        complete: () => resolve('complete'),
      });
    });
    return { results, end, unsubscribe: () => unsubscribe() };
  }

  terminate(): void {
    this.client.terminate();
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }
}

/** Somebody who says whatever they like. */
export class RawSocket {
  readonly said = new Inbox<{ readonly type: string; readonly id?: string; readonly payload?: unknown }>();
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.said.take(JSON.parse(data.toString()) as { type: string }));
    this.closed = once(socket, 'close').then(([code, reason]) => ({
      code: code as number,
      reason: String(reason),
    }));
  }

  /** @throws Error with status and body where the handshake is refused */
  static async connect(
    url: string,
    options: ClientOptions = {},
    protocols: string[] = ['graphql-transport-ws'],
  ): Promise<RawSocket> {
    const socket = new WebSocket(url.replace('http', 'ws'), protocols, options);
    const raw = new RawSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.once('open', resolve);
      socket.once('unexpected-response', (_request, answer) => {
        let body = '';
        answer.on('data', (some: Buffer) => (body += some.toString()));
        answer.on('end', () => reject(new Error(`${answer.statusCode} ${body}`)));
      });
    });
    return raw;
  }

  say(message: object | string | Buffer): void {
    const isRaw = typeof message === 'string' || Buffer.isBuffer(message);
    this.socket.send(isRaw ? message : JSON.stringify(message));
  }

  /** Says who it is, and waits until that is taken. */
  async begin(token: string): Promise<void> {
    this.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await this.said.until(1);
  }

  subscribe(id: string, query: string): void {
    this.say({ type: 'subscribe', id, payload: { query } });
  }
}
