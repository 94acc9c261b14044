import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, Inbox, testDatabaseServer } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import pg from 'pg';
import { createKernelSchema, LeaseHolder } from '../index.ts';

const SCHEMA = 'tickets';

describe('a lease', () => {
  let database: TestDatabase;
  /** What happened, in its order. */
  let story: Inbox<string>;
  const reports = new Inbox<string>();
  const holders: LeaseHolder[] = [];
  let wire: Wire | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    await createKernelSchema(database.pool, SCHEMA);
  });
  beforeEach(() => {
    story = new Inbox();
  });
  afterEach(async () => {
    await wire?.close();
    wire = undefined;
    await Promise.all(holders.splice(0).map((holder) => holder.stop()));
    await database.pool.query(`delete from ${SCHEMA}.leases`);
  });
  afterAll(() => database.close());

  function candidate(who: string, { databaseUrl = database.url } = {}): LeaseHolder {
    const holder = new LeaseHolder({
      databaseUrl,
      schema: SCHEMA,
      name: 'followers',
      onHeld: () => {
        story.take(`${who} works`);
        return { stop: async () => story.take(`${who} has stopped`) };
      },
      report: reports.take,
    });
    holder.start();
    holders.push(holder);
    return holder;
  }

  /** Has it held by a session that is no LeaseHolder, as another process might. */
  const heldBy = (pid: string, start: string, until: string): Promise<unknown> =>
    database.pool.query(
      `insert into ${SCHEMA}.leases select 'followers', 'somebody', ${pid}, ${start}, clock_timestamp() + interval '${until}'`,
    );
  const until = async (): Promise<Date> =>
    (await database.pool.query<{ until: Date }>(`select until from ${SCHEMA}.leases`)).rows[0]!.until;
  /** By the clock of the database. */
  const isOver = async (time: Date): Promise<boolean> =>
    (await database.pool.query<{ over: boolean }>('select clock_timestamp() > $1 as over', [time])).rows[0]!
      .over;
  const sessions = async (): Promise<number[]> => {
    const query = `select pid from pg_stat_activity where datname = current_database() and application_name = 'weinao ${SCHEMA} lease'`;
    return (await database.pool.query<{ pid: number }>(query)).rows.map(({ pid }) => pid);
  };
  const pidOfHolder = async (): Promise<number> =>
    (await database.pool.query<{ holder_pid: number }>(`select holder_pid from ${SCHEMA}.leases`)).rows[0]!
      .holder_pid;

  async function allowConnections(allowed: boolean): Promise<void> {
    const server = new pg.Client({ connectionString: testDatabaseServer() });
    await server.connect();
    await server.query(
      `alter database ${new URL(database.url).pathname.slice(1)} allow_connections ${allowed}`,
    );
    await server.end();
  }

  it('is had by one of several, and by another one at once when that one stops', async () => {
    const first = candidate('first');
    await story.until(1);
    candidate('second');
    while ((await sessions()).length < 2) await pause(20);
    expect(story.items).toEqual(['first works']);
    await first.stop();
    expect(await story.until(3)).toEqual(['first works', 'first has stopped', 'second works']);
  });

  it('is kept for longer than it lasts, by renewal', async () => {
    candidate('first');
    await story.until(1);
    const begin = await until();
    candidate('second');
    while ((await until()).getTime() - begin.getTime() < 4_000) await pause(100);
    expect(story.items).toEqual(['first works']);
  });

  it('is free when the session of the holder is gone, long before it has run out', async () => {
    const { rows } = await database.pool.query<{ pid: string }>('select pg_backend_pid() as pid');
    await heldBy(rows[0]!.pid, `'2020-01-01'`, '5 seconds'); // another session had the same process id once
    const asked = await until();
    candidate('first');
    await story.until(1);
    expect(await isOver(asked)).toBe(false);
  });

  it('is not taken from a session that lives, until it has run out', async () => {
    const client = await database.pool.connect();
    try {
      const {
        rows: [own],
      } = await client.query<{ pid: string }>('select pg_backend_pid() as pid');
      const start = `(select backend_start from pg_stat_activity where pid = ${own!.pid})`;
      await heldBy(own!.pid, start, '2 seconds');
      const asked = await until();
      candidate('first');
      await story.until(1);
      expect(await isOver(asked)).toBe(true);
    } finally {
      client.release();
    }
  });

  it('is free when it lasts longer than any can, because the clock was set back since', async () => {
    const client = await database.pool.connect();
    try {
      const { rows } = await client.query<{ pid: string }>('select pg_backend_pid() as pid');
      const start = `(select backend_start from pg_stat_activity where pid = ${rows[0]!.pid})`;
      await heldBy(rows[0]!.pid, start, '49 hours');
      candidate('first');
      expect(await story.until(1)).toEqual(['first works']);
    } finally {
      client.release();
    }
  });

  it('goes over when the connection of the holder is cut', async () => {
    candidate('first');
    await story.until(1);
    candidate('second');
    await database.pool.query('select pg_terminate_backend($1)', [await pidOfHolder()]);
    await story.until(3);
    expect(story.items.filter((what) => what === 'first has stopped')).toHaveLength(1);
    expect(story.items.filter((what) => what.endsWith('works'))).toHaveLength(2);
  });

  it('is given up by a holder that the database does not answer any more, before another one has it', async () => {
    wire = await Wire.to(new URL(database.url));
    const url = new URL(database.url);
    url.host = wire.host;
    candidate('first', { databaseUrl: url.href });
    await story.until(1);
    candidate('second');
    wire.cut();
    expect(await story.until(3)).toEqual(['first works', 'first has stopped', 'second works']);
  });

  it('is had again when the database was away, which is said once', async () => {
    candidate('first');
    await story.until(1);
    const before = reports.items.length;
    await allowConnections(false);
    await database.pool.query('select pg_terminate_backend($1)', [await pidOfHolder()]);
    await reports.until(before + 1);
    await allowConnections(true);
    expect(await story.until(3)).toEqual(['first works', 'first has stopped', 'first works']);
    expect(reports.items.slice(before)).toEqual(['The lease followers cannot be had; trying again']);
  });
});

/** A way to the database on which, once it is cut, nothing comes through and nobody is told. */
class Wire {
  private readonly sockets: Socket[] = [];
  private isCut = false;

  private constructor(private readonly server: Server) {}

  static async to({ hostname, port }: URL): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server);
    server.on('connection', (near) => {
      const far = connect(Number(port), hostname);
      wire.sockets.push(near, far);
      for (const socket of [near, far]) socket.on('error', () => undefined);
      if (!wire.isCut) near.pipe(far).pipe(near);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return wire;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
