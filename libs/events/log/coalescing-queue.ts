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
  /** In the same unit as `mostWeight`, which a batch of more than one item never exceeds. */
  weightOf(item: Item): number;
  readonly mostWeight: number;
}

/**
 * One batch in flight at a time; whoever comes meanwhile forms the next one. Under load the cost of a commit is shared,
 * and a lone caller waits for nobody.
 */
export class CoalescingQueue<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  /** Of everything that waits; not of what is in flight. */
  waitingWeight = 0;
  private running = false;
  private readonly idle: (() => void)[] = [];

  constructor(private readonly options: CoalescingOptions<Item, Answer>) {}

  submit(item: Item): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.waitingWeight += this.options.weightOf(item);
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
    let answer = (): void => undefined;
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      const outcome = this.outcomeOf(batch);
      await sent(); // the callers of the batch before go on while this one is under way
      answer();
      const results = await outcome;
      answer = () => batch.forEach((entry, index) => settle(entry, results[index]!));
    }
    this.running = false;
    answer();
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async outcomeOf(
    batch: readonly Waiting<Item, Answer>[],
  ): Promise<readonly PromiseSettledResult<Answer>[]> {
    try {
      return await this.options.perform(batch.map(({ item }) => item));
    } catch (reason) {
      return batch.map(() => ({ status: 'rejected', reason }));
    }
  }

  private takeBatch(): Waiting<Item, Answer>[] {
    const { keysOf, weightOf, mostItems, mostWeight } = this.options;
    const batch: Waiting<Item, Answer>[] = [];
    const later: Waiting<Item, Answer>[] = [];
    const taken = new Set<string>();
    let weight = 0;
    let looked = 0;
    for (const entry of this.waiting) {
      const more = weight + weightOf(entry.item);
      if (batch.length === mostItems || (batch.length > 0 && more > mostWeight)) break;
      const keys = keysOf(entry.item);
      const joins = !keys.some((key) => taken.has(key));
      if (joins) weight = more;
      (joins ? batch : later).push(entry);
      for (const key of keys) taken.add(key); // also of those that wait, so that nobody overtakes on one stream
      looked++;
    }
    this.waiting = [...later, ...this.waiting.slice(looked)];
    this.waitingWeight -= weight;
    return batch;
  }
}

/** `pg` hands a query to its socket by process.nextTick, which comes after everything that answered callers do at once. */
const sent = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function settle<Answer>(
  { resolve, reject }: Waiting<unknown, Answer>,
  result: PromiseSettledResult<Answer>,
): void {
  if (result.status === 'fulfilled') resolve(result.value);
  else reject(result.reason);
}
