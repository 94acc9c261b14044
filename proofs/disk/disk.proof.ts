import { setTimeout as pause } from 'node:timers/promises';
import { connectNats } from '@weinao/events';
import pg from 'pg';
import { diskInvariants } from './disk.invariants.ts';
import type { DiskInvariant } from './disk.invariants.ts';
import { ErrandLoad, PASSING_CODES } from '../clients/errand.load.ts';
import { BusConsumer } from '../community/bus.consumer.ts';
import { Community } from '../community/community.ts';
import { verdicts } from '../community/errand.verdicts.ts';
import { projectionFaults } from '../community/projection.check.ts';
import type { Course } from '../course/course.ts';
import { defineProof } from '../course/proof.ts';
import { errands } from '../errands/plugin.ts';
import { Broker } from '../servers/broker.ts';
import { Cluster } from '../servers/cluster.ts';
import { SmallDisk } from '../servers/small-disk.ts';
import { readStoredLog } from '../servers/stored-log.ts';

const CLIENTS = 8;
const QUIET_MS = 1_500;
const FULL_MS = 4_000;
const LONG_FULL_MS = 30_000;
const RESUMPTION_MS = 30_000;
/** So many more answers show that it goes on. */
const SOME = 20;

/** Little of PostgreSQL's own log is kept ready, so that it too runs out of space. */
const FRUGAL = { min_wal_size: '32MB', max_wal_size: '48MB', wal_recycle: 'off' };

interface Scene {
  readonly community: Community;
  readonly consumer: BusConsumer;
  readonly load: ErrandLoad;
  readonly logDisk: SmallDisk;
  readonly brokerDisk: SmallDisk;
  readonly pool: pg.Pool;
}

export const diskProof = defineProof<DiskInvariant>({
  name: 'disk',
  about: 'the disk of the log fills up to the last byte, then that of the broker, and both are freed again',
  invariants: diskInvariants,

  async run(course) {
    const scene = await setUp(course);
    for (const round of course.rounds()) {
      const random = course.random.fork(round);
      scene.load.start(CLIENTS);
      await pause(random.between(0, QUIET_MS));
      const refused = await fillLog(course, scene);
      const broker = await fillBroker(course, scene);
      await scene.load.stop();
      await lookAt(course, scene);
      course.say(
        `round ${round}: ${scene.load.requests.size} requests, ${refused} refused for want of space; the broker ${broker}`,
      );
    }
  },
});

async function setUp(course: Course<DiskInvariant>): Promise<Scene> {
  const died = (words: string): void => course.findings.broken('survival', words);
  const logDisk = await SmallDisk.mount(course, 'log');
  const brokerDisk = await SmallDisk.mount(course, 'broker');
  const cluster = course.use(await Cluster.start(logDisk.directory, FRUGAL), (one) => one.stop());
  const broker = course.use(await Broker.start(brokerDisk.directory), (one) => one.kill());
  await keepEvents(course, broker.url);
  const community = await Community.start(course, { cluster, broker }, died);
  const consumer = BusConsumer.start(course, community.environment, died);
  const pool = course.use(new pg.Pool({ connectionString: cluster.url, max: 2 }), (one) => one.end());
  pool.on('error', () => undefined);
  const load = new ErrandLoad(await community.resident('lin'), course.random.fork('load'), {
    repeated: () => undefined,
    otherwise: (key) => course.findings.broken('stored', `${key} was answered otherwise when it came again`),
    refused: (key, { codes, status }) => {
      const foreign = codes.find((code) => !PASSING_CODES.includes(code));
      course.findings.check('refusal', foreign !== undefined && `${key} was answered ${status} ${foreign}`);
    },
  });
  course.say('everything is up, on two small disks');
  return { community, consumer, load, logDisk, brokerDisk, pool };
}

/** A stream over all events, as integrators have it, so that the broker has something to write. */
async function keepEvents(course: Course<DiskInvariant>, url: string): Promise<void> {
  const bus = course.use(await connectNats({ url, name: 'proof', report: () => undefined }), (one) =>
    one.close(),
  );
  const stream = { name: 'EVENTS', subjects: ['evt.>'], retention: 'limits', storage: 'file', max_age: 0 };
  await bus.request('$JS.API.STREAM.CREATE.EVENTS', JSON.stringify(stream), { timeoutMs: 5_000 });
}

/** @returns how many requests were refused */
async function fillLog({ findings, full }: Course<DiskInvariant>, scene: Scene): Promise<number> {
  const { load, logDisk, community } = scene;
  const before = load.failures;
  await logDisk.fill();
  await pause(full ? LONG_FULL_MS : FULL_MS);
  const refused = load.failures - before;
  findings.check('refusal', refused === 0 && 'nothing was refused: the disk was not full');
  await logDisk.free();
  findings.check('resumption', !(await goesOn(load, RESUMPTION_MS)) && 'nothing was answered any more');
  findings.checked('survival', community.programs.length);
  return refused;
}

/**
 * A nats-server may hang for good once its store could not be written (2.9.10 does); then whoever looks after it starts
 * it again. Nothing of ours is.
 *
 * @returns how it went
 */
async function fillBroker({ findings }: Course<DiskInvariant>, scene: Scene): Promise<string> {
  const { load, brokerDisk, consumer, pool, community } = scene;
  await brokerDisk.fill();
  const unmoved = await goesOn(load, FULL_MS);
  await brokerDisk.free();
  const recovers = unmoved || (await goesOn(load, FULL_MS));
  if (!recovers) {
    await community.broker.kill();
    await community.broker.start();
  }
  findings.check('broker', !(await goesOn(load, RESUMPTION_MS)) && 'nothing was answered any more');
  const { head } = await readStoredLog(pool, 'errands');
  findings.check('broker', !(await consumer.reached(head)) && `the consumer did not come to ${head}`);
  return unmoved ? 'answered on' : recovers ? 'recovered' : 'hung, and was started again';
}

async function goesOn(load: ErrandLoad, patience: number): Promise<boolean> {
  const [deadline, enough] = [performance.now() + patience, load.answers + SOME];
  while (load.answers < enough && performance.now() < deadline) await pause(50);
  return load.answers >= enough;
}

async function lookAt({ findings }: Course<DiskInvariant>, { load, pool, community }: Scene): Promise<void> {
  const log = await readStoredLog(pool, errands.manifest.id);
  for (const { wrong } of verdicts(log, load.requests)) findings.check('stored', wrong);
  if (findings.violated().length > 0) return;
  findings.checked('projections', errands.projections.length);
  for (const fault of await projectionFaults(pool, community.cluster.url, errands)) {
    findings.broken('projections', fault);
  }
}
