import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Findings } from './findings.ts';
import { Random } from './random.ts';

export interface CourseOptions {
  readonly seed: number;
  readonly full: boolean;
  /** Name of the bug that every process of the course has. */
  readonly plant?: string;
  /** The invariant that the planted bug is expected to break: once it has, the course is over. */
  readonly expected?: string;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** Seconds of rounds; starting and ending the servers comes on top. */
const SHORT_SECONDS = 20;
/** More, to meet what shows in some rounds only. */
const LONGER_SECONDS = 90;
const FULL_SECONDS = 600;

/** One run of a proof: its choices, its findings, and all that has to be taken down in the end. */
export class Course<Invariant extends string = string> {
  readonly random: Random;
  readonly findings: Findings<Invariant>;
  readonly began = performance.now();
  private readonly taken = new AsyncDisposableStack();

  constructor(
    invariants: Readonly<Record<Invariant, string>>,
    private readonly options: CourseOptions,
  ) {
    this.random = new Random(options.seed);
    this.findings = new Findings(invariants);
  }

  get full(): boolean {
    return this.options.full;
  }

  /** Of the processes that run code of the product. */
  get environment(): Record<string, string> {
    const { plant } = this.options;
    return plant === undefined ? {} : { WEINAO_PLANT: plant };
  }

  get signal(): AbortSignal {
    return this.options.signal;
  }

  /** With the seconds since the beginning. */
  say(line: string): void {
    const seconds = ((performance.now() - this.began) / 1_000).toFixed(1);
    this.options.say(`[${seconds.padStart(6)} s] ${line}`);
  }

  /** Taken down in the end, the last first, whatever becomes of the proof. */
  use<Value>(value: Value, end: (value: Value) => void | Promise<void>): Value {
    return this.taken.adopt(value, end);
  }

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'weinao-proof-'));
    return this.use(directory, () => rm(directory, { recursive: true, force: true, maxRetries: 10 }));
  }

  /**
   * Numbers from 1, until the time is over or a planted bug is caught. The first round is always done.
   *
   * @param shortSeconds of the short form; with a planted bug, or something left that nothing checked yet, there is more
   */
  *rounds(shortSeconds = SHORT_SECONDS): Generator<number> {
    const { expected } = this.options;
    for (let round = 1; ; round++) {
      const began = performance.now();
      yield round;
      this.options.signal.throwIfAborted();
      if (expected !== undefined && (this.findings.violated() as string[]).includes(expected)) return;
      if (expected === undefined && this.findings.violated().length > 0) return;
      const usual =
        expected !== undefined || this.findings.unchecked().length > 0 ? LONGER_SECONDS : shortSeconds;
      const seconds = this.full ? FULL_SECONDS : usual;
      const now = performance.now();
      if (now - this.began + (now - began) > seconds * 1_000) return;
    }
  }

  async end(): Promise<void> {
    await this.taken.disposeAsync();
  }
}
