/** A sleep that somebody else may end. One sleeps at a time. */
export class Nap {
  private wakeUp: () => void = () => undefined;

  /** @returns whether nobody ended it. */
  sleep(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  /** Does nothing where nobody sleeps. */
  end(): void {
    this.wakeUp();
  }
}
