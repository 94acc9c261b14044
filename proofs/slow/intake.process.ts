import { setTimeout as pause } from 'node:timers/promises';
import {
  createKernelSchema,
  derivedId,
  LogResponder,
  PostgresEventLog,
  Publisher,
  SharedReads,
} from '@weinao/events';
import { connectBus, reportToConsole } from '@weinao/plugins';
import pg from 'pg';

const [schema = '', rate = '0', bytes = '0'] = process.argv.slice(2);
const CALLERS = 8;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 6 });
await createKernelSchema(pool, schema);
const log = new SharedReads(new PostgresEventLog(pool, schema));
const bus = await connectBus('the proof’s intake');
const publisher = new Publisher({ plugin: schema, pool, log, bus, report: reportToConsole });
const responder = new LogResponder({ plugin: schema, log, bus });
for (const one of [publisher, responder]) one.start();

let stopping = false;
process.on('SIGTERM', () => (stopping = true));
const text = 'x'.repeat(Number(bytes));
const began = performance.now();
let appended = 0;

async function append(caller: number, turn: number): Promise<void> {
  const commandId = derivedId('slow', caller, turn);
  await log.append({
    stream: `slow/court/${caller}`,
    communityId: 'court',
    expectedRevision: turn,
    events: [
      {
        id: derivedId(commandId, 0),
        type: 'Noted',
        at: new Date().toISOString(),
        data: { text },
        metadata: { communityId: 'court', commandId, actorId: null, correlationId: commandId },
      },
    ],
    command: { id: commandId, fingerprint: 'slow' },
  });
  appended += 1;
}

/** Keeps to the rate as long as the log does; what it is late with is not made up for. */
async function call(caller: number): Promise<void> {
  const every = (1_000 * CALLERS) / Number(rate);
  for (let turn = -1; !stopping; turn++) {
    const due = Math.max(began + (turn + 1) * every, performance.now() - every);
    await pause(Math.max(due - performance.now(), 0));
    await append(caller, turn);
  }
}

async function isPublished(): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>(
    `select c.position = h.position as done from "${schema}".checkpoints c, "${schema}".head h
     where c.name = 'publication'`,
  );
  return rows[0]?.done ?? false;
}

const telling = setInterval(() => process.stdout.write(`${appended}\n`), 200);
await Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(caller)));
clearInterval(telling);
process.stdout.write(`${appended}\n`);
while (!(await isPublished())) await pause(50); // once it is gone, nobody answers for this log
await responder.stop();
await publisher.stop();
await log.close();
await bus.close();
await pool.end();
