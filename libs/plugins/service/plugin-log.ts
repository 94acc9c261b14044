import { openKurrentLog, PostgresEventLog, withUpcasters } from '@weinao/events';
import type { EventLog } from '@weinao/events';
import type { PluginDatabase } from './plugin-database.ts';
import type { Plugin } from '../plugin.ts';

/** A plugin's log, read in the newest shapes: in KurrentDB where a connection string names one, else in its own schema. */
export async function openLog(
  { manifest, upcasters = {} }: Plugin,
  { pool }: PluginDatabase,
  kurrentUrl: string | undefined,
): Promise<EventLog> {
  const log = kurrentUrl
    ? await openKurrentLog({ url: kurrentUrl, plugin: manifest.id })
    : new PostgresEventLog(pool, manifest.id);
  return withUpcasters(log, upcasters);
}
