import { Answering, answerOf } from './answering.ts';
import { assertSize, BusError } from './bus.ts';
import type { Bus, BusReporter, BusSubscription, Message, PublishOptions } from './bus.ts';

interface Listener {
  readonly pattern: readonly string[];
  hear(message: Message): void;
}

interface Responder {
  readonly pattern: readonly string[];
  readonly queue: string;
  answer(message: Message): Promise<string>;
}

/** The bus of a single process: the same meanings as NATS, without a server. */
export class InProcessBus implements Bus {
  private readonly listeners = new Set<Listener>();
  private readonly responders = new Set<Responder>();
  private readonly answering = new Answering();
  private turn = 0;
  private closed = false;

  constructor(private readonly report: BusReporter) {}

  publish(subject: string, text: string, options?: PublishOptions): void {
    this.assertOpen();
    assertSize(subject, text, options);
    const heard = [...this.listeners].filter(({ pattern }) => matches(pattern, subject));
    for (const listener of heard) queueMicrotask(() => this.deliver(listener, { subject, text }));
  }

  async flush(): Promise<void> {
    this.assertOpen();
  }

  subscribe(pattern: string, listener: (message: Message) => void): BusSubscription {
    this.assertOpen();
    const entry = { pattern: pattern.split('.'), hear: listener };
    this.listeners.add(entry);
    return { stop: () => Promise.resolve(void this.listeners.delete(entry)) };
  }

  async request(subject: string, text: string, { timeoutMs }: { timeoutMs: number }): Promise<string> {
    this.assertOpen();
    assertSize(subject, text);
    const responder = this.nextResponder(subject);
    if (!responder) throw new BusError('NO_RESPONDER', `Nobody answers ${subject}`);
    const answer = this.answering.track(this.answer(responder, { subject, text }));
    return withDeadline(answer, timeoutMs, subject);
  }

  respond(pattern: string, queue: string, responder: (message: Message) => Promise<string>): BusSubscription {
    this.assertOpen();
    const own = new Answering();
    const entry = {
      pattern: pattern.split('.'),
      queue,
      answer: (message: Message) => own.track(responder(message)),
    };
    this.responders.add(entry);
    return {
      stop: () => {
        this.responders.delete(entry);
        return own.finished();
      },
    };
  }

  onReconnect(): () => void {
    return () => undefined; // there is no connection that could break
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.resolve(); // what was published before is delivered first
    this.listeners.clear();
    this.responders.clear();
    await this.answering.finished();
  }

  private assertOpen(): void {
    if (this.closed) throw new BusError('CLOSED', 'The bus is closed');
  }

  private deliver(listener: Listener, message: Message): void {
    if (!this.listeners.has(listener)) return;
    try {
      listener.hear(message);
    } catch (error) {
      this.report(`A listener of ${message.subject} failed`, error);
    }
  }

  /** As with NATS, each queue that matches gets the request once; the first answer counts. Here one queue is picked. */
  private nextResponder(subject: string): Responder | undefined {
    const able = [...this.responders].filter(({ pattern }) => matches(pattern, subject));
    return able[this.turn++ % Math.max(able.length, 1)];
  }

  private async answer(responder: Responder, message: Message): Promise<string> {
    await Promise.resolve();
    try {
      return await answerOf(responder.answer, message);
    } catch (error) {
      this.report(`A responder of ${message.subject} failed`, error);
      throw error;
    }
  }
}

function matches(pattern: readonly string[], subject: string): boolean {
  const parts = subject.split('.');
  const rest = pattern.at(-1) === '>';
  if (rest ? parts.length < pattern.length : parts.length !== pattern.length) return false;
  return pattern.every(
    (part, index) => part === '*' || part === parts[index] || (rest && index === pattern.length - 1),
  );
}

async function withDeadline<T>(answer: Promise<T>, timeoutMs: number, subject: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const late = new BusError('TIMEOUT', `${subject} did not answer within ${timeoutMs} ms`);
    timer = setTimeout(() => reject(late), timeoutMs);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
