import { setTimeout as pause } from 'node:timers/promises';
import { createKernelSchema, PostgresEventLog, VirtualDatabaseClock } from '@weinao/events';
import pg from 'pg';
import { Alarms } from './alarms.ts';
import { COURT, SteppedClock } from './clock.ts';
import { judge } from './judgement.ts';
import type { Rang } from './judgement.ts';
import { persistently } from './persistently.ts';
import { timersInvariants } from './timers.invariants.ts';
import type { TimersInvariant } from './timers.invariants.ts';
import type { Course } from '../course/course.ts';
import { defineProof } from '../course/proof.ts';
import type { Random } from '../course/random.ts';
import { Cluster } from '../servers/cluster.ts';
import { Program } from '../servers/program.ts';

const HOUR_MS = 3_600_000;
const FARTHEST_MS = 49 * HOUR_MS;
const SOON_MS = 4_000;
const ALARMS = 300;
const PROCESSES = 2;
const ROUNDS = 2;
const ROUND_MS = 6_000;
const FULL_ROUND_MS = 20_000;
const END_PATIENCE_MS = 15_000;

export const timersProof = defineProof<TimersInvariant>({
  name: 'timers',
  about: 'timers of a clock that is stepped by up to 49 h, their processes and the database killed meanwhile',
  invariants: timersInvariants,

  async run(course) {
    const cluster = course.use(await Cluster.start(await course.directory()), (one) => one.stop());
    const pool = course.use(new pg.Pool({ connectionString: cluster.url, max: 6 }), (one) => one.end());
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    for (const round of course.rounds()) {
      await new Round(course, cluster, pool, round).play();
      if (round === ROUNDS && !course.full) return;
    }
  },
});

class Round {
  private readonly schema: string;
  private readonly random: Random;
  private readonly alarms: Alarms;
  private readonly clock: SteppedClock;
  private readonly programs: Program[];
  private kills = 0;
  private readonly changing: Promise<void>[] = [];

  constructor(
    private readonly course: Course<TimersInvariant>,
    private readonly cluster: Cluster,
    private readonly pool: pg.Pool,
    private readonly round: number,
  ) {
    this.schema = `timers-${round}`;
    this.random = course.random.fork(round);
    this.alarms = new Alarms(pool, new PostgresEventLog(pool, this.schema), this.schema);
    this.clock = new SteppedClock(pool, this.schema);
    this.programs = Array.from({ length: PROCESSES }, (_, number) => this.program(number));
  }

  async play(): Promise<void> {
    await persistently(() => createKernelSchema(this.pool, this.schema));
    await persistently(() => VirtualDatabaseClock.open(this.pool, this.schema));
    for (const one of this.programs) one.start();
    await Promise.all(this.programs.map((one) => one.until(/ready/)));
    await Promise.all(Array.from({ length: ALARMS }, (_, number) => this.set(`a${number}`)));
    const until = performance.now() + (this.course.full ? FULL_ROUND_MS : ROUND_MS);
    while (performance.now() < until && !this.course.signal.aborted) {
      await this.disturb();
      await pause(this.random.between(0, 200));
    }
    for (const one of this.programs) one.startAgain();
    await Promise.all(this.changing);
    await this.clock.step(this.alarms.lastDue + HOUR_MS - this.clock.now);
    await this.untilQuiet();
    const rang = await persistently(() => this.rang());
    await Promise.all(this.programs.map((one) => one.kill()));
    judge(this.course.findings, this.alarms.all, rang, this.clock);
    this.course.say(
      `round ${this.round}: ${this.alarms.all.length} timers, ${rang.length} fired; ` +
        `${this.clock.steps} steps of the clock, ${this.kills} kills`,
    );
  }

  private program(number: number): Program {
    const program: Program = new Program({
      name: `timers ${number}`,
      file: 'proofs/timers/timers.process.ts',
      args: [this.schema],
      environment: { ...this.course.environment, DATABASE_URL: this.cluster.url },
      onDeath: () => program.startAgain(),
    });
    return this.course.use(program, (one) => one.kill());
  }

  private set(key: string): Promise<void> {
    const far = this.random.chance(0.6) ? FARTHEST_MS : SOON_MS;
    return this.alarms.set(key, this.clock.now + this.random.between(0, far));
  }

  private async disturb(): Promise<void> {
    const { random } = this;
    await this.clock.step(random.between(-FARTHEST_MS, FARTHEST_MS));
    for (let changes = random.integer(12); changes > 0; changes--) this.change();
    await pause(random.between(0, 80)); // in the middle of what has just become due
    if (random.chance(0.7)) await this.kill();
  }

  /** Not waited for: it may take until the database is back. */
  private change(): void {
    const key = this.random.pick(this.alarms.keys);
    this.changing.push(this.random.chance(0.5) ? this.set(key) : this.alarms.cancel(key));
  }

  private async kill(): Promise<void> {
    this.kills += 1;
    const dice = this.random.next();
    if (dice < 0.05) return this.cluster.killPostmaster();
    if (dice < 0.2) return this.cluster.killChild(this.random);
    if (dice < 0.4) return this.cutConnections();
    const victim = this.random.pick(this.programs);
    await victim.kill();
    victim.start();
  }

  private async cutConnections(): Promise<void> {
    await persistently(() =>
      this.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'proof timers' order by random() limit 4`,
      ),
    );
  }

  /** Nothing waits any more, and every change is kept; where that does not come, the judgement says of what. */
  private async untilQuiet(): Promise<void> {
    const deadline = performance.now() + END_PATIENCE_MS;
    while (performance.now() < deadline && !(await this.isQuiet().catch(() => false))) await pause(50);
  }

  private async isQuiet(): Promise<boolean> {
    const { rows } = await this.pool.query<{ quiet: boolean }>(
      `select not exists (select from "${this.schema}".timers) and c.position >=
         (select max(position) from "${this.schema}".events where type <> 'AlarmRang') as quiet
       from "${this.schema}".checkpoints c where c.name = 'timers'`,
    );
    return rows[0]?.quiet ?? false;
  }

  private async rang(): Promise<Rang[]> {
    const { rows } = await this.pool.query<{ position: string; stream: string; turn: number; at: Date }>(
      `select position, stream, (data->>'turn')::integer as turn, at from "${this.schema}".events
       where type = 'AlarmRang' and stream like $1 order by position`,
      [`alarm/${COURT}/%`],
    );
    return rows.map(({ position, at, ...row }) => ({ ...row, position: BigInt(position), at: at.getTime() }));
  }
}
