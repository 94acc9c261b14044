/** Lets so many works be under way at once, and the others wait in the order of their coming. */
export class Turnstile {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly idle: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async run<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.running < this.most) this.running++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve)); // who leaves hands over its place
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Resolves once nothing is waiting or under way. */
  drained(): Promise<void> {
    if (this.running === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) return next();
    this.running--;
    if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
  }
}
