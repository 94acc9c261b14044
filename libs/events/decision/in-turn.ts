export interface Turn {
  /** Whoever shares one of them takes turns, in the order given. */
  readonly keys: readonly string[];
  run(): Promise<void>;
}

/**
 * Does works side by side, but those that share a key one after the other; behind one that fails, none of them is begun.
 * Waits for all. @throws the first failure
 */
export async function inTurn(turns: readonly Turn[]): Promise<void> {
  const last = new Map<string, Promise<void>>();
  const results = await Promise.allSettled(
    turns.map(({ keys, run }) => {
      const before = keys.flatMap((key) => last.get(key) ?? []);
      const work = Promise.all(before).then(() => run());
      for (const key of keys) last.set(key, work);
      return work;
    }),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
