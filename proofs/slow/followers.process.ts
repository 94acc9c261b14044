import { createInterface } from 'node:readline';
import { Consumer, createKernelSchema, PostgresEventLog, Projector, SharedReads } from '@weinao/events';
import { connectBus, reportToConsole } from '@weinao/plugins';
import pg from 'pg';
import { seenProjection, seenTable } from './seen.projection.ts';

/** Two projections and two consumers of one log. One of each can be made to stand: the projection from outside, by a lock. */
const [schema = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 6 });
await createKernelSchema(pool, schema);
const names = ['standing', 'brisk'] as const;
for (const name of names) await pool.query(seenTable(schema, name));
const log = new SharedReads(new PostgresEventLog(pool, schema));
const bus = await connectBus('the proof’s followers');

let go: () => void = () => undefined;
let gate: Promise<void> | undefined;
createInterface({ input: process.stdin }).on('line', (line) => {
  go();
  gate = line === 'stand' ? new Promise((resolve) => (go = resolve)) : undefined;
});

const consumed = { standing: 0n, brisk: 0n };
let outOfOrder = '';

const consumer = (name: (typeof names)[number]): Consumer =>
  new Consumer({
    bus,
    plugin: schema,
    after: 0n,
    handle: async ({ position }) => {
      if (name === 'standing') await gate;
      if (position !== consumed[name] + 1n) outOfOrder ||= `${name}: ${position} after ${consumed[name]}`;
      consumed[name] = position;
    },
    report: reportToConsole,
  });

for (const name of names) {
  new Projector({ pool, schema, log, projection: seenProjection(name), report: reportToConsole }).start();
  consumer(name).start();
}

setInterval(() => {
  globalThis.gc!();
  // what is held, and not what sockets have read and nobody has collected yet
  const { heapUsed } = process.memoryUsage();
  const sample = {
    megabytes: heapUsed / 2 ** 20,
    standing: Number(consumed.standing),
    brisk: Number(consumed.brisk),
    outOfOrder,
  };
  process.stdout.write(`${JSON.stringify(sample)}\n`);
}, 100);
