import { setTimeout as pause } from 'node:timers/promises';
import {
  CommandRepeated,
  createKernelSchema,
  derivedId,
  PostgresEventLog,
  VersionConflict,
} from '@weinao/events';
import type { AppendRequest } from '@weinao/events';
import pg from 'pg';
import { say } from './journal.ts';
import { OpenTransactions, RolledBack } from './open-transactions.pool.ts';
import { Random } from '../course/random.ts';

const [schema = '', kind, callers, seed] = process.argv.slice(2);
const random = new Random(Number(seed));
const options = {
  connectionString: process.env.DATABASE_URL,
  application_name: 'order writer',
  max: Number(callers) + 1,
};
const pool =
  kind === 'open' ? new OpenTransactions(options, random.fork('transactions')) : new pg.Pool(options);
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));
const log = new PostgresEventLog(pool, schema);

/** Streams are shared by everybody, and left after this time, so that they stay short. */
const STREAM_MS = 400;
const STREAMS = 12;
const MOST_TRIES = 8;
const LONGEST_REST_MS = 60;
/** Process ids come again, so this run of the writer is named by its start. */
const writer = `${process.pid}-${Date.now()}`;

let stopping = false;
process.on('SIGTERM', () => (stopping = true));

const streamNow = (choices: Random): string =>
  `order/court/${Math.floor(Date.now() / STREAM_MS)}-${choices.integer(STREAMS)}`;

async function requestFor(commandId: string, tries: number, choices: Random): Promise<AppendRequest> {
  const stream = streamNow(choices);
  const revision = (await log.readStream(stream)).length - 1;
  // now and then on purpose what somebody would decide who has not seen the last event
  const expectedRevision = choices.chance(0.1) ? Math.max(revision - 1, -1) : revision;
  const count = choices.pick([1, 1, 1, 2, 5]);
  const events = Array.from({ length: count }, (_, index) => ({
    id: derivedId(commandId, index),
    type: 'Noted',
    at: new Date().toISOString(),
    data: { index, count, tries },
    metadata: { communityId: 'court', commandId, actorId: null, correlationId: commandId },
  }));
  return {
    stream,
    communityId: 'court',
    expectedRevision,
    events,
    command: { id: commandId, fingerprint: 'noted' },
  };
}

/** @returns whether the command is done and needs no further try */
async function attempt(request: AppendRequest, tries: number): Promise<boolean> {
  const { command, stream, expectedRevision, events } = request;
  say('sent', command.id, tries, stream, expectedRevision, events.length);
  try {
    const stored = await log.append(request);
    say(
      'stored',
      command.id,
      tries,
      stored.map(({ position }) => Number(position)),
    );
    return true;
  } catch (error) {
    const repeated = error instanceof CommandRepeated;
    if (repeated) say('known', command.id, tries, error.known.stream, error.known.revision);
    else if (error instanceof VersionConflict || error instanceof RolledBack)
      say('refused', command.id, tries);
    return repeated;
  }
}

async function call(caller: number): Promise<void> {
  const choices = random.fork(caller);
  const done: string[] = [];
  for (let turn = 0; !stopping; turn++) {
    const again = done.length > 0 && choices.chance(0.1);
    const commandId = again ? choices.pick(done) : derivedId(writer, caller, turn);
    if (await carryOut(commandId, again ? 100 * turn : 0, choices)) done.push(commandId);
    if (kind === 'open') await pause(choices.between(0, LONGEST_REST_MS));
  }
}

/** @param before number of earlier tries, so that each try of a command has a number of its own */
async function carryOut(commandId: string, before: number, choices: Random): Promise<boolean> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    try {
      const request = await requestFor(commandId, before + tries, choices);
      if (await attempt(request, before + tries)) return true;
    } catch {
      continue; // the connection for reading was cut
    }
  }
  return false;
}

await createKernelSchema(pool, schema);
say('ready');
await Promise.all(Array.from({ length: Number(callers) }, (_, caller) => call(caller)));
await log.close();
await pool.end();
