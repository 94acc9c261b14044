/** What became of a thing, serialised once for all who hear it. */
export class LiveMessage {
  private frame: Buffer | undefined;

  /** @param payload the GraphQL result as JSON, in one line; its `extensions.eventId` is the position */
  constructor(
    readonly position: bigint,
    readonly payload: string,
  ) {}

  /** As graphql-sse says, distinct connections: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md */
  get eventStreamFrame(): Buffer {
    this.frame ??= Buffer.from(`id: ${this.position}\nevent: next\ndata: ${this.payload}\n\n`);
    return this.frame;
  }
}
