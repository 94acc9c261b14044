import { connect, headers, NoRespondersError, RequestError, TimeoutError } from '@nats-io/transport-node';
import type { Msg, MsgHdrs, NatsConnection, Subscription } from '@nats-io/transport-node';
import { Answering, answerOf } from './answering.ts';
import { assertSize, BusError } from './bus.ts';
import type { Bus, BusErrorCode, BusReporter, BusSubscription, Message, PublishOptions } from './bus.ts';

/** A reply with this header is no answer but the responder's refusal, and the header says why. */
const REFUSAL = 'Weinao-Refusal';
const MESSAGE_ID = 'Nats-Msg-Id';

interface Refusal {
  readonly code: BusErrorCode;
  readonly message: string;
}

export interface NatsBusOptions {
  /** `nats://host:port`, several separated by commas. */
  readonly url: string;
  /** Shown in the server's list of connections. */
  readonly name: string;
  readonly report: BusReporter;
}

/** Waits for the server without end, at start as later: the services of a community start in any order. */
export async function connectNats({ url, name, report }: NatsBusOptions): Promise<NatsBus> {
  const connection = await connect({
    servers: url.split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    waitOnFirstConnect: true,
  });
  return new NatsBus(connection, report);
}

export class NatsBus implements Bus {
  private readonly reconnected = new Set<() => void>();
  private readonly answering = new Answering();
  private readonly subscriptions = new Set<Subscription>();

  constructor(
    readonly connection: NatsConnection,
    private readonly report: BusReporter,
  ) {
    void this.watch();
  }

  publish(subject: string, text: string, options: PublishOptions = {}): void {
    this.assertOpen();
    assertSize(subject, text, options);
    const { messageId } = options;
    this.connection.publish(subject, text, messageId === undefined ? {} : { headers: withId(messageId) });
  }

  async flush(): Promise<void> {
    this.assertOpen();
    try {
      await this.connection.flush();
    } catch {
      await Promise.race([this.nextConnection(), this.connection.closed()]);
      this.assertOpen();
      throw new BusError('LOST', 'The connection to NATS broke, and what was published may be lost');
    }
  }

  subscribe(pattern: string, listener: (message: Message) => void): BusSubscription {
    this.assertOpen();
    const subscription = this.connection.subscribe(pattern, {
      callback: (error, message) => {
        if (error) return this.report(`Subscription ${pattern} failed`, error);
        try {
          listener({ subject: message.subject, text: message.string() });
        } catch (failure) {
          this.report(`A listener of ${message.subject} failed`, failure);
        }
      },
    });
    this.subscriptions.add(subscription);
    return { stop: () => this.leave(subscription) };
  }

  async request(subject: string, text: string, { timeoutMs }: { timeoutMs: number }): Promise<string> {
    this.assertOpen();
    assertSize(subject, text);
    let reply: Msg;
    try {
      reply = await this.connection.request(subject, text, { timeout: timeoutMs });
    } catch (error) {
      throw translated(error, subject, timeoutMs);
    }
    const refusal = reply.headers?.get(REFUSAL);
    if (refusal) throw refused(refusal);
    return reply.string();
  }

  respond(pattern: string, queue: string, responder: (message: Message) => Promise<string>): BusSubscription {
    this.assertOpen();
    const own = new Answering();
    const subscription = this.connection.subscribe(pattern, {
      queue,
      callback: (error, message) => {
        if (error) return this.report(`Responder ${pattern} failed`, error);
        void this.answering.track(own.track(this.answer(message, responder)));
      },
    });
    this.subscriptions.add(subscription);
    return {
      stop: async () => {
        await this.leave(subscription);
        await own.finished();
      },
    };
  }

  onReconnect(listener: () => void): () => void {
    this.reconnected.add(listener);
    return () => this.reconnected.delete(listener);
  }

  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    await Promise.all([...this.subscriptions].map((subscription) => this.leave(subscription)));
    await this.answering.finished();
    await this.connection.drain();
  }

  private nextConnection(): Promise<void> {
    return new Promise((resolve) => {
      const leave = this.onReconnect(() => {
        leave();
        resolve();
      });
    });
  }

  private assertOpen(): void {
    if (this.connection.isClosed() || this.connection.isDraining())
      throw new BusError('CLOSED', 'The bus is closed');
  }

  private async leave(subscription: Subscription): Promise<void> {
    this.subscriptions.delete(subscription);
    if (!subscription.isClosed() && !this.connection.isClosed()) await subscription.drain();
  }

  private async answer(message: Msg, responder: (message: Message) => Promise<string>): Promise<void> {
    try {
      message.respond(await answerOf(responder, { subject: message.subject, text: message.string() }));
    } catch (error) {
      this.report(`A responder of ${message.subject} failed`, error);
      const { code, message: reason } = error as BusError;
      const refusal = headers();
      // a header is a single line of ASCII, and JSON escapes even half a surrogate pair
      refusal.set(REFUSAL, encodeURIComponent(JSON.stringify({ code, message: reason } satisfies Refusal)));
      message.respond('', { headers: refusal });
    }
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.report('The connection to NATS broke; connecting again');
      if (status.type === 'error') this.report('NATS reports an error', status.error);
      if (status.type === 'reconnect') for (const listener of this.reconnected) listener();
    }
  }
}

function withId(messageId: string): MsgHdrs {
  const header = headers();
  header.set(MESSAGE_ID, messageId);
  return header;
}

function refused(header: string): BusError {
  const { code, message } = JSON.parse(decodeURIComponent(header)) as Refusal;
  return new BusError(code, message);
}

function translated(error: unknown, subject: string, timeoutMs: number): BusError {
  const silent =
    error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders());
  if (silent) return new BusError('NO_RESPONDER', `Nobody answers ${subject}`);
  if (error instanceof TimeoutError) {
    return new BusError('TIMEOUT', `${subject} did not answer within ${timeoutMs} ms`);
  }
  return new BusError('CLOSED', `The request to ${subject} broke off: ${(error as Error).message}`);
}
