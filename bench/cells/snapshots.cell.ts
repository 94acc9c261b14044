import { CommandHandler, newId, PostgresSnapshotStore, Snapshots, streamName } from '@weinao/events';
import type { Decider, EventLog, SnapshotStore } from '@weinao/events';
import { newFact } from '../contenders/fact.ts';
import { KernelStore } from '../contenders/kernel.store.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { callsASecond } from '../frame/load.ts';

const LENGTHS = [100, 1_000, 10_000];
const SECONDS = 0.5;
const PLUGIN = 'meters';
const COMMUNITY = 'sunshine';
const READING = 'ms a command';

const withSnapshot = (events: number): string => `${events.toLocaleString('en')} events, snapshot`;
const withoutOne = (events: number): string => `${events.toLocaleString('en')} events, all read`;

/** A command that changes nothing: load, fold, decide, and keep its id. */
export const snapshotsCell: Cell = {
  name: 'a command on a long stream',
  lines: LENGTHS.map((events) => ({
    name: `a command on ${events.toLocaleString('en')} events, with a snapshot`,
    unit: 'ms',
    reading: READING,
    ours: withSnapshot(events),
    limit: withoutOne(events),
  })),
  turnsARound: 2,
  secondsBefore: 3,
  secondsATurn: 2 * LENGTHS.length * (SECONDS + 0.2),
  async prepare(ground, cleanup) {
    const { log, pool } = await KernelStore.open(await ground.database(cleanup), PLUGIN, cleanup);
    const store = new PostgresSnapshotStore(pool, PLUGIN);
    const seconds = SECONDS * ground.share;
    const contenders: Contender[] = [];
    for (const events of LENGTHS) {
      await fill(log, store, events);
      contenders.push(
        commanded(
          withSnapshot(events),
          new CommandHandler(log, now, new Snapshots(store, fail)),
          events,
          seconds,
        ),
        commanded(withoutOne(events), new CommandHandler(log, now), events, seconds),
      );
    }
    return contenders;
  },
};

const now = (): Date => new Date();

function fail(message: string, error: unknown): never {
  throw new Error(message, { cause: error });
}

interface MeterState {
  readonly readings: number;
  readonly last: number | null;
}

type MeterRead = { readonly type: 'MeterRead'; readonly data: { readonly value: number } };

const meter: Decider<MeterState, { readonly type: 'CheckMeter' }, MeterRead> = {
  category: 'meter',
  initial: { readings: 0, last: null },
  snapshots: { version: 1 },
  decide: () => [],
  evolve: ({ readings }, { data }) => ({ readings: readings + 1, last: data.value }),
};

const meterId = (events: number): string => `meter-${events}`;

/** A stream, and a snapshot of its end. */
async function fill(log: EventLog, store: SnapshotStore, events: number): Promise<void> {
  const { at, metadata, command, fingerprint } = newFact();
  const stream = streamName(meter.category, COMMUNITY, meterId(events));
  const recorded = await log.append({
    stream,
    communityId: COMMUNITY,
    expectedRevision: -1,
    events: Array.from({ length: events }, (_, value) => ({
      ...{ id: newId(), type: 'MeterRead', at, data: { value }, metadata },
    })),
    command: { id: command, fingerprint },
  });
  const state: MeterState = { readings: events, last: events - 1 };
  await store.save({ stream, version: 1, revision: events - 1, eventId: recorded.at(-1)!.id, state });
}

const commanded = (name: string, handler: CommandHandler, events: number, seconds: number): Contender => ({
  name,
  async measure(share) {
    const commands = await callsASecond(1, seconds * share, async () => {
      const { state } = await handler.handle(meter, {
        communityId: COMMUNITY,
        id: meterId(events),
        command: { type: 'CheckMeter' },
        commandId: newId(),
        repeatable: false,
        actor: { id: 'worker-1', permissions: [] },
        correlationId: newId(),
        settings: {},
      });
      if (state.readings !== events) throw new Error(`${name}: the meter was read ${state.readings} times`);
    });
    return { [READING]: 1_000 / commands };
  },
});
