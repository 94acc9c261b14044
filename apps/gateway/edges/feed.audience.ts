import type { ConsumedEvent } from '@weinao/events';
import type { AnnouncedFeed, PathParams, ToldMessage } from '@weinao/plugins';
import type { FeedConnection } from './feed.connection.ts';
import { frameOf } from './server-sent-events.ts';

/** Everybody who is connected to one feed of one community. */
export class FeedAudience {
  readonly connections = new Set<FeedConnection>();
  /** Position of the last event that was told. */
  private told = 0n;

  constructor(
    readonly feed: AnnouncedFeed,
    readonly communityId: string,
  ) {}

  wants({ type, position, metadata: { communityId } }: ConsumedEvent): boolean {
    return communityId === this.communityId && this.feed.follows.includes(type) && this.told < position;
  }

  /** Each message becomes bytes once, however many there are to hear it. */
  tell(position: bigint, messages: readonly ToldMessage[]): void {
    this.told = position;
    if (messages.length === 0) return;
    const frames = messages.map((message) => ({
      channels: message.channels === 'all' ? undefined : message.channels,
      bytes: frameOf(message),
    }));
    for (const connection of this.connections) connection.hear(position, frames);
  }

  write(bytes: Buffer): void {
    for (const connection of this.connections) connection.write(bytes);
  }

  end(): void {
    for (const connection of this.connections) connection.end();
  }

  paramsOfAll(): PathParams[] {
    return [...this.connections].filter(({ isOpen }) => isOpen).map(({ params }) => params);
  }
}
