import { EmmettStore } from '../contenders/emmett.store.ts';
import { newFact } from '../contenders/fact.ts';
import { KernelStore } from '../contenders/kernel.store.ts';
import { MessageDbStore } from '../contenders/message-db.store.ts';
import { RawStore } from '../contenders/raw.store.ts';
import type { Store } from '../contenders/store.ts';
import type { Cell, Contender, Goal } from '../frame/cell.ts';
import { callsASecond } from '../frame/load.ts';

const SECONDS = 0.6;
const ROWS_A_STATEMENT = 100;
/** For the peers; more did not make them faster. */
const MOST_CONNECTIONS = 64;

const RATE = 'events/s';
const KERNEL = 'kernel';
const INSERTS = 'raw inserts';
const BATCHES = 'raw batches';
const PEERS = ['emmett', 'message-db'];

/** One event of a new stream a call, with its expected revision and command id. */
function appendCell(callers: number, limit: string, goal?: Goal): Cell {
  const name = `append, ${callers} ${callers === 1 ? 'caller' : 'callers'}`;
  return {
    name,
    lines: [{ name, unit: RATE, reading: RATE, ours: KERNEL, limit, peers: PEERS, goal }],
    turnsARound: 3,
    secondsATurn: 4 * SECONDS + 1,
    async prepare(ground, cleanup) {
      const seconds = SECONDS * ground.share;
      const connections = Math.min(callers, MOST_CONNECTIONS);
      const database = (): Promise<string> => ground.database(cleanup);
      const calling = (contender: string, store: Store) => called(contender, store, callers, seconds);
      return [
        calling(KERNEL, await KernelStore.open(await database(), 'tickets', cleanup)),
        limit === BATCHES
          ? batches(await RawStore.open(await database(), 1, cleanup), seconds)
          : calling(INSERTS, await RawStore.open(await database(), callers, cleanup)),
        calling('emmett', await EmmettStore.open(await database(), connections, cleanup)),
        calling('message-db', await MessageDbStore.open(await database(), connections, cleanup)),
      ];
    },
  };
}

const called = (name: string, store: Store, callers: number, seconds: number): Contender => ({
  name,
  measure: async (share) => ({
    [RATE]: await callsASecond(callers, seconds * share, (caller) => store.append(newFact(), caller)),
  }),
});

/** One statement after the other, as a single appender would have it. */
const batches = (store: RawStore, seconds: number): Contender => ({
  name: BATCHES,
  measure: async (share) => {
    const facts = () => Array.from({ length: ROWS_A_STATEMENT }, newFact);
    const statements = await callsASecond(1, seconds * share, () => store.appendAll(facts()));
    return { [RATE]: statements * ROWS_A_STATEMENT };
  },
});

export const appendCells: readonly Cell[] = [
  appendCell(1, INSERTS),
  appendCell(16, INSERTS, { ratioAtLeast: 1.3 }),
  appendCell(256, BATCHES, { ratioAtLeast: 0.9 }),
];
