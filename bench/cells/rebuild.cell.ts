import { setTimeout as pause } from 'node:timers/promises';
import { newFact } from '../contenders/fact.ts';
import { KernelStore } from '../contenders/kernel.store.ts';
import { rebuildTicketList } from '../contenders/rebuilder.ts';
import { fillWithTickets } from '../contenders/ticket.log.ts';
import { ticketTable } from '../contenders/ticket-list.projection.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { nextMessage, startChild } from '../frame/child.ts';
import { percentile } from '../frame/statistics.ts';

const EVENTS = 100_000;
const SECONDS = 2;
const PLUGIN = 'tickets';
/** Together about 700 appends a second: a busy service, but not one that does nothing else. */
const CALLERS = 16;
const PAUSE_MS = 20;

const ALONE = 'alone';
const OUTSIDE = 'beside weinao rebuild';
const INSIDE = 'beside a rebuild in the process';

const figures = { unit: 'ms', reading: 'p99', limit: ALONE, goal: { ratioAtMost: 2 } } as const;

/** How long appends take while a projection of the same log is rebuilt without end, and while none is. */
export const rebuildCell: Cell = {
  name: 'append during a rebuild',
  lines: [
    { name: 'append p99 during a rebuild by the command', ours: OUTSIDE, ...figures },
    { name: 'append p99 during a rebuild in the process', ours: INSIDE, ...figures },
  ],
  secondsBefore: 10,
  secondsATurn: 3 * SECONDS + 4,
  async prepare(ground, cleanup) {
    const url = await ground.database(cleanup);
    const store = await KernelStore.open(url, PLUGIN, cleanup);
    const { pool, log } = store;
    await pool.query(ticketTable(PLUGIN));
    await fillWithTickets(log, EVENTS * ground.share, () => pool.query('analyze'));
    const file = new URL('../contenders/rebuilder.process.ts', import.meta.url);
    const command = startChild(file, { url, plugin: PLUGIN }, cleanup);
    const seconds = SECONDS * ground.share;
    return [
      appending(ALONE, store, seconds, (ms) => pause(ms)),
      appending(OUTSIDE, store, seconds, () => {
        command.send('rebuild');
        return nextMessage(command);
      }),
      appending(INSIDE, store, seconds, () => rebuildTicketList(pool, PLUGIN, log)),
    ];
  },
};

/** @param beside what goes on meanwhile, again and again until the time is over */
const appending = (
  name: string,
  store: KernelStore,
  seconds: number,
  beside: (ms: number) => Promise<unknown>,
): Contender => ({
  name,
  async measure(share) {
    const ms = seconds * share * 1000;
    const end = performance.now() + ms;
    const delays: number[] = [];
    let over = false;
    const keepAppending = async (): Promise<void> => {
      while (!over) {
        const begin = performance.now();
        await store.append(newFact());
        delays.push(performance.now() - begin);
        await pause(PAUSE_MS);
      }
    };
    const callers = Array.from({ length: CALLERS }, keepAppending);
    try {
      do await beside(ms);
      while (performance.now() < end);
    } finally {
      over = true;
      await Promise.all(callers);
    }
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  },
});
