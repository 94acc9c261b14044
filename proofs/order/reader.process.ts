import { setTimeout as pause } from 'node:timers/promises';
import { createKernelSchema, Follower, PostgresEventLog } from '@weinao/events';
import type { Recorded } from '@weinao/events';
import pg from 'pg';
import { say } from './journal.ts';
import { Random } from '../course/random.ts';

const [schema = '', seed] = process.argv.slice(2);
const random = new Random(Number(seed));
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const log = new PostgresEventLog(pool, schema);
const MOST_A_PAGE = 50;

let stopping = false;
process.on('SIGTERM', () => (stopping = true));

const tell = (reader: string, page: readonly Recorded[]): void =>
  say(
    'read',
    reader,
    page.map(({ position, id }) => [Number(position), id]),
  );

class Trouble extends Error {}

/** Keeps its position in memory, as a projector keeps it in its table; handling a page now and then fails or takes long. */
function follower(choices: Random): Follower {
  let done = 0n;
  return new Follower({
    name: 'The proof’s follower',
    log,
    load: async () => done,
    handle: async (page) => {
      if (choices.chance(0.05)) await pause(choices.between(0, 100));
      if (choices.chance(0.05)) throw new Trouble('handling a page failed on purpose');
      tell('follower', page);
      done = page.at(-1)!.position;
      return true;
    },
    report: (_message, error) => {
      if (!(error instanceof Trouble)) say('fault', String(error));
    },
  });
}

/** Reads at the very head, again and again: where a position that is not committed yet would be passed over. */
async function pageOn(choices: Random): Promise<void> {
  for (let after = 0n; !stopping;) {
    const limit = 1 + choices.integer(MOST_A_PAGE);
    const page = await log.read({ after, limit }).catch((error: unknown) => {
      say('fault', String(error));
      return [];
    });
    if (page.length > 0) tell('paging', page);
    after = page.at(-1)?.position ?? after;
    log.ring();
    await pause(choices.integer(4));
  }
}

await createKernelSchema(pool, schema);
const following = follower(random.fork('follower'));
following.start();
say('ready');
await pageOn(random.fork('paging'));
await following.stop();
await pool.end();
