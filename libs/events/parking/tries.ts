/** So often an event is tried before its stream is parked; with a follower's growing pauses within a second. */
export const MOST_TRIES = 5;

/** Counts how often in a row the work at one position failed. */
export class Tries {
  private position: bigint | undefined;
  private count = 0;

  /** @returns whether that was the last try */
  failedAfter(position: bigint): boolean {
    this.count = this.position === position ? this.count + 1 : 1;
    this.position = position;
    return this.count >= MOST_TRIES;
  }
}
