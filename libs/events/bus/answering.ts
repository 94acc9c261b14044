/** Counts the answers under way, so that leaving can wait for them. */
export class Answering {
  private underWay = new Set<Promise<unknown>>();

  track<T>(answer: Promise<T>): Promise<T> {
    this.underWay.add(answer);
    const forget = (): void => void this.underWay.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  async finished(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }
}
