import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

interface Sample {
  readonly megabytes: number;
  readonly standing: number;
  readonly brisk: number;
  readonly outOfOrder: string;
}

type Name = 'standing' | 'brisk';

export interface Stretch {
  /** Appended events, and how many a second. */
  readonly intake: number;
  readonly rate: number;
  readonly megabytes: readonly number[];
  /** How far behind the head those were that did not stand, at the worst: in seconds of intake. */
  readonly behind: readonly { readonly name: string; readonly behind: number }[];
}

export interface CatchingUp {
  readonly megabytes: readonly number[];
  readonly catchUps: readonly { readonly name: string; readonly behind: number; readonly ratio: number }[];
}

const LOOK_MS = 200;

/** Sees from outside how far intake and followers are, and how much memory the followers' process needs. */
export class Watch {
  private intake = 0;
  private sample: Sample = { megabytes: 0, standing: 0, brisk: 0, outOfOrder: '' };

  constructor(
    private readonly pool: pg.Pool,
    private readonly schema: string,
  ) {}

  hear(line: string): void {
    this.sample = JSON.parse(line) as Sample;
  }

  appended(line: string): void {
    this.intake = Number(line);
  }

  async during(ms: number): Promise<Stretch> {
    const [began, before] = [performance.now(), this.intake];
    const megabytes: number[] = [];
    let [projection, consumer] = [0, 0];
    while (performance.now() - began < ms) {
      await pause(LOOK_MS);
      megabytes.push(this.sample.megabytes);
      projection = Math.max(projection, this.intake - (await this.projected('brisk')));
      consumer = Math.max(consumer, this.intake - this.sample.brisk);
    }
    const intake = this.intake - before;
    const rate = (1_000 * intake) / (performance.now() - began);
    const behind = [
      { name: 'projection', behind: projection / rate },
      { name: 'consumer', behind: consumer / rate },
    ];
    return { intake, rate, megabytes, behind };
  }

  /** Until those that stood are at the head again. One that does not come there in time counts with what it did. */
  async untilCaughtUp(patience: number): Promise<CatchingUp> {
    const [projection, consumer] = [new CatchUp('projection'), new CatchUp('consumer')];
    const megabytes: number[] = [];
    const began = performance.now();
    while (performance.now() - began < patience && !(projection.isDone && consumer.isDone)) {
      projection.look(this.intake, await this.projected('standing'));
      consumer.look(this.intake, this.sample.standing);
      megabytes.push(this.sample.megabytes);
      await pause(LOOK_MS / 4);
    }
    return { megabytes, catchUps: [projection.result, consumer.result] };
  }

  /** When nothing is appended any more. */
  async final(): Promise<{ name: string; wrong: string | false }[]> {
    await pause(2_000);
    const { rows } = await this.pool.query<{ head: string }>(
      `select position as head from ${this.schema}.head`,
    );
    const head = Number(rows[0]!.head);
    const count = (had: number): string | false => had !== head && `has had ${had} of ${head} events`;
    const projections = await Promise.all(
      (['standing', 'brisk'] as const).map(async (name) => {
        const { events, inOrder } = await this.row(name);
        return {
          name: `${name} projection`,
          wrong: count(events) || (!inOrder && 'has had them in another order'),
        };
      }),
    );
    return [
      ...projections,
      { name: 'standing consumer', wrong: count(this.sample.standing) },
      { name: 'brisk consumer', wrong: count(this.sample.brisk) },
      { name: 'consumers', wrong: this.sample.outOfOrder !== '' && this.sample.outOfOrder },
    ];
  }

  private async projected(name: Name): Promise<number> {
    // the checkpoint, not the row: that one is locked while it stands
    const { rows } = await this.pool.query<{ position: string }>(
      `select position from ${this.schema}.checkpoints where name = $1`,
      [name],
    );
    return Number(rows[0]?.position ?? 0);
  }

  private async row(name: Name): Promise<{ events: number; inOrder: boolean }> {
    const { rows } = await this.pool.query<{ events: string; in_order: boolean }>(
      `select events, in_order from ${this.schema}.${name}`,
    );
    return { events: Number(rows[0]?.events ?? 0), inOrder: rows[0]?.in_order ?? false };
  }
}

/** How fast one that stood comes to the head, which itself goes on. */
class CatchUp {
  private first: { at: number; intake: number; done: number } | undefined;
  private last = { at: 0, intake: 0, done: 0 };
  isDone = false;

  constructor(private readonly name: string) {}

  look(intake: number, done: number): void {
    if (this.isDone) return;
    this.last = { at: performance.now(), intake, done };
    this.first ??= this.last;
    this.isDone = done >= intake;
  }

  get result(): CatchingUp['catchUps'][number] {
    const { first = this.last, last } = this;
    const taken = Math.max(last.intake - first.intake, 1);
    return { name: this.name, behind: first.intake - first.done, ratio: (last.done - first.done) / taken };
  }
}
