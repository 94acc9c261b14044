import { setTimeout as pause } from 'node:timers/promises';
import { createKernelSchema, derivedId, listParked, PostgresEventLog, Projector } from '@weinao/events';
import type { AppendRequest } from '@weinao/events';
import type pg from 'pg';
import { notedProjection, notedTable } from './noted.projection.ts';
import type { Noted } from './noted.projection.ts';
import type { PoisonInvariant } from './poison.invariants.ts';
import type { Course } from '../course/course.ts';
import type { Random } from '../course/random.ts';
import { Program } from '../servers/program.ts';

const STREAMS = 40;
const EVENTS = 2_500;
const BATCH = 100;
const PATIENCE_MS = 10_000;

interface Note {
  readonly stream: string;
  readonly data: Noted['data'];
}

/**
 * A log with bad events in some of its streams is projected by a process that has a fault, and once more by one that has
 * none any more and tries again what was parked.
 */
export async function playParking(
  course: Course<PoisonInvariant>,
  pool: pg.Pool,
  databaseUrl: string,
  schema: string,
  random: Random,
): Promise<string> {
  const { findings } = course;
  await createKernelSchema(pool, schema);
  await pool.query(notedTable(schema));
  const notes = Array.from({ length: EVENTS }, () => noteOf(random));
  const log = new PostgresEventLog(pool, schema);
  const requests = requestsOf(notes, schema);
  await append(log, requests.slice(0, EVENTS / 2));
  const bad = new Set(notes.flatMap(({ stream, data }) => (data.bad ? [stream] : [])));
  const program = (fault: string): Program => {
    const options = {
      args: [schema, fault],
      environment: { ...course.environment, DATABASE_URL: databaseUrl },
    };
    const name = `${fault} projector`;
    return course.use(
      new Program({
        ...options,
        name,
        file: 'proofs/poison/projector.process.ts',
        onDeath: ({ words }) => findings.broken('survival', words),
      }),
      (one) => one.kill(),
    );
  };

  const faulty = program('faulty');
  faulty.start();
  await faulty.until(/ready/);
  await untilTrue(() => isAtHead(pool, schema)); // by a rebuild, which parks at once
  await append(log, requests.slice(EVENTS / 2));
  await untilTrue(() => isAtHead(pool, schema)); // by following, which tries first
  await faulty.kill();
  const parked = new Set((await listParked(pool, schema)).map(({ stream }) => stream));
  for (const stream of bad.symmetricDifference(parked)) {
    findings.broken('parked', `${stream} is ${parked.has(stream) ? '' : 'not '}parked`);
  }
  compare(await rowsOf(pool, schema), expected(untilBad(notes)), (wrong) => findings.check('parked', wrong));

  const mended = program('mended');
  mended.start();
  await mended.until(/ready/);
  for (const stream of parked) {
    const answer = mended.until(new RegExp(`^${stream} `));
    mended.tell(stream);
    await answer;
  }
  await mended.kill();
  findings.check('retried', (await listParked(pool, schema)).length > 0 && 'something is parked still');
  const retried = await rowsOf(pool, schema);
  compare(retried, expected(notes), (wrong) => findings.check('retried', wrong));
  const projection = notedProjection(false);
  await new Projector({ pool, schema, log, projection, report: () => undefined }).rebuild();
  compare(retried, await rowsOf(pool, schema), (wrong) => findings.check('retried', wrong));
  return `${parked.size} of ${STREAMS} streams parked and tried again`;
}

function noteOf(random: Random): Note {
  const stream = `noted/court/${random.integer(STREAMS)}`;
  const bad = random.chance(0.004) ? { bad: random.pick(['throws', 'refused'] as const) } : {};
  return { stream, data: { amount: random.integer(100), ...bad } };
}

function requestsOf(notes: readonly Note[], schema: string): AppendRequest[] {
  const revisions = new Map<string, number>();
  return notes.map(({ stream, data }, index) => {
    const expectedRevision = revisions.get(stream) ?? -1;
    revisions.set(stream, expectedRevision + 1);
    const commandId = derivedId(schema, index);
    const metadata = { communityId: 'court', commandId, actorId: null, correlationId: commandId };
    const event = {
      id: derivedId(commandId, 0),
      type: 'Noted',
      at: new Date().toISOString(),
      data,
      metadata,
    };
    const command = { id: commandId, fingerprint: 'noted' };
    return { stream, communityId: 'court', expectedRevision, events: [event], command };
  });
}

async function append(log: PostgresEventLog, requests: readonly AppendRequest[]): Promise<void> {
  for (let from = 0; from < requests.length; from += BATCH) {
    await Promise.all(requests.slice(from, from + BATCH).map((request) => log.append(request)));
  }
}

/** What a stream has before its first bad event. */
function untilBad(notes: readonly Note[]): Note[] {
  const over = new Set<string>();
  return notes.filter(({ stream, data }) => {
    if (data.bad) over.add(stream);
    return !over.has(stream);
  });
}

function expected(notes: readonly Note[]): Map<string, string> {
  return new Map(
    [...Map.groupBy(notes, ({ stream }) => stream)].map(([stream, own]) => {
      const amount = own.reduce((sum, { data }) => sum + data.amount, 0);
      return [stream, `${own.length} events, ${amount}`];
    }),
  );
}

async function rowsOf(pool: pg.Pool, schema: string): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; events: number; amount: number }>(
    `select id, events, amount from "${schema}".noted`,
  );
  return new Map(rows.map(({ id, events, amount }) => [id, `${events} events, ${amount}`]));
}

function compare(
  found: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
  check: (wrong: string | false) => void,
): void {
  for (const stream of new Set([...found.keys(), ...wanted.keys()])) {
    const [has, should] = [found.get(stream) ?? 'nothing', wanted.get(stream) ?? 'nothing'];
    check(has !== should && `${stream} has ${has}, and should have ${should}`);
  }
}

async function isAtHead(pool: pg.Pool, schema: string): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>(
    `select c.position = h.position as done from "${schema}".checkpoints c, "${schema}".head h where c.name = 'noted'`,
  );
  return rows[0]?.done ?? false;
}

/** Where it does not come true in time, the comparison says what is missing. */
async function untilTrue(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline && !(await holds())) await pause(50);
}
