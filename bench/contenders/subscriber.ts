import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { nextMessage, startChild } from '../frame/child.ts';

/** How the other process gets its events. */
export type Subscription =
  | { readonly by: 'consumer'; readonly natsUrl: string; readonly plugin: string }
  | { readonly by: 'messages'; readonly natsUrl: string; readonly subject: string }
  | { readonly by: 'emmett'; readonly databaseUrl: string };

const LOOK_AGAIN_MS = 50;
/** When nothing has come for so long, nothing will. */
const PATIENCE_MS = 10_000;

/** Another process that subscribes, and tells when it had which event. */
export class Subscriber {
  private constructor(private readonly child: ChildProcess) {}

  static async start(subscription: Subscription, cleanup: AsyncDisposableStack): Promise<Subscriber> {
    const child = startChild(new URL('./subscriber.process.ts', import.meta.url), subscription, cleanup);
    await nextMessage(child);
    return new Subscriber(child);
  }

  /** When the events arrived, by their ids; waits until all have, or no more of them come. */
  async receipts(ids: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    const missing = new Set(ids);
    const receipts = new Map<string, number>();
    let deadline = performance.now() + PATIENCE_MS;
    while (missing.size > 0 && performance.now() < deadline) {
      this.child.send('receipts');
      const fresh = (await nextMessage<[string, number][]>(this.child)).filter(([id]) => missing.delete(id));
      for (const [id, at] of fresh) receipts.set(id, at);
      if (fresh.length > 0) deadline = performance.now() + PATIENCE_MS;
      if (missing.size > 0) await pause(LOOK_AGAIN_MS);
    }
    return receipts;
  }
}
