import { setTimeout } from 'node:timers/promises';
import { listenForEnabling } from './enabling.ts';
import type { Followed } from './reaction.ts';
import type { ReactionHandler } from './reaction-handler.ts';
import type { ReactorOptions } from './reactor.options.ts';
import { BusError } from '../bus/bus.ts';
import { Consumer } from '../publication/consumer.ts';
import { logHead } from '../publication/log-head.ts';

const PAUSE_MS = 1_000;

/** Whoever does not run has nothing to catch up with. */
function nobodyThere(error: unknown): undefined {
  if (!(error instanceof BusError && error.code === 'NO_RESPONDER')) throw error;
}

/** Another plugin's events, from the stored checkpoint on. */
export class ConsumedLog {
  private readonly stopping = new AbortController();
  private opening: Promise<void> | undefined;
  private consumer: Consumer | undefined;
  private stopListening: () => void = () => undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ReactorOptions,
    private readonly publisher: string,
    private readonly handler: ReactionHandler,
  ) {}

  start(): void {
    this.opening = this.open();
    this.stopListening = listenForEnabling(this.options, () => this.lookBack());
  }

  async stop(): Promise<void> {
    this.stopListening();
    this.stopping.abort();
    await this.opening;
    await Promise.all([this.consumer?.stop(), this.looking.catch(() => undefined)]);
  }

  async caughtUp(timeoutMs: number): Promise<void> {
    await this.lookBack();
    await this.opening;
    const head = await logHead(this.options.bus, this.publisher, 0n, timeoutMs).catch(nobodyThere);
    if (head !== undefined) await this.consumer?.reached(head, timeoutMs);
  }

  private async open(): Promise<void> {
    const { reaction, report } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const after = await this.handler.load();
        this.opening = undefined;
        return this.consume(after);
      } catch (error) {
        report(`Reaction ${reaction.name} does not know where it stands; trying again`, error);
        await setTimeout(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private consume(after: bigint): void {
    const { bus, report } = this.options;
    const { publisher: plugin, handler } = this;
    if (this.stopping.signal.aborted) return;
    const consumer = new Consumer({
      ...{ bus, plugin, after },
      handle: async (event) => {
        const followed: Followed = { ...event, type: `${plugin}.${event.type}` };
        if (await handler.take([followed])) return;
        this.opening ??= this.reopen(consumer);
        throw new Error(`Reaction ${this.options.reaction.name} begins anew at its checkpoint`);
      },
      report: (message, error) => report(message, error),
    });
    this.consumer = consumer;
    consumer.start();
  }

  /** One after the other, so that a stop knows what to wait for. */
  private lookBack(): Promise<void> {
    const look = async (): Promise<void> => {
      await this.opening; // which may have looked where it stands a moment before
      if ((await this.handler.returnToEnabled()) && this.consumer)
        this.opening ??= this.reopen(this.consumer);
    };
    return (this.looking = this.looking.then(look, look));
  }

  /** Another process moved the checkpoint, forwards or back. */
  private async reopen(consumer: Consumer): Promise<void> {
    await consumer.stop();
    await this.open();
  }
}
