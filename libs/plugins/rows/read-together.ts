const MOST_IDS = 100;

interface Wanted<Value> {
  readonly id: string;
  readonly outcome: PromiseWithResolvers<Value>;
}

/**
 * Reads what many requests want of a community's rows in one query: who asks while one is under way is part of the next,
 * so each is answered by a query that began after it asked.
 */
export class ReadTogether<Value> {
  private readonly waiting = new Map<string, Wanted<Value>[]>();
  private readonly reading = new Set<string>();

  /** @param read the values there are, by id, of at most 100 ids */
  constructor(
    private readonly read: (
      communityId: string,
      ids: readonly string[],
    ) => Promise<ReadonlyMap<string, Value>>,
  ) {}

  /** @throws Error where there is none */
  of(communityId: string, id: string): Promise<Value> {
    const wanted = { id, outcome: Promise.withResolvers<Value>() };
    const others = this.waiting.get(communityId);
    if (others) others.push(wanted);
    else this.waiting.set(communityId, [wanted]);
    if (!this.reading.has(communityId)) {
      this.reading.add(communityId);
      setImmediate(() => void this.readAll(communityId));
    }
    return wanted.outcome.promise;
  }

  private async readAll(communityId: string): Promise<void> {
    for (let waiting = this.waiting.get(communityId); waiting; waiting = this.waiting.get(communityId)) {
      const batch = waiting.splice(0, MOST_IDS);
      if (waiting.length === 0) this.waiting.delete(communityId);
      await this.readBatch(communityId, batch);
    }
    this.reading.delete(communityId);
  }

  private async readBatch(communityId: string, batch: readonly Wanted<Value>[]): Promise<void> {
    try {
      const values = await this.read(communityId, [...new Set(batch.map(({ id }) => id))]);
      for (const { id, outcome } of batch) {
        const value = values.get(id);
        if (value === undefined) outcome.reject(new Error(`There is no ${id} in ${communityId}`));
        else outcome.resolve(value);
      }
    } catch (error) {
      for (const { outcome } of batch) outcome.reject(error);
    }
  }
}
