import { createInterface } from 'node:readline';
import { PostgresEventLog, Projector } from '@weinao/events';
import { reportToConsole } from '@weinao/plugins';
import pg from 'pg';
import { notedProjection } from './noted.projection.ts';

/** Projects a log; each line of its input is a parked stream to try again. */
const [schema = '', fault] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const projector = new Projector({
  ...{ pool, schema, log: new PostgresEventLog(pool, schema), report: reportToConsole },
  projection: notedProjection(fault === 'faulty'),
});
projector.start();
createInterface({ input: process.stdin }).on('line', (stream) => {
  void projector.retry(stream).then(({ status }) => process.stdout.write(`${stream} ${status}\n`));
});
process.stdout.write('ready\n');
