import type { SubgraphReply } from '@weinao/plugins';

/** A request to a subgraph, and whoever waits for its reply. */
export class AskedRequest {
  readonly bytes: number;
  readonly reply: Promise<SubgraphReply>;
  private readonly outcome = Promise.withResolvers<SubgraphReply>();
  private timer: NodeJS.Timeout | undefined;

  constructor(readonly text: string) {
    this.bytes = Buffer.byteLength(text);
    this.reply = this.outcome.promise;
  }

  /** Resolves when it was answered or has failed. */
  get settled(): Promise<void> {
    const ignore = (): void => undefined;
    return this.reply.then(ignore, ignore);
  }

  expireAfter(ms: number, expire: () => void): void {
    this.timer = setTimeout(expire, ms);
  }

  answer(reply: SubgraphReply): void {
    clearTimeout(this.timer);
    this.outcome.resolve(reply);
  }

  fail(error: unknown): void {
    clearTimeout(this.timer);
    this.outcome.reject(error);
  }
}
