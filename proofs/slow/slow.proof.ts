import pg from 'pg';
import {
  LEAST_CATCH_UP,
  LEAST_INTAKE,
  MOST_BEHIND_S,
  MOST_GROWTH_MB,
  slowInvariants,
} from './slow.invariants.ts';
import type { SlowInvariant } from './slow.invariants.ts';
import { Watch } from './watch.ts';
import type { CatchingUp, Stretch } from './watch.ts';
import { startServers } from '../community/community.ts';
import type { Course } from '../course/course.ts';
import { defineProof } from '../course/proof.ts';
import { Program } from '../servers/program.ts';

const SCHEMA = 'slow';
const EVENTS_A_SECOND = 400;
const BYTES = 8_192;
const WARM_MS = 4_000;
const STAND_MS = 20_000;
const FULL_STAND_MS = 300_000;
const CATCH_UP_PATIENCE_MS = 15_000;

export const slowProof = defineProof<SlowInvariant>({
  name: 'slow',
  about: 'a projection and a consumer stand for a while, with the load going on, and then catch up',
  invariants: slowInvariants,

  async run(course) {
    const servers = await startServers(course);
    const pool = course.use(new pg.Pool({ connectionString: servers.cluster.url, max: 3 }), (one) =>
      one.end(),
    );
    const environment = {
      ...course.environment,
      DATABASE_URL: servers.cluster.url,
      NATS_URL: servers.broker.url,
    };
    const watch = new Watch(pool, SCHEMA);
    const program = (name: string, args: readonly string[], onLine: (line: string) => void): Program =>
      course.use(
        new Program({
          name,
          file: `proofs/slow/${name}.process.ts`,
          args: [SCHEMA, ...args],
          environment,
          nodeOptions: ['--expose-gc'],
          onLine,
          onDeath: ({ words }) => course.findings.broken('complete', words),
        }),
        (one) => one.kill(),
      );
    const followers = program('followers', [], (line) => watch.hear(line));
    const intake = program('intake', [String(EVENTS_A_SECOND), String(BYTES)], (line) =>
      watch.appended(line),
    );
    followers.start();
    await followers.until(/megabytes/);
    intake.start();
    await intake.until(/\d/);
    await play(course, watch, pool, followers);
    await intake.stop();
    await complete(course, watch);
  },
});

async function play(
  course: Course<SlowInvariant>,
  watch: Watch,
  pool: pg.Pool,
  followers: Program,
): Promise<void> {
  const warm = await watch.during(WARM_MS);
  const lock = await pool.connect();
  await lock.query(`begin; lock table ${SCHEMA}.standing in access exclusive mode`);
  followers.tell('stand');
  const stand = await watch.during(course.full ? FULL_STAND_MS : STAND_MS);
  await lock.query('rollback');
  lock.release();
  followers.tell('go');
  const catchUp = await watch.untilCaughtUp(CATCH_UP_PATIENCE_MS);
  judge(course, warm, stand, catchUp);
}

function judge(course: Course<SlowInvariant>, warm: Stretch, stand: Stretch, after: CatchingUp): void {
  const { findings } = course;
  const megabytes = Math.max(...stand.megabytes, ...after.megabytes) - Math.max(...warm.megabytes);
  course.say(
    `${stand.rate.toFixed(0)} events/s while they stood; ${megabytes.toFixed(0)} MB more; ` +
      after.catchUps
        .map(({ name, behind, ratio }) => `${name} ${behind} behind, ${ratio.toFixed(1)} x`)
        .join(', '),
  );
  findings.checked('memory', stand.megabytes.length + after.megabytes.length);
  if (megabytes > MOST_GROWTH_MB)
    findings.broken(
      'memory',
      `its process grew by ${megabytes.toFixed(0)} MB, over ${stand.intake.toFixed(0)} events`,
    );
  for (const { name, behind, ratio } of after.catchUps) {
    const slow =
      ratio < LEAST_CATCH_UP &&
      `the ${name} caught up with ${behind} events at ${ratio.toFixed(1)} times the intake`;
    findings.check('catchup', slow);
  }
  for (const { name, behind } of stand.behind)
    findings.check('others', behind > MOST_BEHIND_S && `the brisk ${name} was ${behind.toFixed(1)} s behind`);
  const kept = stand.rate / warm.rate;
  findings.check(
    'others',
    kept < LEAST_INTAKE && `appending fell to ${(100 * kept).toFixed(0)} % of its rate`,
  );
}

async function complete({ findings }: Course<SlowInvariant>, watch: Watch): Promise<void> {
  for (const { name, wrong } of await watch.final())
    findings.check('complete', wrong && `the ${name} ${wrong}`);
}
