import { expect } from '@jest/globals';
import type { Bus, Message } from '@weinao/events';

/** Collects what comes, and lets a test wait until it is there. */
export class Inbox<Item = Message> {
  readonly items: Item[] = [];
  private waiting: { count: number; resolve: (items: Item[]) => void }[] = [];

  readonly take = (item: Item): void => {
    this.items.push(item);
    const ready = this.waiting.filter(({ count }) => count <= this.items.length);
    this.waiting = this.waiting.filter((entry) => !ready.includes(entry));
    for (const { resolve } of ready) resolve(this.items);
  };

  /** Resolves with everything that came as soon as it is so many. */
  until(count: number): Promise<Item[]> {
    if (this.items.length >= count) return Promise.resolve(this.items);
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }
}

/** Whatever was subscribed on this bus before is known to its server when the answer to a later question is back. */
export async function untilSubscribed(...buses: readonly Bus[]): Promise<void> {
  for (const bus of buses) {
    await expect(bus.request('nobody.is.here', '', { timeoutMs: 10_000 })).rejects.toMatchObject({
      code: 'NO_RESPONDER',
    });
  }
}
