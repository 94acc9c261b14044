interface Waiting<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface CoalescingOptions<Item, Answer> {
  /** Does a batch in one go and settles each item by itself, in order. */
  perform(batch: readonly Item[]): Promise<PromiseSettledResult<Answer>[]>;
  /** Items that share a key never share a batch: the later one waits for the next. */
  keysOf(item: Item): readonly string[];
  readonly mostItems: number;
}

/**
 * One batch in flight at a time; whoever comes meanwhile forms the next one. Under load the cost of a commit is shared,
 * and a lone caller waits for nobody.
 */
export class CoalescingQueue<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private running = false;
  private readonly idle: (() => void)[] = [];

  constructor(private readonly options: CoalescingOptions<Item, Answer>) {}

  submit(item: Item): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  /** Resolves once nothing is waiting or in flight. */
  drained(): Promise<void> {
    if (!this.running) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private async run(): Promise<void> {
    this.running = true;
    await Promise.resolve(); // lets the callers of the same turn join the first batch
    while (this.waiting.length > 0) await this.performNext();
    this.running = false;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async performNext(): Promise<void> {
    const batch = this.takeBatch();
    try {
      const results = await this.options.perform(batch.map(({ item }) => item));
      batch.forEach((entry, index) => {
        const result = results[index]!;
        if (result.status === 'fulfilled') entry.resolve(result.value);
        else entry.reject(result.reason);
      });
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    }
  }

  private takeBatch(): Waiting<Item, Answer>[] {
    const batch: Waiting<Item, Answer>[] = [];
    const later: Waiting<Item, Answer>[] = [];
    const taken = new Set<string>();
    for (const entry of this.waiting) {
      const keys = this.options.keysOf(entry.item);
      const joins = batch.length < this.options.mostItems && !keys.some((key) => taken.has(key));
      (joins ? batch : later).push(entry);
      for (const key of keys) taken.add(key); // also of those that wait, so that nobody overtakes on one stream
    }
    this.waiting = later;
    return batch;
  }
}
