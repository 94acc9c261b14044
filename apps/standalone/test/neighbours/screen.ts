/** A screen that listens to its feed of server-sent events. */
export class Screen {
  /** `event` and `data` of all that came, in order. */
  readonly heard: { readonly event: string; readonly data: Record<string, unknown> }[] = [];
  lastEventId: string | undefined;
  private readonly hangUp = new AbortController();
  private rest = '';

  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  static of(community: string, id: string, token: string): Screen {
    return new Screen(`${community}/screens/${id}`, token);
  }

  /** Opened once the answer's head is there; what follows is heard. @throws Error where it is refused */
  async listen(lastEventId?: string): Promise<this> {
    const response = await fetch(`${this.address}/feed`, {
      headers: {
        ...this.authorization,
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      signal: this.hangUp.signal,
    });
    if (response.status !== 200) throw new Error(`The feed answered ${response.status}`);
    void this.read(response.body!);
    return this;
  }

  async playlist(): Promise<Record<string, unknown>> {
    return (await fetch(`${this.address}/playlist`, { headers: this.authorization })).json() as never;
  }

  close(): void {
    this.hangUp.abort();
  }

  private get authorization(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const texts = body.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>;
    try {
      for await (const text of texts) this.take(text);
    } catch {
      // hung up, by either side
    }
  }

  private take(text: string): void {
    const messages = (this.rest + text).split('\n\n');
    this.rest = messages.pop()!;
    for (const message of messages) {
      const field = (name: string): string | undefined =>
        new RegExp(`^${name}: ?(.*)$`, 'm').exec(message)?.[1];
      this.lastEventId = field('id') ?? this.lastEventId;
      const event = field('event');
      if (event !== undefined) this.heard.push({ event, data: JSON.parse(field('data')!) });
    }
  }
}
