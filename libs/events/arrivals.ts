interface Waiting {
  readonly position: bigint;
  resolve(): void;
}

/** Those who wait until something has come as far as a position. */
export class Arrivals {
  private waiting: Waiting[] = [];

  constructor(private readonly hasCome: (position: bigint) => boolean) {}

  get some(): boolean {
    return this.waiting.length > 0;
  }

  /** @throws Error with this message after the deadline */
  async until(position: bigint, timeoutMs: number, late: string): Promise<void> {
    if (this.hasCome(position)) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      const entry = { position, resolve };
      this.waiting.push(entry);
      timer = setTimeout(() => {
        this.waiting = this.waiting.filter((other) => other !== entry);
        reject(new Error(late));
      }, timeoutMs);
    }).finally(() => clearTimeout(timer));
  }

  /** It moved: those whose position has come go on. */
  moved(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const entry of waiting) {
      if (this.hasCome(entry.position)) entry.resolve();
      else this.waiting.push(entry);
    }
  }
}
