import grpc from '@grpc/grpc-js';

type Gate = (stream: string) => boolean;

/** What goes wrong at the double, once each, planted by a test. */
export class KurrentFaults {
  private readonly lost: Gate[] = [];
  private readonly held: { gate: Gate; opened: Promise<void>; arrived: () => void }[] = [];
  private readsHeld: Promise<void> | undefined;
  private cutAfter: number | undefined;

  /** The next append to such a stream is stored, and its answer does not arrive. */
  loseAnswer(gate: Gate): void {
    this.lost.push(gate);
  }

  /** The next append to such a stream waits, not yet stored, until it is let go. */
  holdAppend(gate: Gate): { arrived: Promise<void>; letGo(): void } {
    let arrive: () => void = () => undefined;
    let letGo: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const opened = new Promise<void>((resolve) => (letGo = resolve));
    this.held.push({ gate, opened, arrived: arrive });
    return { arrived, letGo };
  }

  /** Every read waits until the returned function is called. */
  holdReads(): () => void {
    let letGo: () => void = () => undefined;
    this.readsHeld = new Promise<void>((resolve) => (letGo = resolve));
    return letGo;
  }

  /** The next read loses its connection after so many events. */
  cutNextRead(events: number): void {
    this.cutAfter = events;
  }

  async beforeAppend(stream: string): Promise<void> {
    const held = take(this.held, ({ gate }) => gate(stream));
    held?.arrived();
    await held?.opened;
  }

  /** @throws what a client sees when the connection is gone */
  afterAppend(stream: string): Promise<void> {
    if (!take(this.lost, (gate) => gate(stream))) return Promise.resolve();
    const details = 'The answer is lost.';
    return Promise.reject(Object.assign(new Error(details), { code: grpc.status.UNAVAILABLE, details }));
  }

  async beforeRead(): Promise<void> {
    await this.readsHeld;
  }

  cutsReadAfter(events: number): boolean {
    if (this.cutAfter === undefined || events < this.cutAfter) return false;
    this.cutAfter = undefined;
    return true;
  }
}

function take<Item>(items: Item[], matches: (item: Item) => boolean): Item | undefined {
  const index = items.findIndex(matches);
  return index < 0 ? undefined : items.splice(index, 1)[0];
}
