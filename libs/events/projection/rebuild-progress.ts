export interface RebuildProgress {
  readonly projection: string;
  readonly position: bigint;
  /** Of the log, when it was last looked at. */
  readonly head: bigint;
  readonly eventsPerSecond: number;
  /** As far as the rate so far tells. */
  readonly secondsLeft: number;
}

/** Makes of positions what a person wants to know. */
export class ProgressMeter {
  private readonly begun = performance.now();
  private events = 0;

  constructor(
    private readonly projection: string,
    private readonly tell: (progress: RebuildProgress) => void,
  ) {}

  moved(events: number, position: bigint, head: bigint): void {
    this.events += events;
    const seconds = Math.max(performance.now() - this.begun, 1) / 1_000;
    // by positions, which have gaps in some logs
    const secondsLeft = position >= head ? 0 : (seconds / Number(position)) * Number(head - position);
    const eventsPerSecond = Math.round(this.events / seconds);
    this.tell({ projection: this.projection, position, head, eventsPerSecond, secondsLeft });
  }
}
