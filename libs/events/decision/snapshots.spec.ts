import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, CountedIds, ManualClock, numberedId } from '@weinao/testing';
import { CommandHandler } from './command-handler.ts';
import type { CommandRequest, Outcome } from './command-handler.ts';
import type { Decider } from './decider.ts';
import { PostgresSnapshotStore } from './postgres-snapshot.store.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import { Snapshots } from './snapshots.ts';
import type { EventLog, StreamRange } from '../log/event-log.ts';
import { meterDecider } from '../test/meter.decider.ts';
import type { MeterCommand, MeterEvent, MeterState } from '../test/meter.decider.ts';
import { postgresLogs } from '../test/postgres.log.opener.ts';
import type { PostgresLogs } from '../test/postgres.log.opener.ts';

type Request = CommandRequest<MeterCommand, unknown>;
type Meter = Decider<MeterState, MeterCommand, MeterEvent>;

const STREAM = 'meter/sunshine/water';

describe('snapshots', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let store: PostgresSnapshotStore;
  let reads: { readonly range: StreamRange | undefined; readonly events: number }[];
  let reports: string[];
  const clock = new ManualClock();
  const ids = new CountedIds();

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    store = new PostgresSnapshotStore(logs.database.pool, opened.schema);
    [reads, reports] = [[], []];
  });
  afterEach(() => opened.close());
  afterAll(() => logs.close());

  const ask = (values: readonly number[], more: Partial<Request> = {}): Request => ({
    communityId: 'sunshine',
    id: 'water',
    command: { type: 'ReadMeter', values },
    commandId: ids.next(),
    repeatable: true,
    actor: anActor('gateway-1'),
    correlationId: numberedId(9),
    settings: {},
    ...more,
  });
  const readings = (count: number, from = 0): number[] => Array.from({ length: count }, (_, n) => from + n);

  const watched = (log: EventLog): EventLog => ({
    append: (request) => log.append(request),
    readStream: async (stream, range) => {
      const events = await log.readStream(stream, range);
      reads.push({ range, events: events.length });
      return events;
    },
    read: (options) => log.read(options),
    head: () => log.head(),
    findCommand: (id) => log.findCommand(id),
    onAppend: (listener) => log.onAppend(listener),
    ring: () => log.ring(),
    close: () => log.close(),
  });

  const handle = (
    request: Request,
    { decider = meterDecider, from = store }: { decider?: Meter; from?: SnapshotStore } = {},
  ): Promise<Outcome<MeterState, MeterEvent>> => {
    const snapshots = new Snapshots(from, (message, error) =>
      reports.push(`${message}: ${(error as Error).message}`),
    );
    return new CommandHandler(watched(opened.log), clock.now, snapshots).handle(decider, request);
  };

  /** What the whole stream says, without any snapshot. */
  const folded = async (): Promise<MeterState> =>
    (await opened.log.readStream(STREAM)).reduce(
      (state, event) => meterDecider.evolve(state, event as unknown as MeterEvent),
      meterDecider.initial,
    );

  const sql = (statement: string): Promise<unknown> =>
    logs.database.pool.query(statement.replaceAll('$schema', `"${opened.schema}"`));

  it('are kept when more than a thousand events came since the last, and spare reading these', async () => {
    await handle(ask(readings(1_000)));
    expect(await store.load(STREAM, 2)).toBeUndefined();
    const { state, position } = await handle(ask([7]));
    expect(await store.load(STREAM, 2)).toMatchObject({ stream: STREAM, version: 2, revision: 1_000, state });
    reads.length = 0;
    const next = await handle(ask([8]));
    expect(reads).toEqual([{ range: { after: 999 }, events: 1 }]);
    expect(next).toMatchObject({ state: await folded(), position: position + 1n, repeated: false });
    expect(next.history.map(({ revision }) => revision)).toEqual([1_001]);
    await handle(ask(readings(1_000)));
    expect(await store.load(STREAM, 2)).toMatchObject({ revision: 2_001, state: await folded() });
    expect(reports).toEqual([]);
  });

  it('are only for deciders that want them', async () => {
    const { snapshots: _none, ...decider } = meterDecider;
    await handle(ask(readings(1_001)), { decider });
    const { history, state } = await handle(ask([7]), { decider });
    expect(history).toHaveLength(1_002);
    expect(state).toEqual(await folded());
    expect(await store.load(STREAM, 2)).toBeUndefined();
  });

  it('say where the stream stands when a command changes nothing', async () => {
    const { position, state } = await handle(ask(readings(1_200)));
    expect(await handle(ask([]))).toEqual({ state, position, history: [], repeated: false });
  });

  it('leave a repeated command its first answer, from before the snapshot and from after it', async () => {
    const requests = [ask(readings(3)), ask(readings(1_500, 5)), ask([9]), ask([10, 11])];
    const first: Outcome<MeterState, MeterEvent>[] = [];
    for (const request of requests) first.push(await handle(request));
    expect(await store.load(STREAM, 2)).toMatchObject({ revision: 1_502 });
    for (const [index, request] of requests.entries()) {
      const { state, position } = first[index]!;
      expect(await handle(request)).toMatchObject({ state, position, repeated: true });
    }
    expect(reads.filter(({ range }) => range?.upTo === 2)).toEqual([{ range: { upTo: 2 }, events: 3 }]);
    const reused = { ...requests[2]!, command: requests[1]!.command };
    await expect(handle(reused)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('do not come into the way of many commands at once', async () => {
    await handle(ask(readings(990)));
    const outcomes = await Promise.all(readings(18).map((value) => handle(ask([value]))));
    expect(await folded()).toMatchObject({ readings: 1_008 });
    const last = outcomes.find(({ state }) => state.readings === 1_008);
    expect(last?.state).toEqual(await folded());
    expect((await handle(ask([1]))).state).toEqual(await folded());
  });

  describe('change no answer', () => {
    const unavailable = (): Promise<never> => Promise.reject(new Error('the cache is away'));

    it.each<[string, string]>([
      ['when they are deleted', 'delete from $schema.snapshots'],
      ['when they are of an older version', 'update $schema.snapshots set version = 1'],
      ['when they are of a newer version', 'update $schema.snapshots set version = 3'],
      [
        'when their state was changed',
        `update $schema.snapshots set state = '{"readings":0,"last":1,"trace":1}'`,
      ],
      ['when their state is nonsense', `update $schema.snapshots set state = '"?"'`],
      ['when they say another revision', 'update $schema.snapshots set revision = revision - 1'],
      [
        'when they are another stream’s',
        `update $schema.snapshots s set (state, digest) = (select state, digest from $schema.snapshots where stream <> s.stream)`,
      ],
      ['when their table is gone', 'drop table $schema.snapshots'],
    ])('%s', async (_name, statement) => {
      await handle(ask(readings(1_100, 3), { id: 'gas' }));
      await handle(ask(readings(1_200)));
      await sql(statement);
      reads.length = 0;
      const { state, position } = await handle(ask([5]));
      expect(reads).toEqual([{ range: {}, events: 1_200 }]);
      expect({ state, position }).toEqual({ state: await folded(), position: await opened.log.head() });
    });

    it('when the log is another one than that which they were made of', async () => {
      await handle(ask(readings(1_500)));
      const whole = await store.load(STREAM, 2);
      await opened.close();
      opened = await logs.open(); // as it was restored: shorter, and then as long with other events
      for (const count of [900, 700, 1]) {
        await store.save(whole!);
        const from = { load: store.load.bind(store), save: () => Promise.resolve() };
        const { state, position } = await handle(ask(readings(count, 50)), { from });
        expect({ state, position }).toEqual({ state: await folded(), position: await opened.log.head() });
      }
    });

    it('when the store fails at reading or at writing, of which somebody is told', async () => {
      const reading = { load: unavailable, save: (snapshot: never) => store.save(snapshot) };
      const writing = { load: store.load.bind(store), save: unavailable };
      await handle(ask(readings(1_100)), { from: writing });
      expect(reports).toEqual([`No snapshot of ${STREAM} is kept: the cache is away`]);
      expect(await store.load(STREAM, 2)).toBeUndefined();
      const { state } = await handle(ask([3]), { from: reading });
      expect(state).toEqual(await folded());
      expect(reports[1]).toBe(
        `The snapshot of ${STREAM} cannot be read; all its events are: the cache is away`,
      );
      expect(await store.load(STREAM, 2)).toMatchObject({ revision: 1_100 });
    });

    it.each<[string, unknown]>([
      ['a date', new Date(0)],
      ['a map', new Map([['a', 1]])],
      ['what is undefined', undefined],
      ['no number', Number.NaN],
      ['a big integer', 1n],
    ])('when the state holds %s, which no snapshot can: it is reported', async (_name, held) => {
      const evolve = (state: MeterState, event: MeterEvent) => ({
        ...meterDecider.evolve(state, event),
        held,
      });
      const decider: Meter = { ...meterDecider, evolve };
      await handle(ask(readings(1_100)), { decider });
      expect(await store.load(STREAM, 2)).toBeUndefined();
      expect(reports).toEqual([expect.stringContaining(`No snapshot of ${STREAM} is kept`)]);
      const { state } = await handle(ask([3]), { decider });
      expect(state).toEqual({ ...(await folded()), held });
    });

    it.each([1, 2, 3])('whatever is asked and whatever happens to them (seed %i)', async (seed) => {
      const random = randomFrom(seed);
      const plain = await logs.open();
      const without = new CommandHandler(plain.log, clock.now);
      const accidents = [
        'delete from $schema.snapshots',
        'update $schema.snapshots set version = 1',
        `update $schema.snapshots set state = 'null'`,
        'update $schema.snapshots set revision = revision + 1',
      ];
      const asked: Request[] = [];
      let used = 0;
      for (let step = 0; step < 30; step++) {
        const request =
          asked.length > 0 && random() < 0.3
            ? asked[Math.floor(random() * asked.length)]!
            : ask(random() < 0.1 ? [-1] : readings(Math.floor(random() ** 3 * 900), step));
        asked.push(request);
        if (random() < 0.2) await sql(accidents[Math.floor(random() * accidents.length)]!);
        reads.length = 0;
        expect(await answerOf(handle(request))).toEqual(
          await answerOf(without.handle(meterDecider, request)),
        );
        used += reads.filter(({ range }) => range?.after !== undefined).length;
      }
      expect(used).toBeGreaterThan(0);
      expect(await folded()).toEqual((await handle(ask([]))).state);
      await plain.close();
    });
  });
});

/** All that a caller sees but the history, which is shorter behind a snapshot. */
const answerOf = (outcome: Promise<Outcome<MeterState, MeterEvent>>): Promise<unknown> =>
  outcome.then(
    ({ state, position, repeated }) => ({ state, position, repeated }),
    ({ code, details }: { code: string; details: unknown }) => ({ code, details }),
  );

/** The same numbers from 0 to 1 for the same seed (a linear congruential generator, as in Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let last = seed;
  return () => (last = (last * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
}
