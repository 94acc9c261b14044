import { setTimeout as pause } from 'node:timers/promises';
import { PostgresEventLog, Timers, VirtualDatabaseClock } from '@weinao/events';
import { reportToConsole } from '@weinao/plugins';
import pg from 'pg';
import { alarm } from './alarm.timer.ts';
import { COURT } from './clock.ts';

const [schema = ''] = process.argv.slice(2);
const WATCH_EVERY_MS = 100;
const RETRY_MS = 100;

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: 'proof timers',
  max: 6,
});
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));

/** The database may just be away. */
async function openClock(): Promise<VirtualDatabaseClock> {
  for (;;) {
    try {
      return await VirtualDatabaseClock.open(pool, schema);
    } catch {
      await pause(RETRY_MS);
    }
  }
}

new Timers({
  plugin: schema,
  pool,
  log: new PostgresEventLog(pool, schema),
  clock: await openClock(),
  timers: [alarm],
  communities: {
    settingsOf: () => Promise.resolve({}),
    enabled: () => Promise.resolve([COURT]),
    onChange: () => () => undefined,
  },
  watchEveryMs: WATCH_EVERY_MS,
  report: reportToConsole,
}).start();
process.stdout.write('ready\n');
