/** @throws Error for no values at all: there is no figure that could stand for them. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('Nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = percentile(sorted, 0.5 + Number.EPSILON);
  return sorted.length % 2 === 1 ? upper : (percentile(sorted, 0.5) + upper) / 2;
}

export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const summarize = (values: readonly number[]): Summary => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** Another one begins each round, so that no contender always runs first, or always after the same one. */
export function turned<Item>(items: readonly Item[], round: number): Item[] {
  const order = round % 2 === 0 ? [...items] : items.toReversed();
  const first = Math.floor(round / 2) % Math.max(order.length, 1);
  return [...order.slice(first), ...order.slice(0, first)];
}
