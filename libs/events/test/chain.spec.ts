import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { verifyChain } from '../index.ts';
import type { ChainPoint, Tampering } from '../index.ts';

const EVENTS = 20;

/** The rows from here on move up or down, as a dropped or an inserted one needs it. */
const renumber = (from: number, by: number): string => `
  update events set position = -position where position >= ${from};
  update events set position = -position + ${by} where position < 0`;
const swapContents = (one: number, other: number): string => `
  update events e set (id, stream, revision, community, type, schema_version, at, data, metadata)
    = (select o.id, o.stream || '*', o.revision, o.community, o.type, o.schema_version, o.at, o.data, o.metadata
       from events o where o.position = ${one} + ${other} - e.position)
    where e.position in (${one}, ${other});
  update events set stream = rtrim(stream, '*') where position in (${one}, ${other})`;
const swapPositions = (one: number, other: number): string => `
  update events set position = -position where position in (${one}, ${other});
  update events set position = ${one} + ${other} + position where position < 0`;
const forge = (position: number, link = `sha256('forged')`): string => `
  insert into events select ${position}, gen_random_uuid(), 'ticket/sunshine/forged', 0, 'sunshine', 'TicketOpened', 1, now(),
    '{}', '{}', ${link}`;

/** What an intruder writes who found the formula. */
const linkOf = (row: string): string =>
  `event_digest(${row}.position, ${row}.id, ${row}.stream, ${row}.revision, ${row}.community, ${row}.type,
    ${row}.schema_version, ${row}.at, ${row}.data::text, ${row}.metadata::text)`;
const makeFit = (position: number): string => `
  update events e set link = sha256((select link from events where position = ${position} - 1) || ${linkOf('e')})
  where e.position = ${position}`;
const recomputeAll = `
  update events e set link = c.link from (
    select position, chain(decode(repeat('00', 32), 'hex'), ${linkOf('o')}) over (order by position) as link from events o
  ) c where c.position = e.position;
  update head h set position = e.position, link = e.link
    from (select position, link from events order by position desc limit 1) e`;

const altered = (...positions: number[]): Tampering[] =>
  positions.map((position) => ({ kind: 'altered', position: BigInt(position) }));
const swapped = (position: number, other: number): Tampering[] => [
  { kind: 'swapped', position: BigInt(position), with: BigInt(other) },
];
const missing = (position: number, events = 1): Tampering[] => [
  { kind: 'missing', position: BigInt(position), events: BigInt(events) },
];
const inserted = (position: number, events = 1): Tampering[] => [
  { kind: 'inserted', position: BigInt(position), events: BigInt(events) },
];
const head = (position: number, named = EVENTS): Tampering[] => [
  { kind: 'head', position: BigInt(position), named: BigInt(named) },
];

const INTRUSIONS: readonly [name: string, sql: string, findings: Tampering[]][] = [
  ['other data', `update events set data = '{"title":"gone"}' where position = 7`, altered(7)],
  ['other data of the first', `update events set metadata = '{}' where position = 1`, altered(1)],
  ['other data of the last', `update events set metadata = '{}' where position = 20`, altered(20)],
  [
    'other data of two neighbours',
    `update events set metadata = '{}' where position in (7, 8)`,
    altered(7, 8),
  ],
  [
    'a space in the JSON',
    `update events set data = (data::text || ' ')::json where position = 9`,
    altered(9),
  ],
  ['other metadata', `update events set metadata = '{}' where position = 3`, altered(3)],
  ['a microsecond', `update events set at = at + interval '1 microsecond' where position = 4`, altered(4)],
  ['a time that no clock shows', `update events set at = 'infinity' where position = 4`, altered(4)],
  ['another type', `update events set type = 'TicketClosed' where position = 5`, altered(5)],
  ['another stream', `update events set stream = stream || '/x' where position = 5`, altered(5)],
  ['another community', `update events set community = 'riverside' where position = 5`, altered(5)],
  [
    'a letter from one text to the next',
    `update events set stream = rtrim(stream, right(stream, 1)), community = right(stream, 1) || community where position = 5`,
    altered(5),
  ],
  ['another version of the shape', `update events set schema_version = 2 where position = 5`, altered(5)],
  ['another id', `update events set id = gen_random_uuid() where position = 5`, altered(5)],
  ['another revision', `update events set revision = 7 where position = 5`, altered(5)],
  ['a link', `update events set link = sha256('x') where position = 6`, altered(6)],
  ['the first link', `update events set link = sha256('x') where position = 1`, altered(1)],
  ['the last link', `update events set link = sha256('x') where position = 20`, altered(20)],
  [
    'data with a link made to fit',
    `update events set metadata = '{}' where position = 6; ${makeFit(6)}`,
    altered(7),
  ],
  ['one dropped', 'delete from events where position = 8', missing(8)],
  ['the first dropped', 'delete from events where position = 1', missing(1)],
  ['three dropped', 'delete from events where position between 8 and 10', missing(8, 3)],
  [
    'one dropped, and those after it renumbered',
    `delete from events where position = 8; ${renumber(9, -1)}`,
    missing(8),
  ],
  [
    'the first dropped, and those after it renumbered',
    `delete from events where position = 1; ${renumber(2, -1)}`,
    missing(1),
  ],
  [
    'the same with the head',
    `delete from events where position = 8; ${renumber(9, -1)}; update head set position = 19`,
    missing(8),
  ],
  [
    'the last but one dropped, and the last renumbered',
    `delete from events where position = 19; ${renumber(20, -1)}`,
    missing(19),
  ],
  [
    'three dropped, and those after them renumbered',
    `delete from events where position between 8 and 10; ${renumber(11, -3)}`,
    missing(8, 3),
  ],
  ['contents of two swapped', swapContents(5, 12), swapped(5, 12)],
  ['contents of two neighbours swapped', swapContents(5, 6), swapped(5, 6)],
  ['contents of the first and the last swapped', swapContents(1, 20), swapped(1, 20)],
  ['positions of two swapped', swapPositions(5, 12), swapped(5, 12)],
  ['positions of two neighbours swapped', swapPositions(5, 6), swapped(5, 6)],
  ['positions of two swapped with one between them', swapPositions(5, 7), swapped(5, 7)],
  ['positions of the first and the last swapped', swapPositions(1, 20), swapped(1, 20)],
  ['positions of the last two swapped', swapPositions(19, 20), swapped(19, 20)],
  ['one inserted, and those after it renumbered', `${renumber(10, 1)}; ${forge(10)}`, inserted(10)],
  [
    'one inserted with a link that fits, and those after it renumbered',
    `${renumber(10, 1)}; ${forge(10)}; ${makeFit(10)}`,
    inserted(10),
  ],
  ['one inserted at the beginning', `${renumber(1, 1)}; ${forge(1)}`, inserted(1)],
  [
    'two inserted, and those after them renumbered',
    `${renumber(10, 2)}; ${forge(10)}; ${forge(11).replace('forged', 'other')}`,
    inserted(10, 2),
  ],
  ['one inserted at the end', forge(21), inserted(21)],
  ['one inserted at the end, with the head', `${forge(21)}; update head set position = 21`, inserted(21)],
  ['one inserted at the end with a link that fits', `${forge(21)}; ${makeFit(21)}`, inserted(21)],
  ['one inserted at the position 0', forge(0), inserted(0)],
  ['the tail cut off', 'delete from events where position > 17', head(17)],
  ['everything cut off', 'delete from events', head(0)],
  ['the link of the head', `update head set link = sha256('x')`, head(20)],
  ['the position of the head', 'update head set position = 25', head(20, 25)],
  [
    'two things at once',
    `update events set metadata = '{}' where position = 3; delete from events where position = 9; ${forge(21)}`,
    [...altered(3), ...missing(9), ...inserted(21)],
  ],
];

describe('the hash chain of a log', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    for (let n = 1; n <= EVENTS / 4; n++) {
      const opening = appendRequest({
        events: [factOf('TicketOpened', { title: `灯 ${n}` }), factOf('TicketAssigned')],
      });
      await opened.log.append(opening);
      const following = appendRequest({ stream: opening.stream, expectedRevision: 1 });
      await Promise.all([opened.log.append(following), opened.log.append(appendRequest())]);
    }
  });
  afterEach(() => opened.close());
  afterAll(() => logs.close());

  const verify = (expected?: ChainPoint): ReturnType<typeof verifyChain> =>
    verifyChain(logs.database.pool, opened.schema, { expected });

  /** As somebody with access to the tables could, past every constraint and trigger. */
  async function intrude(sql: string): Promise<void> {
    const client = await logs.database.pool.connect();
    await client.query(
      `set search_path to "${opened.schema}", pg_catalog; set session_replication_role = replica`,
    );
    await client.query(
      'alter table events drop constraint if exists events_pkey, drop constraint if exists events_stream_revision_key',
    );
    await client.query(sql);
    client.release(true);
  }

  it('holds in Node what PostgreSQL computed, and says what to note', async () => {
    const told: bigint[] = [];
    const report = await verifyChain(logs.database.pool, opened.schema, {
      progress: (position) => told.push(position),
    });
    expect(report).toEqual({
      head: { position: 20n, link: expect.stringMatching(/^[0-9a-f]{64}$/) },
      findings: [],
      complete: true,
    });
    expect(told).toEqual([20n]);
    expect((await verify(report.head)).findings).toEqual([]);
  });

  it('holds for an empty log', async () => {
    const empty = await logs.open();
    const { head, findings } = await verifyChain(logs.database.pool, empty.schema);
    expect({ head, findings }).toEqual({ head: { position: 0n, link: '00'.repeat(32) }, findings: [] });
    await empty.close();
  });

  it('does not depend on the time zone or the locale of a session', async () => {
    const client = await logs.database.pool.connect();
    await client.query(
      `set timezone = 'Asia/Shanghai'; set datestyle = 'German'; set bytea_output = 'escape'; set extra_float_digits = 0`,
    );
    const { PostgresEventLog } = await import('../index.ts');
    const pool = { query: client.query.bind(client) } as unknown as ConstructorParameters<
      typeof PostgresEventLog
    >[0];
    await new PostgresEventLog(pool, opened.schema).append(appendRequest());
    client.release(true);
    expect(await verify()).toMatchObject({ head: { position: 21n }, findings: [] });
  });

  it('holds while others append, over several pages', async () => {
    const more = Promise.all(Array.from({ length: 1_500 }, () => opened.log.append(appendRequest())));
    for (let n = 0; n < 5; n++) expect((await verify()).findings).toEqual([]);
    await more;
    expect(await verify()).toMatchObject({ head: { position: 1_520n }, findings: [] });
  });

  it.each(INTRUSIONS)('finds %s', async (_name, sql, findings) => {
    await intrude(sql);
    expect(await verify()).toMatchObject({ findings, complete: true });
  });

  it('finds that everything was computed anew, where a point was noted before', async () => {
    const { head: noted } = await verify();
    await opened.log.append(appendRequest());
    await intrude(`update events set metadata = '{}' where position = 9; ${recomputeAll}`);
    expect((await verify()).findings).toEqual([]);
    expect((await verify(noted)).findings).toEqual([{ kind: 'recomputed', position: 20n }]);
  });

  it('finds a tail that was cut off together with the head, where a point was noted before', async () => {
    const { head: noted } = await verify();
    await intrude(`delete from events where position > 15; ${recomputeAll}`);
    expect((await verify()).findings).toEqual([]);
    expect((await verify(noted)).findings).toEqual(missing(16, 5));
  });

  it('stops where so much is wrong that the rest says nothing', async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => opened.log.append(appendRequest())));
    await intrude(`update events set metadata = '{}' where position % 2 = 0`);
    const { findings, complete } = await verify();
    expect(complete).toBe(false);
    expect(findings.slice(0, 3)).toEqual(altered(2, 4, 6));
  });
});
