/**
 * Lets one who waits for something leave before it comes. One waits at a time. `Promise.race` with a single promise of
 * the departure would hold every result ever waited for, until that promise settles; this holds the last one.
 */
export class Departure {
  private left = false;
  private leaveNow: () => void = () => undefined;

  /** @returns what is waited for, or undefined for who leaves first. @throws what it rejects with */
  unlessLeft<Value>(awaited: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      this.leaveNow = () => resolve(undefined);
      awaited.then(resolve, reject);
      if (this.left) this.leaveNow();
    });
  }

  /** For good. */
  leave(): void {
    this.left = true;
    this.leaveNow();
  }
}
