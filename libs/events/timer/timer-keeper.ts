import type { PoolClient } from 'pg';
import type { TimerChange } from './timer.ts';
import { clearTimers, deleteTimers, setTimers } from './timer-rows.ts';
import type { KeptTimer, TimerKey } from './timer-rows.ts';
import type { TimersOptions } from './timers.options.ts';
import { LogKeeper, versionOf } from '../due/log-keeper.ts';
import { storableInstant, storableJson, storableKey } from '../due/storable.ts';
import type { Recorded } from '../event.ts';

/** Told when the earliest of those that were just set is due; without a time, when all were derived again. */
export type OnSet = (due?: Date) => void;

type Change = TimerKey & { readonly set?: KeptTimer };

/** Keeps the rows of what waits, derived from the plugin's log. */
export class TimerKeeper extends LogKeeper<Change> {
  constructor({ plugin, pool, log, timers, report }: TimersOptions, onSet: OnSet) {
    super({
      name: 'timers',
      version: versionOf(timers),
      ...{ pool, schema: plugin, log },
      report: (message, error) => report(message, error),
      changesOf: (event) =>
        timers.flatMap((timer) => timer.changes(event).map((change) => changeOf(timer.name, change, event))),
      write: (client, changes) => writeLast(client, plugin, changes),
      clear: (client) => clearTimers(client, plugin),
      written: (changes) => {
        const dues = changes?.flatMap(({ set }) => (set ? [Date.parse(set.due)] : []));
        if (dues?.length !== 0) onSet(dues && new Date(dues.reduce((least, due) => Math.min(least, due))));
      },
    });
  }
}

function changeOf(name: string, change: TimerChange, { id, metadata }: Recorded): Change {
  const { communityId, correlationId } = metadata;
  const key = { name, communityId, key: storableKey(('set' in change ? change.set : change.cancel).key) };
  if (!('set' in change)) return key;
  const due = storableInstant(change.set.due);
  const data = storableJson(change.set.data);
  return { ...key, set: { ...key, due, data, setBy: id, correlationId } };
}

/** Of several changes under one key the last one counts: a page costs two statements, however many there are. */
async function writeLast(client: PoolClient, schema: string, changes: readonly Change[]): Promise<void> {
  const last = [...new Map(changes.map((change) => [identityOf(change), change])).values()];
  await deleteTimers(
    client,
    schema,
    last.filter(({ set }) => !set),
  );
  await setTimers(
    client,
    schema,
    last.flatMap(({ set }) => set ?? []),
  );
}

const identityOf = ({ name, communityId, key }: TimerKey): string => JSON.stringify([name, communityId, key]);
