import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Journal } from './journal.ts';
import { judge } from './judgement.ts';
import { orderInvariants } from './order.invariants.ts';
import type { OrderInvariant } from './order.invariants.ts';
import { defineProof } from '../course/proof.ts';
import type { Course } from '../course/course.ts';
import type { Random } from '../course/random.ts';
import { Cluster } from '../servers/cluster.ts';
import { Program } from '../servers/program.ts';
import { readStoredLog } from '../servers/stored-log.ts';

const ROUND_MS = 6_000;
const FULL_ROUND_MS = 20_000;
const SHORT_SECONDS = 16;
const READERS_PATIENCE_MS = 10_000;

/** Three processes of four callers that append plainly, two of two whose transactions stay open for a while: 16 writers. */
const WRITERS = [
  { kind: 'plain', callers: 4 },
  { kind: 'plain', callers: 4 },
  { kind: 'plain', callers: 4 },
  { kind: 'open', callers: 2 },
  { kind: 'open', callers: 2 },
] as const;

export const orderProof = defineProof<OrderInvariant>({
  name: 'order',
  about: '16 writers on one log, transactions left open, rolled back and killed; readers beside them',
  invariants: orderInvariants,

  async run(course) {
    const cluster = course.use(await Cluster.start(await course.directory()), (one) => one.stop());
    const pool = course.use(new pg.Pool({ connectionString: cluster.url, max: 3 }), (one) => one.end());
    pool.on('error', () => undefined);
    for (const round of course.rounds(SHORT_SECONDS)) await playRound(course, pool, cluster.url, round);
  },
});

async function playRound(
  course: Course<OrderInvariant>,
  pool: pg.Pool,
  databaseUrl: string,
  round: number,
): Promise<void> {
  const schema = `order-${round}`;
  const random = course.random.fork(round);
  const journal = new Journal();
  const environment = { ...course.environment, DATABASE_URL: databaseUrl };
  const program = (kind: string, number: number, args: readonly (string | number)[]): Program =>
    new Program({
      name: `${kind} ${number}`,
      file: `proofs/order/${kind}.process.ts`,
      args: [schema, ...args].map(String),
      environment,
      onLine: (line) => journal.take(line),
    });
  const writers = WRITERS.map(({ kind, callers }, number) =>
    program('writer', number, [kind, callers, random.integer(2 ** 31)]),
  );
  const reader = program('reader', 0, [random.integer(2 ** 31)]);
  const all = course.use([...writers, reader], async (programs) => {
    await Promise.all(programs.map((one) => one.kill()));
  });
  for (const one of all) one.start();
  await Promise.all(all.map((one) => one.until(/^\["ready"/)));

  const until = performance.now() + (course.full ? FULL_ROUND_MS : ROUND_MS);
  while (performance.now() < until && !course.signal.aborted) {
    await pause(random.between(50, 300));
    await disturb(random, pool, writers);
  }
  await Promise.all(writers.map((one) => one.stop()));
  const log = await readStoredLog(pool, schema);
  await readersAt(journal, log.head);
  await reader.stop();
  judge(course.findings, log, journal);
  course.say(`round ${round}: ${journal.summary}, ${log.events.length} events`);
}

async function disturb(random: Random, pool: pg.Pool, writers: readonly Program[]): Promise<void> {
  if (random.chance(0.7)) {
    const state = random.pick(['idle in transaction', 'active']);
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'order writer' and state = $1 order by random() limit 1`,
      [state],
    );
    return;
  }
  const victim = random.pick(writers);
  await victim.kill();
  victim.start(); // its callers begin again with other command ids
}

async function readersAt(journal: Journal, head: bigint): Promise<void> {
  const deadline = performance.now() + READERS_PATIENCE_MS;
  while (performance.now() < deadline && !journal.readersReached(head)) await pause(50);
}
