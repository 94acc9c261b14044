/**
 * Numbers that follow from a seed alone (mulberry32), so that a run's choices can be made again. How processes
 * interleave is not among them: the same seed asks the same questions, at about the same moments.
 */
export class Random {
  private state: number;

  constructor(private readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, but without, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** From 0 to `below` - 1. */
  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.integer(values.length)]!;
  }

  /** Another sequence of the same seed, so that one actor's choices do not depend on how many another made. */
  fork(name: string | number): Random {
    let hash = 2_166_136_261 ^ this.seed; // FNV-1a
    for (const character of String(name)) hash = Math.imul(hash ^ character.codePointAt(0)!, 16_777_619);
    return new Random(hash);
  }
}
