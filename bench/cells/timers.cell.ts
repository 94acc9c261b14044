import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseClock, intent, newId, Timers } from '@weinao/events';
import type { Communities, Decider, EventLog, Timer } from '@weinao/events';
import { newFact } from '../contenders/fact.ts';
import { KernelStore } from '../contenders/kernel.store.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { openPool } from '../frame/connections.ts';
import type { Ground } from '../frame/ground.ts';
import { percentile } from '../frame/statistics.ts';

const PENDING = 100_000;
/** So many become due in a turn, at moments spread evenly over so long. */
const DUE = 1_000;
const SPREAD_MS = 2_000;
/** Between setting them and the first one. */
const LEAD_MS = 1_000;
const PATIENCE_MS = 30_000;
/** A log takes no more than it can remember. */
const MOST_AT_ONCE = 5_000;
const PLUGIN = 'tickets';
const COMMUNITY = 'sunshine';
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

const KERNEL = 'kernel';
const MEMORY = 'setTimeout and insert';
const POLL = 'a poll each second';
const figures = { unit: 'ms', ours: KERNEL, limit: MEMORY, peers: [POLL] } as const;

/** From the moment a timer is due until the event that it leads to is durable. */
export const timersCell: Cell = {
  name: 'timers, 100,000 pending',
  lines: [
    { name: 'timers, 100,000 pending: lateness p50', reading: 'p50', ...figures },
    { name: 'timers, 100,000 pending: lateness p99', reading: 'p99', ...figures, goal: { atMost: 40 } },
  ],
  secondsBefore: 15,
  secondsATurn: 11,
  async prepare(ground, cleanup) {
    const due = Math.round(DUE * ground.share);
    return [
      late(KERNEL, due, await kernel(ground, cleanup)),
      late(MEMORY, due, await memory(ground, cleanup)),
      late(POLL, due, await poll(ground, cleanup)),
    ];
  },
};

/** Sets timers. `fired` is to be told of each by its key, once what it led to is durable. */
type SetTimers = (
  timers: readonly { readonly key: string; readonly due: Date }[],
  fired: (key: string) => void,
) => Promise<unknown>;

const late = (name: string, due: number, set: SetTimers): Contender => ({
  name,
  async measure(share) {
    const first = Date.now() + LEAD_MS;
    const count = Math.ceil(due * share);
    const dues = new Map(
      Array.from({ length: count }, (_, n) => [newId(), new Date(first + (n * SPREAD_MS) / count)] as const),
    );
    const lateness: number[] = [];
    const timers = [...dues].map(([key, at]) => ({ key, due: at }));
    await set(timers, (key) => {
      const at = dues.get(key);
      if (at) lateness.push(Date.now() - at.getTime());
    });
    const deadline = first + SPREAD_MS + PATIENCE_MS;
    while (lateness.length < count) {
      if (Date.now() > deadline) throw new Error(`${count - lateness.length} timers did not fire`);
      await pause(20);
    }
    if (Math.min(...lateness) < 0) throw new Error('A timer fired before it was due');
    return { p50: percentile(lateness, 0.5), p99: percentile(lateness, 0.99) };
  },
});

type Reminded = { readonly type: 'Reminded'; readonly data: object };

const reminders: Decider<object, { readonly type: 'Remind' }, Reminded> = {
  category: 'reminder',
  initial: {},
  decide: () => [{ type: 'Reminded', data: {} }],
  evolve: (state) => state,
};

type ReminderSet = {
  readonly type: 'ReminderSet';
  readonly data: { readonly key: string; readonly due: string };
};

const reminder: Timer<ReminderSet> = {
  name: 'reminder',
  version: 1,
  changes: ({ type, data }) => (type === 'ReminderSet' ? [{ set: { key: data.key, due: data.due } }] : []),
  fire: ({ key }) => [intent(reminders, key, { type: 'Remind' })],
};

const everywhere: Communities = {
  settingsOf: async () => ({}),
  enabled: async () => [COMMUNITY],
  onChange: () => () => undefined,
};

const report = (message: string, error?: unknown): void => console.error(message, error ?? '');

/** Keeper and runner on a log, as a service has them. */
async function kernel(ground: Ground, cleanup: AsyncDisposableStack): Promise<SetTimers> {
  const { pool, log } = await KernelStore.open(await ground.database(cleanup), PLUGIN, cleanup);
  let fired: (key: string) => void = () => undefined;
  const noting = notingReminders(log, (key) => fired(key));
  const timers = new Timers({
    plugin: PLUGIN,
    pool,
    log: noting,
    clock: new DatabaseClock(pool),
    timers: [reminder],
    communities: everywhere,
    report,
  });
  const setReminders = async (wanted: Parameters<SetTimers>[0]): Promise<void> => {
    for (let from = 0; from < wanted.length; from += MOST_AT_ONCE) {
      const some = wanted.slice(from, from + MOST_AT_ONCE);
      await Promise.all(some.map(({ key, due }) => log.append(setReminder(key, due.toISOString()))));
    }
  };

  await setReminders(Array.from({ length: 1_000 }, () => ({ key: newId(), due: new Date(TOMORROW) })));
  await pool.query('analyze');
  const pending = Math.round(PENDING * ground.share);
  await setReminders(Array.from({ length: pending }, () => ({ key: newId(), due: new Date(TOMORROW) })));
  timers.start();
  cleanup.defer(() => timers.stop());
  await timers.reached(await log.head(), 120_000);
  return (wanted, told) => {
    fired = told;
    return setReminders(wanted);
  };
}

function setReminder(key: string, due: string): Parameters<EventLog['append']>[0] {
  const { id, command, fingerprint, at, metadata } = newFact();
  return {
    stream: `appointment/${COMMUNITY}/${key}`,
    communityId: COMMUNITY,
    expectedRevision: -1,
    events: [{ id, type: 'ReminderSet', at, data: { key, due }, metadata }],
    command: { id: command, fingerprint },
  };
}

/** The log, which tells of each reminder once it is durable. */
function notingReminders(log: EventLog, fired: (key: string) => void): EventLog {
  const noting = Object.create(log) as EventLog;
  noting.append = async (request) => {
    const events = await log.append(request);
    for (const { type, stream } of events) if (type === 'Reminded') fired(stream.split('/').at(-1)!);
    return events;
  };
  return noting;
}

/** What a timer of the others leads to: a row, committed by itself. */
async function reminding(url: string, cleanup: AsyncDisposableStack) {
  const pool = openPool(url, cleanup);
  await pool.query('create table reminded (key uuid primary key, at timestamptz not null default now())');
  const remind = (key: string): Promise<unknown> =>
    pool.query({ name: 'remind', text: 'insert into reminded (key) values ($1)', values: [key] });
  return { pool, remind };
}

/** Nothing that would survive the process: each timer is one of Node's. */
async function memory(ground: Ground, cleanup: AsyncDisposableStack): Promise<SetTimers> {
  const { remind } = await reminding(await ground.database(cleanup), cleanup);
  return async (timers, fired) => {
    for (const { key, due } of timers) {
      // Node cuts milliseconds, and may come one early
      setTimeout(() => void remind(key).then(() => fired(key)), due.getTime() - Date.now() + 1);
    }
  };
}

/** A table of what is due, which is looked at each second. */
async function poll(ground: Ground, cleanup: AsyncDisposableStack): Promise<SetTimers> {
  const { pool, remind } = await reminding(await ground.database(cleanup), cleanup);
  await pool.query('create table due (key uuid primary key, due timestamptz not null)');
  await pool.query('create index on due (due)');
  const pending = Math.round(PENDING * ground.share);
  await pool.query('insert into due select gen_random_uuid(), $1 from generate_series(1, $2)', [
    TOMORROW,
    pending,
  ]);
  let fired: (key: string) => void = () => undefined;
  const fireDue = async (): Promise<void> => {
    const { rows } = await pool.query<{ key: string }>('delete from due where due <= now() returning key');
    await Promise.all(rows.map(({ key }) => remind(key).then(() => fired(key))));
  };
  const polling = setInterval(() => void fireDue(), 1_000);
  cleanup.defer(() => clearInterval(polling));
  return (timers, told) => {
    fired = told;
    const columns = [timers.map(({ key }) => key), timers.map(({ due }) => due)];
    return pool.query('insert into due select * from unnest($1::uuid[], $2::timestamptz[])', columns);
  };
}
