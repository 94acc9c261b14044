import { refill } from '@weinao/events';
import type { EventLog, EventStream, Refilled } from '@weinao/events';
import { openPluginDatabase } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import type { Plugin } from '../plugin.ts';

export interface RefillOptions {
  readonly databaseUrl: string;
  /** Connection string of KurrentDB; without one, the log is in the database. */
  readonly kurrentUrl?: string;
  readonly stream: EventStream;
  /** Told after each page. */
  progress(events: number): void;
  report(message: string, error?: unknown): void;
}

/** Publishes a plugin's whole log again into the stream for integrators, beside a running service or without one. */
export async function refillEventStream(plugin: Plugin, options: RefillOptions): Promise<Refilled> {
  const { databaseUrl, kurrentUrl, stream, progress, report } = options;
  const database = await openPluginDatabase(plugin, databaseUrl, report);
  let log: EventLog | undefined;
  try {
    log = await openLog(plugin, database, kurrentUrl);
    return await refill({ plugin: plugin.manifest.id, log, stream, progress });
  } finally {
    await log?.close();
    await database.close();
  }
}
