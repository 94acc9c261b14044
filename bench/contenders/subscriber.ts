import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { nextMessage, startChild } from '../frame/child.ts';

/** How the other process gets its events. */
export type Subscription =
  | { readonly by: 'consumer'; readonly natsUrl: string; readonly plugin: string }
  | { readonly by: 'messages'; readonly natsUrl: string; readonly subject: string }
  | { readonly by: 'emmett'; readonly databaseUrl: string };

const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 60_000;

/** Another process that subscribes, and tells when it had which event. */
export class Subscriber {
  private constructor(private readonly child: ChildProcess) {}

  static async start(subscription: Subscription, cleanup: AsyncDisposableStack): Promise<Subscriber> {
    const child = startChild(new URL('./subscriber.process.ts', import.meta.url), subscription, cleanup);
    await nextMessage(child);
    return new Subscriber(child);
  }

  /** When each of the events arrived, by its id. @throws Error when some do not within a minute */
  async receipts(ids: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    const missing = new Set(ids);
    const receipts = new Map<string, number>();
    const deadline = performance.now() + PATIENCE_MS;
    while (missing.size > 0) {
      if (performance.now() > deadline)
        throw new Error(`${missing.size} events did not reach the subscriber`);
      this.child.send('receipts');
      for (const [id, at] of await nextMessage<[string, number][]>(this.child)) {
        if (missing.delete(id)) receipts.set(id, at);
      }
      if (missing.size > 0) await pause(LOOK_AGAIN_MS);
    }
    return receipts;
  }
}
