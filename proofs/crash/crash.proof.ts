import { setTimeout as pause } from 'node:timers/promises';
import { verifyChain } from '@weinao/events';
import { plugin as communities } from '@weinao/service-communities';
import pg from 'pg';
import { crashInvariants } from './crash.invariants.ts';
import type { CrashInvariant } from './crash.invariants.ts';
import { Deck, disturb } from './faults.ts';
import type { Scene } from './faults.ts';
import { judgeConsumer, judgeOrder, judgeReceipts, receiptsMissing } from './judgement.ts';
import { ErrandLoad, PASSING_CODES } from '../clients/errand.load.ts';
import { BusConsumer } from '../community/bus.consumer.ts';
import { Community, startServers } from '../community/community.ts';
import { verdicts } from '../community/errand.verdicts.ts';
import { projectionFaults } from '../community/projection.check.ts';
import type { Course } from '../course/course.ts';
import { defineProof } from '../course/proof.ts';
import { errands } from '../errands/plugin.ts';
import { readStoredLog } from '../servers/stored-log.ts';
import type { StoredLog } from '../servers/stored-log.ts';

const CLIENTS = 16;
const ROUND_MS = 8_000;
const FULL_ROUND_MS = 40_000;
/** The lease of a process that was killed has to run out, and a reaction that failed pauses. */
const RECEIPTS_PATIENCE_MS = 15_000;
const CALM_MS = 500;

export const crashProof = defineProof<CrashInvariant>({
  name: 'crash',
  about:
    'clients of a whole community, while its processes, NATS and PostgreSQL are killed, paused and wiped',
  invariants: crashInvariants,

  async run(course) {
    const { findings } = course;
    const died = (words: string): void => findings.broken('survival', words);
    const servers = await startServers(course);
    const community = await Community.start(course, servers, died);
    const consumer = BusConsumer.start(course, community.environment, died);
    const pool = course.use(new pg.Pool({ connectionString: servers.cluster.url, max: 2 }), (one) =>
      one.end(),
    );
    pool.on('error', () => undefined);
    const load = await loadOf(course, community);
    course.say('gateway, two replicas of two services, NATS and PostgreSQL are up');
    const faults = new Deck(course.random.fork('faults'));
    for (const round of course.rounds()) {
      const scene = { community, consumer, random: course.random.fork(round), faults };
      const done = await playRound(course, scene, load);
      await lookAt(course, scene, pool, load);
      course.say(
        `round ${round}: ${load.requests.size} requests, ${load.failures} failures, ${done.join(', ')}`,
      );
    }
  },
});

async function loadOf(
  { findings, random }: Course<CrashInvariant>,
  community: Community,
): Promise<ErrandLoad> {
  return new ErrandLoad(await community.resident('lin'), random.fork('load'), {
    repeated: () => findings.checked('answers'),
    otherwise: (key, first, again) =>
      findings.broken(
        'answers',
        `${key} was answered ${JSON.stringify(first)}, then ${JSON.stringify(again)}`,
      ),
    refused: (key, { codes, status }) => {
      const foreign = codes.find((code) => !PASSING_CODES.includes(code));
      findings.check('outages', foreign !== undefined && `${key} was answered ${status} ${foreign}`);
    },
  });
}

async function playRound(course: Course<CrashInvariant>, scene: Scene, load: ErrandLoad): Promise<string[]> {
  const until = performance.now() + (course.full ? FULL_ROUND_MS : ROUND_MS);
  const faults: string[] = [];
  load.start(CLIENTS);
  while (performance.now() < until && !course.signal.aborted) {
    await pause(scene.random.between(200, 1_000));
    faults.push(await disturb(scene));
    course.findings.checked('survival', scene.community.programs.length);
  }
  await scene.community.untilAnswering();
  await load.stop();
  return faults;
}

/** In the calm after a round. */
async function lookAt(
  { findings }: Course<CrashInvariant>,
  { community: { cluster }, consumer }: Scene,
  pool: pg.Pool,
  load: ErrandLoad,
): Promise<void> {
  const log = await settledLog(pool);
  for (const { answered, wrong } of verdicts(log, load.requests))
    findings.check(answered ? 'acknowledged' : 'unknown', wrong);
  judgeOrder(findings, 'errands', log);
  judgeOrder(findings, 'communities', await readStoredLog(pool, 'communities'));
  judgeReceipts(findings, log);
  for (const plugin of ['errands', 'communities']) {
    const { head, findings: tampered } = await verifyChain(pool, plugin);
    findings.checked('chain', Number(head.position));
    for (const { kind, position } of tampered) findings.broken('chain', `${plugin}: ${kind} at ${position}`);
  }
  if (findings.violated().length > 0) return; // what stands on a broken log would be waited for in vain
  await consumer.reached(log.head);
  judgeConsumer(findings, log, consumer.seen);
  for (const plugin of [errands, communities]) {
    findings.checked('projections', plugin.projections.length);
    for (const fault of await projectionFaults(pool, cluster.url, plugin))
      findings.broken('projections', fault);
  }
}

/** When nothing has been appended for a while, and no receipt is missing or none comes any more. */
async function settledLog(pool: pg.Pool): Promise<StoredLog> {
  const deadline = performance.now() + RECEIPTS_PATIENCE_MS;
  for (let before = -1n; ; await pause(CALM_MS)) {
    const log = await readStoredLog(pool, 'errands');
    const isCalm = log.head === before;
    if ((isCalm && receiptsMissing(log) <= 0) || performance.now() > deadline) return log;
    before = log.head;
  }
}
