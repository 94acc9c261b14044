/** Wakes whoever waits for an append. What was appended stays appended, whatever a listener does. */
export class Doorbell {
  private readonly listeners = new Set<() => void>();

  onRing(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  ring(): void {
    for (const listener of this.listeners) {
      try {
        listener();
      } catch (error) {
        process.emitWarning(
          `A listener of the log failed: ${(error as Partial<Error> | undefined)?.message}`,
        );
      }
    }
  }

  clear(): void {
    this.listeners.clear();
  }
}
