/** The n-th UUID of a test: readable, and the same in every run. */
export const numberedId = (n: number): string =>
  `00000000-0000-8000-8000-${n.toString(16).padStart(12, '0')}`;

/** Ids one after the other; `ids.next` can be given wherever `newId` is. */
export class CountedIds {
  private count = 0;

  readonly next = (): string => numberedId(++this.count);
}
