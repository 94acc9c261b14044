import type { Course } from './course.ts';

/** A program that does its worst to the real thing for a while, and then looks whether what is promised still holds. */
export interface Proof<Invariant extends string = string> {
  readonly name: string;
  /** One sentence for `--help`. */
  readonly about: string;
  /** What it claims. Each has at least one planted bug that breaks it. */
  readonly invariants: Readonly<Record<Invariant, string>>;
  run(course: Course<Invariant>): Promise<void>;
}

export const defineProof = <Invariant extends string>(proof: Proof<Invariant>): Proof => proof;
